package dcluster.host;

import static dcluster.host.FakeWorld.N2;
import static dcluster.host.FakeWorld.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The writes that go through a node whose algorithm does not order them: each key has a node of its own. */
class UnorderedForwardingTest {
    private static final Response OK = new Response.Ok(new Result.Applied(true));

    private final HostRig rig = new HostRig(HostOptions.DEFAULT, new Probe.Config(false));
    private final Map<String, Response> answers = new HashMap<>();

    private static Command put(String key) {
        return new Command.Put(Bytes.utf8(key), Bytes.utf8("v"));
    }

    private void write(String key) {
        rig.host.submit(put(key), answer -> answers.put(key, answer));
        rig.world.loop.run();
    }

    private void redirectTo(NodeId owner) {
        rig.probe.whenAsked = request -> rig.probe.context.reply(request, new Response.Redirect(owner));
    }

    /** The answer to what was forwarded as the {@code n}-th, from 1. */
    private void answer(int n) {
        var sent = rig.world.transport.sent.get(n - 1);
        var forward = (Envelope.Forward<Probe.Message>) sent.envelope();
        rig.host.receive(sent.to(), new Envelope.Answer<>(forward.incarnation(), forward.id(), OK));
        rig.world.loop.run();
    }

    @Test
    void writesAreOutAtSeveralPlacesAtATime() {
        redirectTo(N2);
        write("a");
        redirectTo(N3);
        write("b");
        rig.probe.whenAsked = rig.probe.requests::add;
        write("c");
        assertThat(answers).isEmpty();

        answer(1);
        answer(2);
        rig.probe.context.reply(rig.probe.requests.get(0), OK);
        assertThat(answers).isEqualTo(Map.of("a", OK, "b", OK, "c", OK));
        assertThat(rig.count("forwards_given_up")).isZero();
    }

    @Test
    void aRedirectThatWaitedForTheDiskIsFollowedBehindALaterWrite() {
        rig.probe.whenAsked = request -> {
            rig.probe.context.journal(new Probe.Noted("something"));
            rig.probe.context.reply(request, new Response.Redirect(N2));
        };
        write("a");
        rig.probe.whenAsked = request -> rig.probe.context.eagerly().reply(request, new Response.Redirect(N3));
        write("b");
        rig.world.recorder.durable();
        rig.world.loop.run();
        assertThat(rig.world.transport.sent).extracting(FakeWorld.Sent::to).containsExactly(N3, N2);
        assertThat(answers).isEmpty();
    }

    private void arrive(long sequence) {
        rig.host.receive(N2, new Envelope.Forward<>(9, sequence, 40 + sequence, put("k")));
        rig.world.loop.run();
    }

    @Test
    void aForwardThatOthersOvertookIsServedAndServedOnce() {
        arrive(3);
        arrive(1);
        arrive(2);
        assertThat(rig.probe.requests).hasSize(3);
        arrive(1);
        arrive(3);
        assertThat(rig.probe.requests).hasSize(3);
        assertThat(rig.count("forwards_repeated")).isEqualTo(2);
    }

    /** Whether it came before is not known any more. */
    @Test
    void aForwardThatComesMuchTooLateIsNotServed() {
        arrive(5000);
        arrive(1);
        assertThat(rig.probe.requests).hasSize(1);
        assertThat(rig.count("forwards_repeated")).isEqualTo(1);
    }
}
