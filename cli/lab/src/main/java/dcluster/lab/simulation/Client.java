package dcluster.lab.simulation;

import dcluster.simulation.Answer;
import dcluster.simulation.Draws;
import dcluster.simulation.Draws.Purpose;
import dcluster.simulation.Selection;
import dcluster.simulation.Simulation;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client that asks by a timetable, one question after the other: whose moment comes while it still waits for an answer
 * is never asked. Whose outcome it does not learn in time it gives up, and goes on under another number: what it asked
 * may still take effect.
 *
 * <p>Clients differ. When a leader is cut off, the patient ones wait for it until it is long deposed and see nothing of
 * that; those that only read go on to read there what may be old by then, and the impatient ones have meanwhile gone to
 * its successor, and write.
 *
 * <p>Where sessions are served some ask in one: they ask again, at any node, what they were not answered, and a history
 * has the one question with the outcome that they learn in the end. So whoever applies it twice is found by all that is
 * demanded of histories. Some of what they were answered they ask once more, to see that the answer stays.
 */
final class Client {
    private static final long MILLISECOND = 1_000_000;

    /** How a client asks. */
    private enum Temper {
        PATIENT,
        IMPATIENT,
        READER
    }

    /** For so many questions it stays with one node, if that answers; a reader for ever. */
    private static final int STINT = 20;

    /** That many clients have one who asks in a session. */
    private static final int SESSIONS_ONE_IN = 3;

    /** Of what was answered in a session. */
    private static final int REPEATS_ONE_IN = 4;

    private final Simulation<?> simulation;
    private final Recorder recorder;
    private final Draws draws;
    private final Habits habits;
    private final Temper temper;
    private final long patienceNanos;
    private final List<Asked.Told> told = new ArrayList<>();
    private long process;
    private @Nullable NodeId refuge;
    private final @Nullable Session session;
    private boolean waits;
    private boolean ended;
    private Seen seen = Seen.NOTHING;

    /**
     * How a client asks.
     *
     * @param client its number, from 0
     * @param pauseNanos a question in each such span, at any moment of it
     */
    record Habits(int client, Workload workload, long pauseNanos, Selection<Asked> questions) {}

    Client(Simulation<?> simulation, Recorder recorder, Draws draws, Habits habits) {
        this.simulation = simulation;
        this.recorder = recorder;
        this.draws = draws;
        this.habits = habits;
        var random = draws.sequence(Purpose.CLIENT_TEMPER, habits.client, 0);
        this.temper = random.nextBoolean() ? Temper.PATIENT : random.nextBoolean() ? Temper.IMPATIENT : Temper.READER;
        long shortly = random.nextLong(100, 1000) * MILLISECOND;
        this.session = isDrawnForSessions() ? new Session() : null;
        this.patienceNanos = temper == Temper.PATIENT && session == null ? 6000 * MILLISECOND : shortly;
        this.process = recorder.newClient();
    }

    private boolean isDrawnForSessions() {
        return habits.workload.servesSessions()
                && draws.below(SESSIONS_ONE_IN, Purpose.CLIENT_SESSION, habits.client, 0) == 0;
    }

    void start() {
        plan(0);
    }

    /** Asks nothing more. */
    void end() {
        ended = true;
    }

    /** All that it asked. */
    List<Asked.Told> told() {
        return told;
    }

    private void plan(long number) {
        long moment = habits.pauseNanos * number
                + draws.below(habits.pauseNanos, Purpose.CLIENT_MOMENT, habits.client, number);
        simulation.after(moment - simulation.now(), () -> {
            if (!ended) {
                ask(new Asked(habits.client, number));
                plan(number + 1);
            }
        });
    }

    private void ask(Asked asked) {
        if (waits || !habits.questions.has(asked)) {
            return;
        }
        waits = true;
        if (session == null) {
            ask(asked, UnaryOperator.identity());
        } else if (session.isOpen()) {
            ask(asked, session::next);
        } else {
            new Opening(asked, session).begin();
        }
    }

    private void ask(Asked asked, UnaryOperator<Command> wrapped) {
        var random = draws.sequence(Purpose.CLIENT_QUESTION, habits.client, asked.number());
        var question = temper == Temper.READER
                ? habits.workload.drawRead(random)
                : habits.workload.draw(random, asked.toString(), seen);
        var node = node(asked);
        told.add(new Asked.Told(asked, simulation.now(), node, question.toString()));
        new Call(this, asked, question, wrapped.apply(question.command())).begin(node);
    }

    // Of a call, what it needs, and what it ends with

    Simulation<?> simulation() {
        return simulation;
    }

    Recorder recorder() {
        return recorder;
    }

    /** The number under which it asks. */
    long process() {
        return process;
    }

    boolean isInSession() {
        return session != null;
    }

    long patienceNanos() {
        return patienceNanos;
    }

    /** Any node, drawn for one attempt of one question, and for nothing else. */
    NodeId nodeFor(Asked asked, int attempt) {
        return nodeFor(Long.MIN_VALUE + asked.number() * Call.MOST_ATTEMPTS + attempt);
    }

    /** Whether it asks once more what it knows, to see whether the answer stays. */
    boolean repeats(Asked asked) {
        return isInSession()
                && draws.below(REPEATS_ONE_IN, Purpose.CLIENT_REPETITION, habits.client, asked.number()) == 0;
    }

    /** A question was answered. */
    void learned(Question question, Result result) {
        waits = false;
        seen = question.seen(result, seen);
    }

    /** What was asked certainly did not happen. */
    void failed(Asked asked) {
        waits = false;
        moveOn(asked);
    }

    /** What was asked may have happened, or yet may. */
    void gaveUp(Asked asked) {
        process = recorder.newClient();
        failed(asked);
        if (session != null) {
            session.leave();
        }
    }

    private NodeId node(Asked asked) {
        if (temper != Temper.READER && asked.number() % STINT == 0) {
            refuge = null;
        }
        long stint = temper == Temper.READER ? 0 : asked.number() / STINT;
        return refuge == null ? nodeFor(stint) : refuge;
    }

    /** The node that draws the highest: where others are taken away, it is the same. */
    private NodeId nodeFor(long draw) {
        long who = draws.bits(Purpose.CLIENT_NODE, habits.client, draw);
        return simulation.ids().stream()
                .max(Comparator.comparingLong(id -> draws.bits(Purpose.CLIENT_NODE, who, simulation.drawsAs(id))))
                .orElseThrow();
    }

    /** To any node; that is drawn for this question, and never for a stint. */
    private void moveOn(Asked asked) {
        refuge = nodeFor(~asked.number());
    }

    /** A session is being opened, for a question that is asked then. */
    private final class Opening {
        private final Asked asked;
        private final Session opened;
        private boolean over;

        Opening(Asked asked, Session opened) {
            this.asked = asked;
            this.opened = opened;
        }

        void begin() {
            simulation.submit(node(asked), new Command.OpenSession(), this::answered);
            simulation.after(patienceNanos, this::giveUp);
        }

        private void answered(Answer answer) {
            if (over) {
                return;
            }
            if (answer instanceof Answer.Responded responded
                    && responded.response() instanceof Response.Ok ok
                    && ok.result() instanceof Result.WholeNumber number) {
                over = true;
                opened.opened(number.value());
                ask(asked, opened::next);
            } else {
                giveUp();
            }
        }

        private void giveUp() {
            if (!over) {
                over = true;
                failed(asked);
            }
        }
    }
}
