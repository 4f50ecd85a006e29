package dcluster.app.terminal;

import java.time.Duration;

/** Spans of time as people read them. */
public final class Spans {
    private Spans() {}

    /** In its two largest units: {@code 12s}, {@code 3m05s}, {@code 2h17m}, {@code 4d03h}. */
    public static String shown(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return String.format("%dm%02ds", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return String.format("%dh%02dm", seconds / 3600, seconds / 60 % 60);
        }
        return String.format("%dd%02dh", seconds / 86_400, seconds / 3600 % 24);
    }

    /** As options spell it, to the millisecond: {@code 20ms}, {@code 2s}, {@code 1h}. */
    public static String exact(Duration span) {
        long millis = span.toMillis();
        if (millis == 0 || millis % 1000 != 0) {
            return millis + "ms";
        }
        return millis % 3_600_000 == 0 ? millis / 3_600_000 + "h" : millis / 1000 + "s";
    }
}
