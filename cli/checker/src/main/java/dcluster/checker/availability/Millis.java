package dcluster.checker.availability;

import java.math.BigDecimal;
import java.time.Duration;

/** Times for people. */
final class Millis {
    private Millis() {}

    static String text(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 6).stripTrailingZeros().toPlainString() + " ms";
    }
}
