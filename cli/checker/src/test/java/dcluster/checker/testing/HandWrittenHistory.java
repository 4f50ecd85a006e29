package dcluster.checker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A history written by hand, in the short hand of {@link Script}, and why it is right or wrong.
 *
 * @param told what a checker has to say of it, as far as the test looks at that
 */
public record HandWrittenHistory(String reason, String script, String told) {
    /** A text in quotation marks, or a number. */
    private static final Pattern VALUE = Pattern.compile("\"([^\"]*)\"|-?[0-9]+");

    /** Histories, one a line: the reason, the script, and maybe what is told, parted by bars. */
    public static List<HandWrittenHistory> table(String table) {
        return table.lines()
                .map(line -> line.split("\\|", -1))
                .map(cells -> new HandWrittenHistory(
                        cells[0].trim(), cells[1].trim(), cells.length > 2 ? cells[2].trim() : ""))
                .toList();
    }

    /** Demands twenty of each at least, no two of them equal up to renaming, each with a reason of its own. */
    public static void requireVariety(
            List<HandWrittenHistory> accepted,
            List<HandWrittenHistory> rejected,
            Function<HandWrittenHistory, String> canonical) {
        requireVariety(
                accepted.stream().map(canonical).toList(),
                rejected.stream().map(canonical).toList());
        assertThat(accepted)
                .extracting(HandWrittenHistory::reason)
                .doesNotContain("")
                .doesNotHaveDuplicates();
        assertThat(rejected)
                .extracting(HandWrittenHistory::reason)
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    /** Demands twenty of each at least, no two of them equal. */
    public static void requireVariety(List<String> accepted, List<String> rejected) {
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(20);
        assertThat(rejected).hasSizeGreaterThanOrEqualTo(20);
        assertThat(Stream.concat(accepted.stream(), rejected.stream())).doesNotHaveDuplicates();
    }

    /** The script with clients, keys and values named in order of their appearance. */
    public String canonical() {
        return canonical(true);
    }

    /** The script with clients and keys named in order of their appearance, for values that are more than names. */
    public String canonicalWithValues() {
        return canonical(false);
    }

    private String canonical(boolean areValuesNames) {
        Map<String, Integer> names = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        var canonical = new StringBuilder();
        for (var word : script.split("\\s+", -1)) {
            int slash = word.indexOf('/');
            canonical
                    .append(name("client", word.substring(0, 1), names, counts))
                    .append(word.charAt(1));
            if ("[.".indexOf(word.charAt(1)) >= 0) {
                var key = slash < 0 ? "x" : word.substring(2, slash);
                canonical.append(name("key", key, names, counts)).append('/');
            }
            var rest = word.substring(slash < 0 ? 2 : slash + 1);
            canonical
                    .append(areValuesNames ? renamed(rest, names, counts) : rest)
                    .append(' ');
        }
        return canonical.toString();
    }

    /** A text is renamed letter by letter, for its parts may be values, too. */
    private static String renamed(String rest, Map<String, Integer> names, Map<String, Integer> counts) {
        return VALUE.matcher(rest).replaceAll(found -> {
            if (found.group(1) == null) {
                return name("value", found.group(), names, counts);
            }
            var letters = Arrays.stream(found.group(1).split("", -1));
            return letters.map(letter -> name("letter", letter, names, counts))
                    .toList()
                    .toString()
                    .replace(" ", "");
        });
    }

    private static String name(String kind, String of, Map<String, Integer> names, Map<String, Integer> counts) {
        return kind + names.computeIfAbsent(kind + of, unknown -> counts.merge(kind, 1, Integer::sum));
    }

    @Override
    public String toString() {
        return reason + ": " + script;
    }
}
