package dcluster.app.bench;

import java.time.Duration;

/** Spans of time as options spell them: {@code 20ms}, {@code 2s}, {@code 1h}. */
final class Spans {
    private Spans() {}

    static String of(Duration span) {
        long millis = span.toMillis();
        if (millis % 3_600_000 == 0 && millis > 0) {
            return millis / 3_600_000 + "h";
        }
        return millis % 1000 == 0 && millis > 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
