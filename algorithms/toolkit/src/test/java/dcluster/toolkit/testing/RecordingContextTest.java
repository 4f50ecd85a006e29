package dcluster.toolkit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Algorithm;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Eager;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.spi.Status;
import dcluster.toolkit.testing.RecordingContext.Note;
import dcluster.toolkit.testing.RecordingContext.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RecordingContextTest {
    sealed interface Message {}

    record Word(String text) implements Message {}

    record Shout(String text) implements Message, Eager {}

    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final Command ASK = new Command.Get(Bytes.utf8("k"));
    private static final Response ANSWER = new Response.Ok(new Result.Absent());

    /** Does with each request what the test says, and keeps what it was given. */
    private static final class Puppet implements Algorithm<Message, String, String> {
        final List<String> state = new ArrayList<>();
        final List<String> events = new ArrayList<>();
        Consumer<Request> onRequest = request -> {};

        @Override
        public void replay(String record) {
            state.add(record);
        }

        @Override
        public void start() {
            events.add("start");
        }

        @Override
        public void onMessage(NodeId from, Message message) {
            events.add(from + " " + message);
        }

        @Override
        public void onTimer(String timer) {
            events.add(timer);
        }

        @Override
        public void onRequest(Request request) {
            onRequest.accept(request);
        }

        @Override
        public Status status() {
            return new Status("puppet", Optional.empty(), state.size(), state.hashCode(), Map.of());
        }
    }

    private final RecordingContext<Message, String, String> context = new RecordingContext<>(N1, Members.of(3), 1);
    private final Puppet puppet = context.attach(new Puppet());

    private Request run(Consumer<Request> turn) {
        puppet.onRequest = turn;
        return context.request(ASK);
    }

    private static Sent<Message> held(String text) {
        return new Sent<>(N2, new Word(text), false);
    }

    @Test
    void outputsWaitForTheRecordsBeforeThemAndLeaveInTheirOrder() {
        var request = run(asked -> {
            context.send(N2, new Word("before"));
            context.journal("a");
            context.send(N2, new Word("after a"));
            context.journal("b");
            context.reply(asked, ANSWER);
            context.send(N2, new Word("after b"));
        });
        assertThat(context.sent()).containsExactly(held("before"));
        assertThat(context.held()).isEqualTo(3);
        context.durable(1);
        assertThat(context.sent()).containsExactly(held("before"), held("after a"));
        assertThat(context.reply(request)).isEmpty();
        context.durable();
        assertThat(context.sent()).containsExactly(held("before"), held("after a"), held("after b"));
        assertThat(context.reply(request)).contains(ANSWER);
    }

    @Test
    void anEagerOutputOvertakesTheDisk() {
        run(asked -> {
            context.journal("a");
            context.send(N2, new Word("held"));
            context.eagerly().send(N2, new Shout("eager"));
            context.eagerly().reply(asked, ANSWER);
        });
        assertThat(context.sent()).containsExactly(new Sent<>(N2, new Shout("eager"), true));
        assertThat(context.replies()).hasSize(1).allMatch(RecordingContext.Replied::eager);
    }

    @Test
    void whatMayNotBeEagerIsRefused() {
        run(asked -> {
            var eagerly = context.eagerly();
            assertThatThrownBy(() -> eagerly.send(N2, new Word("w"))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> eagerly.send(N1, new Shout("s"))).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void aRequestIsAnsweredOnce() {
        var other = new Response.Unknown("too late");
        var request = run(asked -> {
            context.reply(asked, ANSWER);
            context.reply(asked, other);
        });
        assertThat(context.replies()).hasSize(1);
        assertThat(context.reply(request)).contains(ANSWER);
    }

    @Test
    void aMessageToItselfArrivesInALaterTurnOnceTheDiskCaughtUp() {
        run(asked -> {
            context.send(N1, new Word("nothing to wait for"));
            context.journal("a");
            context.send(N1, new Word("a is durable"));
        });
        assertThat(context.toSelf()).containsExactly(new Word("nothing to wait for"));
        assertThat(puppet.events).containsExactly("start");
        context.durable();
        assertThat(puppet.events)
                .containsExactly("start", "n1 Word[text=nothing to wait for]", "n1 Word[text=a is durable]");
        assertThat(context.sent()).isEmpty();
    }

    @Test
    void timersFireInTheirOrderUnlessStoppedOrStartedAnew() {
        run(asked -> {
            context.startTimer("third", Duration.ofMillis(30));
            context.startTimer("first", Duration.ofMillis(10));
            context.startTimer("stopped", Duration.ofMillis(10));
            context.startTimer("second", Duration.ofMillis(10));
            context.startTimer("fourth", Duration.ofMillis(5));
            context.startTimer("fourth", Duration.ofMillis(40));
            context.stopTimer("stopped");
        });
        context.advance(Duration.ofMillis(30));
        assertThat(puppet.events).containsExactly("start", "first", "second", "third");
        assertThat(context.timers()).containsExactly(Map.entry("fourth", Duration.ofMillis(10)));
        assertThat(context.nowNanos()).isEqualTo(30_000_000);
    }

    @Test
    void aCrashKeepsAPrefixOfTheJournalAndNothingElse() {
        var lost = run(asked -> {
            context.journal("durable");
            context.durable(1);
            context.journal("survives");
            context.send(N2, new Word("lost"));
            context.send(N1, new Word("lost"));
            context.journal("lost");
            context.reply(asked, ANSWER);
            context.startTimer("lost", Duration.ofMillis(1));
        });
        assertThat(puppet.state).containsExactly("durable", "survives", "lost");
        var next = context.crashAndRestart(made -> new Puppet(), 1);
        context.durable();
        context.advance(Duration.ofSeconds(1));
        assertThat(next.state).containsExactly("durable", "survives");
        assertThat(next.events).containsExactly("start");
        assertThat(context.sent()).isEmpty();
        assertThat(context.reply(lost)).isEmpty();
        assertThat(context.incarnation()).isEqualTo(2);
    }

    @Test
    void compactionReplacesWhatWasJournalledBeforeItAndIsPulledLate() {
        var state = new ArrayList<>(List.of("ab"));
        run(asked -> {
            context.journal("a");
            context.journal("b");
            context.compact(state.iterator());
            context.journal("c");
            context.send(N2, new Word("after c"));
        });
        assertThat(context.records()).containsExactly("a", "b", "c");
        assertThat(context.journalBytes()).isEqualTo(300);
        context.durable(2);
        assertThat(context.records()).containsExactly("ab", "c");
        assertThat(context.sent()).isEmpty();
        context.durable();
        assertThat(context.sent()).hasSize(1);
        assertThat(context.replayed(made -> new Puppet()).state).containsExactly("ab", "c");
    }

    @Test
    void oneCompactionIsUnderWayAtATime() {
        var began = new ArrayList<Boolean>();
        run(asked -> {
            context.journal("a");
            began.add(context.compact(List.of("first").iterator()));
            began.add(context.compact(List.of("second").iterator()));
        });
        context.durable();
        run(asked -> began.add(context.compact(List.of("third").iterator())));
        assertThat(began).containsExactly(true, false, true);
        context.durable();
        assertThat(context.records()).containsExactly("third");
    }

    @Test
    void anUnfinishedCompactionIsForgottenInACrash() {
        run(asked -> {
            context.journal("a");
            context.compact(List.of("not this").iterator());
        });
        assertThat(context.rewriting()).isTrue();
        assertThat(context.crashAndRestart(made -> new Puppet(), 1).state).containsExactly("a");
        context.durable();
        assertThat(context.records()).containsExactly("a");
    }

    /** Breaks the rule that replay depends on records alone. */
    private static final class Curious implements Algorithm<Message, String, String> {
        private final Context<Message, String, String> context;

        Curious(Context<Message, String, String> context) {
            this.context = context;
        }

        @Override
        public void replay(String record) {
            context.note("at " + context.nowNanos());
        }

        @Override
        public void start() {}

        @Override
        public void onMessage(NodeId from, Message message) {}

        @Override
        public void onTimer(String timer) {}

        @Override
        public void onRequest(Request request) {
            context.journal("a");
        }

        @Override
        public Status status() {
            return new Status("curious", Optional.empty(), 0, 0, Map.of());
        }
    }

    @Test
    void replayMayNotUseTheContext() {
        context.attach(new Curious(context));
        assertThatThrownBy(() -> context.request(ASK))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("replay uses no context");
    }

    @Test
    void notesAreKeptUntilCleared() {
        run(asked -> context.note("elected", "term", 7));
        assertThat(context.notes()).containsExactly(new Note("elected", List.of("term", 7)));
        context.clear();
        assertThat(context.notes()).isEmpty();
    }
}
