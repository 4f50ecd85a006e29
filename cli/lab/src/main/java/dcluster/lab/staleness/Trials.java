package dcluster.lab.staleness;

import dcluster.simulation.Answer;
import dcluster.simulation.Simulation;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Writes and reads a key by the same {@link Course} again and again in one simulated cluster, each time with a pause behind
 * it in which its writes come to all replicas.
 */
final class Trials {
    private static final Bytes KEY = Bytes.utf8("key");
    private static final long STEP_NANOS = 100_000_000;

    private final Simulation<?> simulation;
    private final long settleNanos;
    private final RandomGenerator random;
    private final Latency writeLatency = new Latency();
    private final Latency readLatency = new Latency();
    private long written;
    private long unanswered;

    /** {@code settleNanos}: after so long no write is under way. */
    Trials(Simulation<?> simulation, long settleNanos, RandomGenerator random) {
        this.simulation = simulation;
        this.settleNanos = settleNanos;
        this.random = random;
    }

    /** So many trials. */
    Behind run(int count, Course course) {
        var behind = new Behind(course.writes());
        for (int i = 0; i < count; i++) {
            var trial = new Trial(course);
            trial.write(course.writes());
            while (!trial.isOver) {
                simulation.run(simulation.now() + STEP_NANOS);
            }
            trial.seen.ifPresent(version -> behind.add((int) Math.min(course.writes(), written - version)));
            simulation.run(simulation.now() + settleNanos);
        }
        return behind;
    }

    /** Who coordinates a write or a read. */
    private NodeId coordinator(Course course, boolean isWrite) {
        var ids = simulation.ids();
        if (course.isAnywhere()) {
            return ids.get(random.nextInt(ids.size()));
        }
        return ids.get(isWrite ? 0 : random.nextInt(1, ids.size()));
    }

    Latency writeLatency() {
        return writeLatency;
    }

    Latency readLatency() {
        return readLatency;
    }

    /** How many trials came to nothing, because an operation did not succeed. */
    long unanswered() {
        return unanswered;
    }

    /** One of them. */
    private final class Trial {
        private final Course course;
        private Optional<Long> seen = Optional.empty();
        private boolean isOver;

        Trial(Course course) {
            this.course = course;
        }

        void write(int left) {
            if (left == 0) {
                simulation.after(course.afterNanos(), this::read);
                return;
            }
            long since = simulation.now();
            var value = Bytes.utf8(String.valueOf(++written));
            simulation.submit(coordinator(course, true), new Command.Put(KEY, value), answer -> {
                if (answer instanceof Answer.Responded responded && responded.response() instanceof Response.Ok) {
                    writeLatency.add(simulation.now() - since);
                    write(left - 1);
                } else {
                    fail();
                }
            });
        }

        private void read() {
            long since = simulation.now();
            simulation.submit(coordinator(course, false), new Command.Get(KEY), answer -> {
                if (answer instanceof Answer.Responded responded && responded.response() instanceof Response.Ok ok) {
                    readLatency.add(simulation.now() - since);
                    seen = Optional.of(version(ok.result()));
                    isOver = true;
                } else {
                    fail();
                }
            });
        }

        private void fail() {
            unanswered++;
            isOver = true;
        }
    }

    /** The latest of what a read told; 0 is nothing. */
    private static long version(Result result) {
        var values = result instanceof Result.Siblings siblings
                ? siblings.values()
                : result instanceof Result.Found found ? List.of(found.value()) : List.<Bytes>of();
        return values.stream()
                .mapToLong(value -> Long.parseLong(value.toUtf8()))
                .max()
                .orElse(0);
    }
}
