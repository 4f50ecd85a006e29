package dcluster.lab.simulation;

import dcluster.simulation.Answer;
import dcluster.simulation.Draws;
import dcluster.simulation.Draws.Purpose;
import dcluster.simulation.Selection;
import dcluster.simulation.Simulation;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that asks by a timetable, one question after the other: whose moment comes while it still waits for an answer
 * is never asked. Whose outcome it does not learn in time it gives up, and goes on under another number: what it asked
 * may still take effect.
 *
 * <p>Clients differ. When a leader is cut off, the patient ones wait for it until it is long deposed and see nothing of
 * that; those that only read go on to read there what may be old by then, and the impatient ones have meanwhile gone to
 * its successor, and write.
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

    private final Simulation<?> simulation;
    private final Recorder recorder;
    private final Draws draws;
    private final Habits habits;
    private final Temper temper;
    private final long patienceNanos;
    private final List<Asked.Told> told = new ArrayList<>();
    private long process;
    private @Nullable NodeId refuge;
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
        this.patienceNanos = temper == Temper.PATIENT ? 6000 * MILLISECOND : random.nextLong(100, 1000) * MILLISECOND;
        this.process = recorder.newClient();
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
        var random = draws.sequence(Purpose.CLIENT_QUESTION, habits.client, asked.number());
        var question = temper == Temper.READER
                ? habits.workload.drawRead(random)
                : habits.workload.draw(random, asked.toString(), seen);
        var node = node(asked);
        told.add(new Asked.Told(asked, simulation.now(), node, question.toString()));
        int operation = recorder.invoke(process, question.ask(), node.name(), simulation.now());
        var call = new Call(asked, question, operation);
        simulation.submit(node, question.command(), call::answered);
        simulation.after(patienceNanos, call::giveUp);
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

    /** One question on its way. */
    private final class Call {
        private final Asked asked;
        private final Question question;
        private final int operation;
        private boolean over;

        Call(Asked asked, Question question, int operation) {
            this.asked = asked;
            this.question = question;
            this.operation = operation;
        }

        void answered(Answer answer) {
            if (over) {
                return;
            }
            over = true;
            waits = false;
            if (answer instanceof Answer.Responded responded) {
                responded(responded.response());
            } else if (answer instanceof Answer.Refused || question.isRead()) {
                failed();
            } else {
                unknown();
            }
        }

        private void responded(Response response) {
            if (response instanceof Response.Ok ok) {
                found(ok.result());
            } else if (response instanceof Response.Unknown) {
                unknown();
            } else {
                tellAborted(response);
                failed();
            }
        }

        private void tellAborted(Response response) {
            if (response instanceof Response.Failed failed && failed.reason() == Response.Reason.ABORTED) {
                simulation.tally().meet(Sometimes.ABORTED);
            }
        }

        private void found(Result result) {
            if (question.isAborted(result)) {
                recorder.fail(operation, simulation.now());
            } else {
                recorder.ok(operation, question.output(result), Question.applied(result), simulation.now());
                recorder.counted(operation, question.counts(result));
            }
            seen = question.seen(result, seen);
            question.event(result).ifPresent(simulation.tally()::meet);
        }

        private void failed() {
            recorder.fail(operation, simulation.now());
            moveOn();
        }

        void giveUp() {
            if (!over) {
                over = true;
                waits = false;
                if (question.isRead()) {
                    failed();
                } else {
                    unknown();
                }
            }
        }

        private void unknown() {
            process = recorder.newClient();
            moveOn();
        }

        /** To any node; that is drawn for this question, and never for a stint. */
        private void moveOn() {
            refuge = nodeFor(~asked.number());
        }
    }
}
