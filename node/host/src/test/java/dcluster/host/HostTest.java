package dcluster.host;

import static dcluster.host.FakeWorld.N1;
import static dcluster.host.FakeWorld.N2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.codec.ByteReader;
import dcluster.codec.ByteWriter;
import dcluster.codec.Codec;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostTest {
    private static final Command WRITE = new Command.Put(Bytes.utf8("k"), Bytes.utf8("v"));

    private final HostRig rig = new HostRig(HostRig.OPTIONS);
    private final FakeWorld<Probe.Message> world = rig.world;
    private final Host<Probe.Message, Probe.Noted, String> host = rig.host;
    private final Probe probe = rig.probe;
    private final List<Response> answers = new ArrayList<>();

    private void tell(String text) {
        rig.tell(text);
    }

    private List<String> sent() {
        return world.transport.sent.stream()
                .map(sent -> sent.to() + ":"
                        + (sent.envelope() instanceof Envelope.Message<Probe.Message> m
                                ? m.content().text()
                                : sent.envelope().getClass().getSimpleName()))
                .toList();
    }

    @Test
    void anOutputWaitsForEveryRecordJournalledBeforeIt() {
        probe.whenTold = text -> {
            probe.context.send(N2, new Probe.Plain("before"));
            probe.context.journal(new Probe.Noted("a"));
            probe.context.send(N2, new Probe.Plain("after a"));
            probe.context.journal(new Probe.Noted("b"));
            probe.context.send(N2, new Probe.Plain("after b"));
        };
        tell("go");
        assertThat(sent()).containsExactly("n2:before");
        world.recorder.durable();
        world.loop.run();
        assertThat(sent()).containsExactly("n2:before", "n2:after a", "n2:after b");
    }

    @Test
    void whatIsGivenLaterNeverLeavesEarlier() {
        probe.whenTold = text -> {
            if (text.equals("write")) {
                probe.context.journal(new Probe.Noted("a"));
            }
            probe.context.send(N2, new Probe.Plain(text));
        };
        tell("write");
        tell("no record");
        assertThat(sent()).isEmpty();
        world.recorder.durable();
        world.loop.run();
        assertThat(sent()).containsExactly("n2:write", "n2:no record");
    }

    @Test
    void repliesAreHeldLikeMessages() {
        probe.whenAsked = request -> {
            probe.context.journal(new Probe.Noted("a"));
            probe.context.reply(request, new Response.Ok(new Result.Applied(true)));
        };
        host.submit(WRITE, answers::add);
        world.loop.run();
        assertThat(answers).isEmpty();
        world.recorder.durable();
        world.loop.run();
        assertThat(answers).containsExactly(new Response.Ok(new Result.Applied(true)));
    }

    @Test
    void anEagerMessageOvertakesWhatIsHeld() {
        probe.whenTold = text -> {
            probe.context.journal(new Probe.Noted("a"));
            probe.context.send(N2, new Probe.Plain("held"));
            probe.context.eagerly().send(N2, new Probe.Fast("fast"));
        };
        tell("go");
        assertThat(sent()).containsExactly("n2:fast");
    }

    @Test
    void onlyMessagesThatAreDeclaredEagerMayBe() {
        probe.whenTold = text -> probe.context.eagerly().send(N2, new Probe.Plain("no"));
        assertThatThrownBy(() -> tell("go"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Plain");
    }

    @Test
    void nothingToOneselfIsEager() {
        probe.whenTold = text -> probe.context.eagerly().send(N1, new Probe.Fast("no"));
        assertThatThrownBy(() -> tell("go"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("oneself");
    }

    @Test
    void aMessageToOneselfProvesThatTheDiskHasCaughtUp() {
        probe.whenTold = text -> {
            if (text.equals("go")) {
                probe.context.journal(new Probe.Noted("a"));
                probe.context.send(N1, new Probe.Plain("durable"));
            }
        };
        tell("go");
        assertThat(probe.seen).containsExactly("n2:go", "end");
        world.recorder.durable();
        world.loop.run();
        assertThat(probe.seen).contains("n1:durable");
        assertThat(world.transport.sent).isEmpty();
    }

    @Test
    void aMessageToOneselfComesInALaterTurnEvenWithNothingToWaitFor() {
        probe.whenTold = text -> {
            if (text.equals("go")) {
                probe.context.send(N1, new Probe.Plain("later"));
            }
        };
        tell("go");
        assertThat(probe.seen).containsExactly("n2:go", "end", "n1:later", "end");
    }

    @Test
    void allWaitingEventsAreOneTurnOneWriteAndOneFlush() {
        probe.whenTold = text -> probe.context.journal(new Probe.Noted(text));
        int flushes = world.transport.flushes;
        for (int i = 0; i < 5; i++) {
            host.receive(N2, new Envelope.Message<>(new Probe.Plain("m" + i)));
        }
        world.loop.run();
        assertThat(world.recorder.writes).containsExactly(5);
        assertThat(probe.seen).containsExactly("n2:m0", "n2:m1", "n2:m2", "n2:m3", "n2:m4", "end");
        assertThat(world.transport.flushes).isEqualTo(flushes + 1);
    }

    @Test
    void aTurnIsBounded() {
        for (int i = 0; i < 20; i++) {
            host.receive(N2, new Envelope.Message<>(new Probe.Plain("m")));
        }
        assertThat(host.isFull()).isTrue();
        world.loop.run();
        assertThat(probe.seen.stream().filter("end"::equals)).hasSize(3);
        assertThat(host.isFull()).isFalse();
    }

    @Test
    void durableStateChangesByReplayAloneAndComesBackByIt() {
        probe.whenTold = text -> probe.context.journal(new Probe.Noted(text));
        tell("a");
        assertThat(probe.durable).containsExactly("a");
        var again = rig.newHost(HostRig.OPTIONS);
        var encoded = new ByteWriter(16);
        Codec.of(Probe.Noted.class).encode(new Probe.Noted("a"), encoded);
        again.replay(new ByteReader(encoded.toArray()));
        assertThat(((Probe) again.algorithm()).durable).containsExactly("a");
    }

    @Test
    void timersRunOutInTheirOrderAndOnce() {
        probe.context.startTimer("b", Duration.ofNanos(200));
        probe.context.startTimer("a", Duration.ofNanos(100));
        tell("plan");
        world.loop.advance(1_000);
        assertThat(probe.seen).containsSubsequence("timer:a", "timer:b").containsOnlyOnce("timer:a", "timer:b");
    }

    @Test
    void aRestartedTimerCountsFromAnew() {
        probe.context.startTimer("a", Duration.ofNanos(100));
        tell("plan");
        world.loop.advance(60);
        probe.context.startTimer("a", Duration.ofNanos(100));
        world.loop.advance(60);
        assertThat(probe.seen).doesNotContain("timer:a");
        world.loop.advance(60);
        assertThat(probe.seen).contains("timer:a");
    }

    @Test
    void aTimerBroughtForwardRunsOutEarlierAndOnce() {
        probe.context.startTimer("a", Duration.ofNanos(500));
        tell("plan");
        probe.context.startTimer("a", Duration.ofNanos(50));
        tell("plan");
        world.loop.advance(60);
        assertThat(probe.seen).contains("timer:a");
        world.loop.advance(1_000);
        assertThat(probe.seen.stream().filter("timer:a"::equals)).hasSize(1);
    }

    @Test
    void aStoppedTimerIsNotDeliveredThoughItRanOut() {
        probe.context.startTimer("a", Duration.ofNanos(100));
        probe.context.startTimer("b", Duration.ofNanos(100));
        probe.whenTold = text -> probe.context.stopTimer("b");
        host.receive(N2, new Envelope.Message<>(new Probe.Plain("x")));
        world.loop.now += 500;
        world.loop.run();
        assertThat(probe.seen).contains("timer:a").doesNotContain("timer:b");
    }

    @Test
    void whatAPausedNodeFindsWaitingComesBeforeItsTimers() {
        probe.context.startTimer("election", Duration.ofNanos(100));
        host.receive(N2, new Envelope.Message<>(new Probe.Plain("heartbeat")));
        world.loop.now += 1_000_000;
        world.loop.run();
        assertThat(probe.seen).containsExactly("n2:heartbeat", "timer:election", "end");
    }

    @Test
    void noTurnStartsWhileTheDiskIsTooFarBehind() {
        probe.whenTold = text -> probe.context.journal(new Probe.Noted("x".repeat(2_000)));
        tell("big");
        assertThat(host.isFull()).isTrue();
        probe.seen.clear();
        tell("waits");
        assertThat(probe.seen).isEmpty();
        world.recorder.durable();
        probe.whenTold = text -> {};
        world.loop.run();
        assertThat(probe.seen).containsExactly("n2:waits", "end");
    }

    @Test
    void theStateIsRewrittenPieceByPieceAndLaterRecordsFollowIt() {
        var state = new ArrayList<Probe.Noted>();
        for (int i = 0; i < 5; i++) {
            state.add(new Probe.Noted("s".repeat(100_000)));
        }
        var began = new ArrayList<Boolean>();
        probe.whenTold = text -> {
            probe.context.journal(new Probe.Noted(text));
            began.add(probe.context.compact(state.iterator()));
        };
        tell("compact");
        tell("compact");
        assertThat(world.recorder.log).startsWith("write 1", "begin").containsOnlyOnce("begin");
        for (int i = 0; i < 4; i++) {
            world.recorder.rewritten();
            world.loop.run();
        }
        assertThat(world.recorder.pieces.stream().mapToInt(i -> i).sum()).isEqualTo(5);
        assertThat(world.recorder.log).endsWith("finish");
        tell("compact");
        assertThat(began).containsExactly(true, false, true);
        assertThat(world.recorder.log)
                .as("the second rewriting")
                .filteredOn("begin"::equals)
                .hasSize(2);
    }

    @Test
    void anAbandonedRewritingIsFollowedByAnotherAfterAGrowingPause() {
        var began = new ArrayList<Boolean>();
        probe.whenTold = text -> began.add(probe.context.compact(
                List.of(new Probe.Noted("a"), new Probe.Noted("b")).iterator()));
        long second = 1_000_000_000;
        for (long least = second; least <= 4 * second; least *= 2) {
            tell("compact");
            world.recorder.abandon();
            world.loop.advance(least - 1);
            tell("too early, whatever was drawn");
            world.loop.advance(least);
        }
        assertThat(began).containsExactly(true, false, true, false, true, false);

        tell("compact");
        for (int i = 0; i < 2; i++) {
            world.recorder.rewritten();
            world.loop.run();
        }
        assertThat(world.recorder.log).endsWith("finish");
        tell("no pause after a success");
        assertThat(began).endsWith(true, true);
    }

    @Test
    void whatBreaksAnInvariantIsNeitherWrittenNorSentAndNoTurnFollows() {
        probe.whenReplayed = text -> {
            throw new IllegalStateException("Some Invariant: broken by " + text);
        };
        probe.whenTold = text -> {
            probe.context.send(N2, new Probe.Plain("said"));
            probe.context.journal(new Probe.Noted(text));
        };
        int writes = world.recorder.writes.size();
        assertThatThrownBy(() -> tell("poison")).hasMessageContaining("Some Invariant");
        probe.seen.clear();
        tell("later");
        world.recorder.durable();
        world.loop.run();
        assertThat(probe.seen).isEmpty();
        assertThat(world.recorder.writes).hasSize(writes);
    }
}
