package dcluster.config;

import dcluster.spi.ByteSize;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Durations and sizes as people write them: a whole number and a unit. Printing takes the largest unit that is exact.
 */
final class Units {
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);

    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,19})([A-Za-z]*)");

    private static final Pattern ISO_DURATION =
            Pattern.compile("\\bPT(?=[0-9])([0-9]{1,6}H)?([0-9]{1,2}M)?([0-9]{1,2}(\\.[0-9]{1,9})?S)?(?![0-9A-Z])");

    private Units() {}

    /** @throws IllegalArgumentException if it is no duration, or none that a long holds in nanoseconds */
    static Duration parseDuration(String text) {
        return Duration.ofNanos(parse(text, NANOS));
    }

    static String printDuration(Duration duration) {
        return print(duration.toNanos(), NANOS);
    }

    /** @throws IllegalArgumentException if it is no size, or none that a long holds in bytes */
    static ByteSize parseSize(String text) {
        return new ByteSize(parse(text, BYTES));
    }

    static String printSize(ByteSize size) {
        return print(size.bytes(), BYTES);
    }

    /** The text with each duration in it as it is written here, where a program printed it as {@code PT0.15S}. */
    static String inWords(String text) {
        return ISO_DURATION.matcher(text).replaceAll(found -> printDuration(Duration.parse(found.group())));
    }

    private static long parse(String text, Map<String, Long> units) {
        var matcher = QUANTITY.matcher(text);
        if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
            throw new IllegalArgumentException(text);
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), units.get(matcher.group(2)));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static String print(long amount, Map<String, Long> units) {
        var bySize = new TreeMap<Long, String>();
        units.forEach((unit, size) -> bySize.put(size, unit));
        for (var unit : bySize.descendingMap().entrySet()) {
            if (amount != 0 && amount % unit.getKey() == 0) {
                return amount / unit.getKey() + unit.getValue();
            }
        }
        return amount + bySize.firstEntry().getValue();
    }
}
