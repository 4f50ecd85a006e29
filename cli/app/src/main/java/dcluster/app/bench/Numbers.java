package dcluster.app.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as tables show them. */
final class Numbers {
    private Numbers() {}

    /** A share from 0 to 1 in percent, a dash if it is not known. */
    static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    static String millis(double millis) {
        return Double.isNaN(millis) ? "-" : String.format(Locale.ROOT, "%.1f ms", millis);
    }

    /** To four digits behind the point, for programs; null if it is not known, for which JSON has no number. */
    static @Nullable Double rounded(double number) {
        return Double.isNaN(number) ? null : Math.round(10_000 * number) / 10_000.0;
    }
}
