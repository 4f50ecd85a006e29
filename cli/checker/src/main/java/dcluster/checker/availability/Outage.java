package dcluster.checker.availability;

import dcluster.checker.finding.Finding;
import dcluster.checker.finding.Millis;
import dcluster.checker.history.Operation;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A time in which somebody wanted an answer and nobody got one.
 *
 * @param fromLine the position at which it began
 * @param toLine that at which it ended; {@link Operation#NEVER} if it lasted to the end
 * @param from when it began, in nanoseconds of the history
 * @param asked the operation whose invocation or answer it began with
 * @param answered the operation whose answer ended it; null if it lasted to the end
 */
public record Outage(
        int fromLine,
        int toLine,
        long from,
        long to,
        Operation asked,
        @Nullable Operation answered) {
    public Duration length() {
        return Duration.ofNanos(to - from);
    }

    Finding finding(String reason) {
        var operations = Stream.of(Optional.of(asked), Optional.ofNullable(answered));
        return new Finding(operations.flatMap(Optional::stream).distinct().toList(), reason);
    }

    @Override
    public String toString() {
        return "nobody was answered for " + Millis.text(length()) + " from line " + fromLine + " (" + asked + ") "
                + (answered == null ? "to the end" : "to line " + toLine + " (" + answered + ")");
    }
}
