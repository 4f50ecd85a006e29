package dcluster.host;

import static dcluster.host.FakeWorld.N2;
import static dcluster.host.FakeWorld.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that notes, tells two others, and answers, ends where it is told to. */
class PointsTest {
    private final HostRig rig = new HostRig(new HostOptions(HostRig.OPTIONS.requestTimeout(), true, 8, 9999, 9999, 9));
    private final FakeWorld<Probe.Message> world = rig.world;
    private final Points points = rig.host.points().orElseThrow();
    private final List<Point> met = new ArrayList<>();
    private final List<Response> answers = new ArrayList<>();

    @BeforeEach
    void work() {
        rig.probe.whenAsked = request -> {
            rig.probe.context.journal(new Probe.Noted("decided"));
            rig.probe.context.reply(request, new Response.Ok(new Result.Applied(true)));
            rig.probe.context.send(N2, new Probe.Plain("decision"));
            rig.probe.context.send(N3, new Probe.Plain("decision"));
        };
    }

    private void arm(String point) {
        points.arm(Point.parse(point), met::add);
    }

    private void ask() {
        rig.host.submit(new Command.Put(Bytes.utf8("k"), Bytes.utf8("v")), answers::add);
    }

    private void endsWhen(Runnable step, String at) {
        assertThatThrownBy(step::run).isInstanceOf(PointMet.class).hasMessage("ended at " + at);
        assertThat(met).containsExactly(Point.parse(at));
        assertThat(points.armed()).isEmpty();
    }

    private void becomesDurable() {
        world.loop.run();
        world.recorder.durable();
        world.loop.run();
    }

    @Test
    void whatIsJournalledIsNotYetGivenToTheDisk() {
        arm("journals Noted 2");
        ask();
        becomesDurable();
        assertThat(met).isEmpty();
        ask();
        endsWhen(world.loop::run, "journals Noted 2");
        assertThat(world.recorder.writes).containsExactly(1);
    }

    @Test
    void whatIsDurableHasLetNothingGo() {
        arm("durable Noted");
        ask();
        endsWhen(this::becomesDurable, "durable Noted 1");
        assertThat(world.transport.sent).isEmpty();
        assertThat(answers).isEmpty();
    }

    @Test
    void anAnswerThatIsMetHasNotLeft() {
        arm("answers 1");
        ask();
        endsWhen(this::becomesDurable, "answers 1");
        assertThat(answers).isEmpty();
    }

    @Test
    void whatWasSentBeforeAMessageHasLeftWithoutIt() {
        arm("sends Plain 2");
        ask();
        int before = world.transport.flushes;
        endsWhen(this::becomesDurable, "sends Plain 2");
        assertThat(world.transport.sent)
                .containsExactly(new FakeWorld.Sent<>(N2, new Envelope.Message<>(new Probe.Plain("decision"))));
        assertThat(world.transport.flushes).isGreaterThan(before);
    }

    @Test
    void aMessageThatWasSentHasLeftAndNoneThatCannotArriveWasSent() {
        world.transport.unreachable.add(N2);
        arm("sent Plain");
        ask();
        endsWhen(this::becomesDurable, "sent Plain 1");
        assertThat(world.transport.sent).extracting(FakeWorld.Sent::to).containsExactly(N3);
    }

    @Test
    void whatIsReceivedIsNotHandled() {
        arm("receives Plain 2");
        rig.tell("first");
        endsWhen(() -> rig.tell("second"), "receives Plain 2");
        assertThat(rig.probe.seen).contains("n2:first").doesNotContain("n2:second");
    }

    @Test
    void eventsAreCountedOverAllThatHappens() {
        // Journalled, durable, answered, and each message when it is about to leave and when it has left.
        arm("event 5");
        ask();
        endsWhen(this::becomesDurable, "event 5");
        assertThat(answers).hasSize(1);
        assertThat(world.transport.sent).extracting(FakeWorld.Sent::to).containsExactly(N2);
    }

    @Test
    void nothingIsMetOnceItIsForgotten() {
        arm("journals Noted");
        points.disarm(Point.parse("journals Noted 1"));
        ask();
        becomesDurable();
        assertThat(met).isEmpty();
        assertThat(answers).hasSize(1);
    }

    @Test
    void whatTheAlgorithmDoesNotHaveIsRefusedWithWhatItHas() {
        assertThatThrownBy(() -> arm("sends Vote"))
                .hasMessage("no message is called 'Vote'; there are Answer, Fast, Forward, Plain");
        assertThatThrownBy(() -> arm("durable Plain")).hasMessage("no record is called 'Plain'; there are Noted");
        assertThat(points.armed()).isEmpty();
    }
}
