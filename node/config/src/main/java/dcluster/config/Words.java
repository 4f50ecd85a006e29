package dcluster.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How names are spelt and errors are worded. */
final class Words {
    private static final Pattern HUMP =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])");
    private static final int LONGEST_QUOTE = 60;

    private Words() {}

    /**
     * The key for a component or a type: {@code electionTimeout}, {@code inAMoment} and {@code phase1} are {@code
     * election-timeout, in-a-moment} and {@code phase-1}.
     */
    static String kebab(String name) {
        return HUMP.matcher(name).replaceAll("-").replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** In quotes on one line, and cut if it is long. */
    static String quote(String text) {
        var line = oneLine(text);
        return "'" + (line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "..." : line) + "'";
    }

    /** Line breaks and what else cannot be shown are replaced. */
    static String oneLine(String text) {
        return text.replaceAll("\\p{javaISOControl}+|[\\u2028\\u2029\\ud800-\\udfff]", " ")
                .strip();
    }

    /** {@code a, b or c}. */
    static String oneOf(Collection<String> words) {
        return series(words, " or ");
    }

    /** {@code a, b and c}. */
    static String allOf(Collection<String> words) {
        return series(words, " and ");
    }

    private static String series(Collection<String> words, String beforeLast) {
        var list = List.copyOf(words);
        int last = list.size() - 1;
        return last < 1
                ? String.join("", list)
                : String.join(", ", list.subList(0, last)) + beforeLast + list.get(last);
    }

    /** What is valid instead of a word: {@code ; did you mean 'sync'? Known: segment, sync}. */
    static String instead(String word, Collection<String> known) {
        var all = known.isEmpty() ? "none" : known.stream().sorted().collect(Collectors.joining(", "));
        var hint = didYouMean(word, known);
        return (hint.isEmpty() ? "." : hint) + " Known: " + all;
    }

    /** {@code ; did you mean 'sync'?} if one of the known words is close, but not the same; else nothing. */
    static String didYouMean(String word, Collection<String> known) {
        if (known.contains(word)) {
            return "";
        }
        var spelt = kebab(word);
        String nearest = "";
        int least = Math.max(1, spelt.length() / 3) + 1;
        for (var candidate : known) {
            int distance = distance(spelt, candidate, least);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?";
    }

    /**
     * Insertions, deletions, replacements and swaps of neighbours from one to the other; {@code limit} if not fewer.
     */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(rows, a, b, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int cheapest(int[][] rows, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int cost = Math.min(rows[i - 1][j - 1] + (same ? 0 : 1), Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(cost, rows[i - 2][j - 2] + 1) : cost;
    }
}
