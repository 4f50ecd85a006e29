package dcluster.checker.verdict;

import dcluster.checker.history.Function;
import dcluster.checker.history.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words for people. */
public final class Texts {
    private static final int LONGEST = 300;

    /** Unicode's categories of controls and ends of lines, and its property of the controls of direction. */
    private static final Pattern UNSEEN = Pattern.compile(
            "[\\p{Cc}\\x{2028}\\x{2029}\\x{061c}\\x{200e}\\x{200f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");

    private Texts() {}

    /** What an operation did: {@code write x 4}, {@code append x 1, read y [2]}; cut if it is very long. */
    public static String of(Operation operation) {
        var text = new StringBuilder();
        if (operation.function() == Function.TXN && operation.value() instanceof List<?> steps) {
            text.append(steps.stream().map(step -> step(step, operation.isOk())).collect(Collectors.joining(", ")));
        } else {
            text.append(operation.function().word());
            if (operation.key() != null) {
                text.append(' ').append(operation.key());
            }
            if (!operation.function().observes() || operation.isOk()) {
                text.append(' ').append(operation.value());
            }
        }
        return cut(text.toString()) + ending(operation);
    }

    private static String ending(Operation operation) {
        return switch (operation.outcome()) {
            case OK -> operation.applied() ? "" : " (found another value)";
            case FAIL -> " (failed)";
            case INFO -> " (outcome unknown)";
        };
    }

    private static String step(@Nullable Object step, boolean isDone) {
        if (!(step instanceof List<?> parts) || parts.size() != 3) {
            return String.valueOf(step);
        }
        var function = switch (String.valueOf(parts.get(0))) {
            case "r" -> "read";
            case "w" -> "write";
            default -> String.valueOf(parts.get(0));
        };
        boolean hasValue = isDone || !function.equals("read");
        return function + " " + parts.get(1) + (hasValue ? " " + parts.get(2) : "");
    }

    /** A text, without what nobody would read to its end. */
    public static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "... (" + count(text.length(), "character") + ")";
    }

    /**
     * A text that moves no cursor of a terminal and turns around no text beside it: control characters, ends of lines and
     * the marks that set the direction of writing are spelt out as in JSON.
     */
    public static String visible(String text) {
        return UNSEEN.matcher(text)
                .replaceAll(unseen -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) unseen.group().charAt(0)));
    }

    /** {@code 1 key}, {@code 1,000 keys}. */
    public static String count(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }

    /** {@code 250 ms}, {@code 12.3 s}. */
    public static String span(Duration span) {
        long millis = span.toMillis();
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
