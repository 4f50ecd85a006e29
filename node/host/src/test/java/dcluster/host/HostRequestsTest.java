package dcluster.host;

import static dcluster.host.FakeWorld.N2;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Limits;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HostRequestsTest {
    private static final Command WRITE = new Command.Put(Bytes.utf8("k"), Bytes.utf8("v"));
    private static final Command READ = new Command.Get(Bytes.utf8("k"));

    private HostRig rig = new HostRig(HostRig.OPTIONS);
    private FakeWorld<Probe.Message> world = rig.world;
    private Host<Probe.Message, Probe.Noted, String> host = rig.host;
    private Probe probe = rig.probe;
    private final List<Response> answers = new ArrayList<>();

    @Test
    void aWriteThatIsNeverAnsweredIsUnknownAndAReadFailed() {
        host.submit(WRITE, answers::add);
        host.submit(READ, answers::add);
        world.loop.advance(2_000_000);
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0)).isInstanceOf(Response.Unknown.class);
        assertThat(answers.get(1)).isInstanceOf(Response.Failed.class);
        probe.context.reply(probe.requests.get(0), new Response.Ok(new Result.Applied(true)));
        assertThat(answers).hasSize(2);
    }

    @Test
    void whatTheAlgorithmDoesNotServeIsRefusedAlsoInsideATransactionOrASession() {
        var increment = new Command.Increment(Bytes.utf8("k"), 1);
        host.submit(increment, answers::add);
        var transaction = new Command.Transaction(List.of(WRITE, increment));
        host.submit(transaction, answers::add);
        host.submit(new Command.InSession(1, 1, increment), answers::add);
        host.submit(new Command.InSession(1, 2, transaction), answers::add);
        world.loop.run();
        assertThat(answers)
                .hasSize(4)
                .allSatisfy(answer ->
                        assertThat(((Response.Failed) answer).reason()).isEqualTo(Response.Reason.UNSUPPORTED));
        assertThat(probe.requests).isEmpty();
    }

    private void redirectTo(NodeId node) {
        probe.whenAsked = request -> probe.context.reply(request, new Response.Redirect(node));
        host.submit(WRITE, answers::add);
        world.loop.run();
    }

    private Envelope.Forward<Probe.Message> forward() {
        return (Envelope.Forward<Probe.Message>) world.transport.sent.get(0).envelope();
    }

    @Test
    void aRedirectIsFollowedAndItsAnswerComesBack() {
        redirectTo(N2);
        assertThat(forward().command()).isEqualTo(WRITE);
        var ok = new Response.Ok(new Result.Applied(true));
        host.receive(N2, new Envelope.Answer<>(2, forward().id(), ok));
        world.loop.run();
        assertThat(answers).as("an answer to an earlier incarnation").isEmpty();
        host.receive(FakeWorld.N3, new Envelope.Answer<>(3, forward().id(), ok));
        world.loop.run();
        assertThat(answers).as("an answer of another node").isEmpty();
        host.receive(N2, new Envelope.Answer<>(3, forward().id(), ok));
        world.loop.run();
        assertThat(answers).containsExactly(ok);
    }

    @Test
    void aSecondRedirectIsADefiniteFailure() {
        redirectTo(N2);
        host.receive(N2, new Envelope.Answer<>(3, forward().id(), new Response.Redirect(FakeWorld.N3)));
        world.loop.run();
        assertThat(answers).singleElement().isInstanceOf(Response.Failed.class);
    }

    @Test
    @Tag("hard-case-18")
    void aForwardWhoseConnectionBreaksHasAnUnknownOutcome() {
        redirectTo(N2);
        host.lost(FakeWorld.N3);
        world.loop.run();
        assertThat(answers).isEmpty();
        host.lost(N2);
        world.loop.run();
        assertThat(answers).singleElement().isInstanceOf(Response.Unknown.class);
    }

    @Test
    void aForwardThatCouldNotBeSentIsADefiniteFailure() {
        world.transport.unreachable.add(N2);
        redirectTo(N2);
        assertThat(answers).singleElement().isInstanceOf(Response.Failed.class);
    }

    @Test
    void withoutForwardingTheClientSeesTheRedirect() {
        rig = new HostRig(new HostOptions(Duration.ofSeconds(1), false, 8, 1_000, 1_000, 5_000));
        world = rig.world;
        host = rig.host;
        probe = rig.probe;
        redirectTo(N2);
        assertThat(answers).containsExactly(new Response.Redirect(N2));
    }

    @Test
    void aRepeatedForwardIsServedOnceAndItsRedirectGoesBack() {
        probe.whenAsked = request -> {
            probe.requests.add(request);
            probe.context.reply(request, new Response.Redirect(FakeWorld.N3));
        };
        var forward = new Envelope.Forward<Probe.Message>(9, 1, 44, WRITE);
        host.receive(N2, forward);
        host.receive(N2, forward);
        world.loop.run();
        assertThat(probe.requests).hasSize(1);
        assertThat(world.transport.sent)
                .containsExactly(
                        new FakeWorld.Sent<>(N2, new Envelope.Answer<>(9, 44, new Response.Redirect(FakeWorld.N3))));
        assertThat(rig.count("forwards_repeated")).isEqualTo(1);
    }

    /** It may be a copy of one that was served before: nobody can tell what became of it. */
    @Test
    void aForwardOfAnIncarnationThatIsOverIsNotServedAndItsOutcomeIsUnknown() {
        host.receive(N2, new Envelope.Forward<>(9, 1, 44, WRITE));
        host.receive(N2, new Envelope.Forward<>(8, 7, 45, WRITE));
        host.receive(N2, new Envelope.Forward<>(8, 8, 46, READ));
        world.loop.run();
        assertThat(probe.requests).hasSize(1);
        String why = "a later incarnation of n2 has sent since";
        assertThat(world.transport.sent)
                .containsExactly(
                        new FakeWorld.Sent<>(N2, new Envelope.Answer<>(8, 45, new Response.Unknown(why))),
                        new FakeWorld.Sent<>(
                                N2,
                                new Envelope.Answer<>(8, 46, new Response.Failed(Response.Reason.UNAVAILABLE, why))));
        assertThat(rig.count("forwards_outlived")).isEqualTo(2);
    }

    @Test
    void clientsAreNotReadWhileTooMuchIsUnfinished() {
        assertThat(host.hasRoom()).isTrue();
        for (int i = 0; i < 8; i++) {
            host.submit(WRITE, answers::add);
        }
        world.loop.run();
        assertThat(host.hasRoom()).isFalse();
        var opened = new ArrayList<String>();
        host.whenRoom(() -> opened.add("room"));
        world.loop.run();
        assertThat(opened).isEmpty();
        probe.requests.forEach(r -> probe.context.reply(r, new Response.Ok(new Result.Applied(true))));
        rig.tell("turn");
        assertThat(opened).containsExactly("room");
        rig.tell("turn");
        assertThat(opened).containsExactly("room");
    }

    @Test
    void aNodeThatStopsAnswersWhatIsOpen() {
        host.submit(WRITE, answers::add);
        world.loop.run();
        host.stop();
        assertThat(answers).singleElement().isInstanceOf(Response.Unknown.class);
    }

    /** Five values of the largest size fit into a store, and not into a frame. */
    @Test
    void aReadThatFoundMoreThanAFrameHoldsIsToldSoAndNotToTryAgain() {
        var values = Collections.nCopies(5, Bytes.copyOf(new byte[Limits.MAX_VALUE_BYTES]));
        assertTooLarge(1, new Result.Elements(values));
        assertTooLarge(2, new Result.Siblings(values, Bytes.EMPTY));
    }

    private void assertTooLarge(long sequence, Result result) {
        world.transport.sent.clear();
        probe.whenAsked = asked -> probe.context.reply(asked, new Response.Ok(result));
        host.receive(N2, new Envelope.Forward<>(9, sequence, 44, READ));
        world.loop.run();
        assertThat(world.transport.sent)
                .extracting(sent -> ((Envelope.Answer<Probe.Message>) sent.envelope()).response())
                .singleElement()
                .isInstanceOfSatisfying(Response.Failed.class, failed -> {
                    assertThat(failed.reason()).isEqualTo(Response.Reason.UNSUPPORTED);
                    assertThat(failed.message()).contains("the reply of 209", "ask for less");
                });
    }

    @Test
    void anAnswerThatCannotBePassedOnIsReplacedByOneThatCan() {
        world.transport.tooLarge = envelope ->
                envelope instanceof Envelope.Answer<Probe.Message> answer && answer.response() instanceof Response.Ok;
        probe.whenAsked = request -> probe.context.reply(request, new Response.Ok(new Result.Absent()));
        host.receive(N2, new Envelope.Forward<>(9, 1, 44, READ));
        host.receive(N2, new Envelope.Forward<>(9, 2, 45, WRITE));
        world.loop.run();
        assertThat(world.transport.sent)
                .extracting(sent -> ((Envelope.Answer<Probe.Message>) sent.envelope())
                        .response()
                        .getClass()
                        .getSimpleName())
                .containsExactly("Failed", "Unknown");
    }
}
