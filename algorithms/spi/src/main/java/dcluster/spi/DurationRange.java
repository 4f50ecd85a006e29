package dcluster.spi;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** A span to draw durations from, both ends included; a cluster file writes it {@code 150ms..300ms}. */
public record DurationRange(Duration least, Duration most) {
    public DurationRange {
        if (least.isNegative() || least.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "a range of durations goes from the lesser to the greater: " + least + ".." + most);
        }
    }

    /** A duration from the span, each nanosecond as likely as any other. */
    public Duration draw(RandomGenerator random) {
        return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos() + 1));
    }
}
