package dcluster.toolkit.testing;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The timers that run, each with the time at which it runs out. */
final class VirtualTimers<T> {
    /** A timer and when it runs out; of several at one time the one that was started first comes first. */
    record Running<T>(T timer, long nanos, long order) {}

    private final Map<T, Running<T>> running = new LinkedHashMap<>();
    private long started;

    void start(T timer, long nanos) {
        running.put(timer, new Running<>(timer, nanos, ++started));
    }

    void stop(T timer) {
        running.remove(timer);
    }

    void clear() {
        running.clear();
    }

    /** The timer that runs out next, if that is by {@code end}. */
    Optional<Running<T>> next(long end) {
        return running.values().stream()
                .filter(one -> one.nanos() <= end)
                .min(Comparator.<Running<T>>comparingLong(Running::nanos).thenComparingLong(Running::order));
    }

    Map<T, Duration> remaining(long nowNanos) {
        var remaining = new LinkedHashMap<T, Duration>();
        running.values().forEach(one -> remaining.put(one.timer(), Duration.ofNanos(one.nanos() - nowNanos)));
        return remaining;
    }
}
