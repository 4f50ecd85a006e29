package dcluster.host;

import static dcluster.host.FakeWorld.N2;
import static dcluster.host.FakeWorld.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.host.Probe.Message;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The writes that one client pipelines through a node, while the leader changes. */
class ForwardingOrderTest {
    private static final Response OK = new Response.Ok(new Result.Applied(true));

    private final HostRig rig = new HostRig(HostOptions.DEFAULT);
    private final Map<Integer, Response> answers = new HashMap<>();
    private int submitted;

    /** Whom the algorithm takes for the leader: null is this node itself. */
    private void leader(@Nullable NodeId leader) {
        rig.probe.whenAsked = leader == null
                ? rig.probe.requests::add
                : request -> rig.probe.context.eagerly().reply(request, new Response.Redirect(leader));
    }

    private int write() {
        return submit(new Command.Put(Bytes.utf8("k"), Bytes.utf8("v")));
    }

    private int submit(Command command) {
        int number = ++submitted;
        rig.host.submit(command, answer -> answers.put(number, answer));
        rig.world.loop.run();
        return number;
    }

    /** The answer to what was forwarded as the {@code n}-th, from 1. */
    private void answer(int n, Response response) {
        var sent = rig.world.transport.sent.get(n - 1);
        var forward = (Envelope.Forward<Message>) sent.envelope();
        rig.host.receive(sent.to(), new Envelope.Answer<>(forward.incarnation(), forward.id(), response));
        rig.world.loop.run();
    }

    @Test
    void whatIsOutAtTheOldLeaderIsUnknownBeforeAWriteGoesToTheNewOne() {
        leader(N2);
        int first = write();
        int second = write();
        leader(N3);
        int third = write();

        assertThat(answers.get(first)).isInstanceOf(Response.Unknown.class);
        assertThat(answers.get(second)).isInstanceOf(Response.Unknown.class);
        answer(1, OK);
        answer(3, OK);
        assertThat(answers.get(first)).isInstanceOf(Response.Unknown.class);
        assertThat(answers.get(third)).isEqualTo(OK);
        assertThat(rig.count("forwards_given_up")).isEqualTo(2);
    }

    @Test
    void whatIsOutIsUnknownBeforeThisNodeAsTheNewLeaderTakesAWrite() {
        leader(N2);
        int first = write();
        leader(null);
        int second = write();
        assertThat(answers.get(first)).isInstanceOf(Response.Unknown.class);
        assertThat(answers).doesNotContainKey(second);
    }

    @Test
    void anAnswerInTheSameBreathComesAfterWhatItOvertook() {
        var order = new ArrayList<String>();
        leader(N2);
        rig.host.submit(new Command.Put(Bytes.utf8("k"), Bytes.utf8("1")), answer -> order.add("first"));
        rig.world.loop.run();
        rig.probe.whenAsked = request -> rig.probe.context.reply(request, OK);
        rig.host.submit(new Command.Put(Bytes.utf8("k"), Bytes.utf8("2")), answer -> order.add("second"));
        rig.world.loop.run();
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void withOneLeaderNothingIsGivenUp() {
        leader(N2);
        write();
        write();
        answer(2, OK);
        answer(1, OK);
        assertThat(answers).containsOnly(Map.entry(1, OK), Map.entry(2, OK));
    }

    /** Neither takes anything, so nothing can be overtaken: for want of a leader, and for being answered by refusal. */
    @Test
    void aWriteThatIsRefusedHereGivesNothingUp() {
        leader(N2);
        int first = write();
        var refusal = new Response.Failed(Response.Reason.UNAVAILABLE, "no leader is known");
        rig.probe.whenAsked = request -> rig.probe.context.reply(request, refusal);
        int second = write();
        assertThat(answers).containsOnly(Map.entry(second, refusal));
        answer(1, OK);
        assertThat(answers).containsEntry(first, OK);
    }

    /** A read has no effect that could come late, and waits for the writes of its key before it is even submitted. */
    @Test
    void readsGoTheirWay() {
        leader(N2);
        int read = submit(new Command.Get(Bytes.utf8("k")));
        int first = write();
        leader(N3);
        submit(new Command.Get(Bytes.utf8("j")));
        assertThat(answers).isEmpty();
        write();
        assertThat(answers).containsOnlyKeys(first);
        answer(1, OK);
        assertThat(answers).containsOnlyKeys(first, read);
    }

    @Test
    void aRedirectThatWaitedForTheDiskIsNotFollowedBehindALaterWrite() {
        rig.probe.whenAsked = request -> {
            rig.probe.context.journal(new Probe.Noted("something"));
            rig.probe.context.reply(request, new Response.Redirect(N2));
        };
        int first = write();
        leader(N3);
        int second = write();
        rig.world.recorder.durable();
        rig.world.loop.run();
        assertThat(rig.world.transport.sent).extracting(FakeWorld.Sent::to).containsExactly(N3);
        assertThat(answers.get(first)).isInstanceOf(Response.Failed.class);
        assertThat(answers).doesNotContainKey(second);
    }
}
