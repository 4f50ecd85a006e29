package dcluster.checker.staleness;

import java.math.BigDecimal;

/** Times for people. */
final class Millis {
    private Millis() {}

    static String text(long nanos) {
        return BigDecimal.valueOf(nanos, 6).stripTrailingZeros().toPlainString() + " ms";
    }
}
