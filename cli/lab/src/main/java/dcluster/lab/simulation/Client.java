package dcluster.lab.simulation;

import dcluster.simulation.Answer;
import dcluster.simulation.Simulation;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A client that asks one thing after the other. Whose outcome it does not learn in time it gives up, and goes on under
 * another number: what it asked may still take effect.
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

    private final Simulation<?> simulation;
    private final Recorder recorder;
    private final Workload workload;
    private final SplittableRandom random;
    private final long pauseNanos;
    private final Temper temper;
    private final long patienceNanos;
    private long process;
    private long asked;
    private NodeId node;
    private boolean ended;
    private @Nullable String seen;

    /** {@code pauseNanos} is how long it pauses between questions, about. */
    Client(Simulation<?> simulation, Recorder recorder, Workload workload, long seed, long pauseNanos) {
        this.simulation = simulation;
        this.recorder = recorder;
        this.workload = workload;
        this.random = new SplittableRandom(seed);
        this.pauseNanos = pauseNanos;
        this.temper = random.nextBoolean() ? Temper.PATIENT : random.nextBoolean() ? Temper.IMPATIENT : Temper.READER;
        this.patienceNanos = temper == Temper.PATIENT ? 6000 * MILLISECOND : random.nextLong(100, 1000) * MILLISECOND;
        this.process = recorder.newClient();
        this.node = anyNode();
    }

    void start() {
        simulation.after(random.nextLong(pauseNanos), this::ask);
    }

    /** Asks nothing more. */
    void end() {
        ended = true;
    }

    private void ask() {
        if (ended) {
            return;
        }
        var question =
                temper == Temper.READER ? workload.drawRead(random) : workload.draw(random, process, asked++, seen);
        int operation = recorder.invoke(process, question.ask(), node.name(), simulation.now());
        var call = new Call(question, operation);
        simulation.submit(node, question.command(), call::answered);
        simulation.after(patienceNanos, call::giveUp);
    }

    /** One question on its way. */
    private final class Call {
        private final Question question;
        private final int operation;
        private boolean over;

        Call(Question question, int operation) {
            this.question = question;
            this.operation = operation;
        }

        void answered(Answer answer) {
            if (over) {
                return;
            }
            over = true;
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
                recorder.ok(operation, question.output(ok.result()), Question.applied(ok.result()), simulation.now());
                seen = question.seen(ok.result(), seen);
                next();
            } else if (response instanceof Response.Unknown) {
                unknown();
            } else {
                failed();
            }
        }

        private void failed() {
            recorder.fail(operation, simulation.now());
            node = anyNode();
            next();
        }

        void giveUp() {
            if (!over) {
                over = true;
                if (question.isRead()) {
                    failed();
                } else {
                    unknown();
                }
            }
        }

        private void unknown() {
            process = recorder.newClient();
            node = anyNode();
            next();
        }
    }

    private void next() {
        if (temper != Temper.READER && random.nextInt(20) == 0) {
            node = anyNode();
        }
        simulation.after(1 + random.nextLong(2 * pauseNanos), Client.this::ask);
    }

    private NodeId anyNode() {
        var ids = simulation.ids();
        return ids.get(random.nextInt(ids.size()));
    }
}
