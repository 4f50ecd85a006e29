package dcluster.checker.finding;

import java.math.BigDecimal;
import java.time.Duration;

/** Times as people read them. */
public final class Millis {
    private Millis() {}

    /** Milliseconds with as many places as it takes: {@code 1.5 ms}. */
    public static String text(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 6).stripTrailingZeros().toPlainString() + " ms";
    }
}
