package dcluster.lab.simulation;

import java.time.Duration;
import java.util.stream.Stream;

/** How much a scenario may ask for, so that a slip of the finger neither takes for ever nor all memory. */
final class ScenarioLimits {
    private static final Duration LEAST_INTERVAL = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_CLIENTS = 1000;
    private static final int MOST_RATE = 100_000;
    private static final int MOST_KEYS = 1000;
    private static final int MOST_NODES = 100;
    private static final long MOST_QUESTIONS = 1_000_000;
    private static final long MOST_FAULTS = 100_000;

    private ScenarioLimits() {}

    /** @throws IllegalArgumentException if no machine lives a seed of it in reasonable time */
    static void requireLoad(int clients, int rate, int keys, Duration duration) {
        requireFromOne("clients", clients, MOST_CLIENTS);
        requireFromOne("rate", rate, MOST_RATE);
        requireFromOne("keys", keys, MOST_KEYS);
        requireAtMostAnHour("duration", duration);
        if (rate * duration.toMillis() / 1000 > MOST_QUESTIONS) {
            throw new IllegalArgumentException("rate makes more than " + MOST_QUESTIONS + " questions in the duration");
        }
    }

    static void requireNodes(int nodes) {
        requireFromOne("nodes", nodes, MOST_NODES);
    }

    private static void requireFromOne(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(key + " is from 1 to " + most);
        }
    }

    static void requireAtMostAnHour(String key, Duration span) {
        if (span.compareTo(HOUR) > 0) {
            throw new IllegalArgumentException(key + " is at most 1h");
        }
    }

    static void requireInterval(Duration every) {
        if (every.compareTo(LEAST_INTERVAL) < 0) {
            throw new IllegalArgumentException("every is at least 1ms");
        }
    }

    /** Faults that come again at those intervals are all planned before the run. */
    static void requireCountable(Stream<Duration> intervals, Duration duration) {
        long faults = intervals
                .mapToLong(every -> duration.toNanos() / every.toNanos())
                .sum();
        if (faults > MOST_FAULTS) {
            throw new IllegalArgumentException(
                    "the duration is too long: what is drawn, and steps that come again, make more than " + MOST_FAULTS
                            + " faults");
        }
    }
}
