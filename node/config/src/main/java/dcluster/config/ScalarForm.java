package dcluster.config;

import dcluster.config.Yaml.Text;
import dcluster.spi.ByteSize;
import dcluster.spi.DurationRange;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A value that is one word. With quotes a word stays what it is, but a number and a truth become texts, and are none
 * any more.
 *
 * @param parse makes it of the word; throws IllegalArgumentException if that is not possible
 */
record ScalarForm<T>(String expected, Function<String, T> parse, Function<T, String> print) implements Form<T> {
    static final ScalarForm<Boolean> BOOLEAN =
            new ScalarForm<>("true or false", ScalarForm::parseBoolean, String::valueOf);
    static final ScalarForm<Integer> INT =
            new ScalarForm<>("a whole number", text -> Integer.valueOf(wholeNumber(text)), String::valueOf);
    static final ScalarForm<Integer> PORT =
            new ScalarForm<>("from 1 to 65535, or 0 for any that is free", ScalarForm::parsePort, String::valueOf);
    static final ScalarForm<Long> LONG =
            new ScalarForm<>("a whole number", text -> Long.valueOf(wholeNumber(text)), String::valueOf);
    static final ScalarForm<Double> DOUBLE =
            new ScalarForm<>("a number such as 0.5", ScalarForm::parseDouble, String::valueOf);
    static final ScalarForm<String> STRING = new ScalarForm<>("a text", Function.identity(), Function.identity());
    static final ScalarForm<Duration> DURATION =
            new ScalarForm<>("a duration such as 500us, 150ms, 2s or 1m", Units::parseDuration, Units::printDuration);
    static final ScalarForm<Long> NANOS =
            new ScalarForm<>("a duration such as 500us, 150ms or -2s", ScalarForm::parseNanos, ScalarForm::printNanos);
    static final ScalarForm<DurationRange> DURATION_RANGE = new ScalarForm<>(
            "a range of durations from the lesser to the greater such as 150ms..300ms",
            ScalarForm::parseRange,
            range -> Units.printDuration(range.least()) + ".." + Units.printDuration(range.most()));
    static final ScalarForm<ByteSize> BYTE_SIZE =
            new ScalarForm<>("a size such as 512, 64KiB, 64MiB or 1GiB", Units::parseSize, Units::printSize);

    /** The form of each type that stands in one word. */
    static final Map<Class<?>, ScalarForm<?>> BY_TYPE = Map.ofEntries(
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(int.class, INT),
            Map.entry(Integer.class, INT),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(double.class, DOUBLE),
            Map.entry(Double.class, DOUBLE),
            Map.entry(String.class, STRING),
            Map.entry(Duration.class, DURATION),
            Map.entry(DurationRange.class, DURATION_RANGE),
            Map.entry(ByteSize.class, BYTE_SIZE));

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[-+]?[0-9]{1,40}");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,400}(\\.[0-9]{1,400})?([eE][-+]?[0-9]{1,3})?");

    @Override
    public T read(Yaml yaml, String what) {
        if (!(yaml instanceof Text text)) {
            throw wrong(yaml, what);
        }
        if (text.isTextByItsQuotes() && !equals(STRING)) {
            throw new ConfigException(text.place(), what + " is " + expected + ", not " + text.shownAsValue());
        }
        try {
            return parse.apply(text.raw());
        } catch (NumberFormatException e) {
            throw wrong(yaml, what, ", which is out of range");
        } catch (IllegalArgumentException e) {
            throw wrong(yaml, what);
        }
    }

    @Override
    public Yaml write(T value) {
        return new Text(Place.NOWHERE, print.apply(value));
    }

    private static boolean parseBoolean(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static int parsePort(String text) {
        int port = Integer.parseInt(wholeNumber(text));
        if (port < 0 || port > MemberPorts.MOST) {
            throw new IllegalArgumentException(text);
        }
        return port;
    }

    private static String wholeNumber(String text) {
        return matching(WHOLE_NUMBER, text);
    }

    private static double parseDouble(String text) {
        double value = Double.parseDouble(matching(NUMBER, text));
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    private static long parseNanos(String text) {
        return text.startsWith("-")
                ? -Units.parseDuration(text.substring(1)).toNanos()
                : Units.parseDuration(text).toNanos();
    }

    private static String printNanos(long nanos) {
        return (nanos < 0 ? "-" : "") + Units.printDuration(Duration.ofNanos(Math.abs(nanos)));
    }

    private static DurationRange parseRange(String text) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            throw new IllegalArgumentException(text);
        }
        return new DurationRange(
                Units.parseDuration(text.substring(0, dots)), Units.parseDuration(text.substring(dots + 2)));
    }

    private static String matching(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}
