package dcluster.runtime.admin;

import java.util.Locale;
import java.util.regex.Pattern;

/** What algorithms put into details, as JSON knows it. */
final class JsonValues {
    /** Longer texts are cut, so that what is kept of them is bounded. */
    static final int LONGEST_TEXT = 1000;

    private static final Pattern NEXT_WORD = Pattern.compile("[^A-Za-z0-9]+([A-Za-z0-9])");

    private JsonValues() {}

    /** An algorithm's words as one in camel case: {@code first index} is {@code firstIndex}. */
    static String key(String words) {
        return NEXT_WORD.matcher(words).replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
    }

    /** Whole numbers and booleans as they are; everything else as its text, cut where it is too long. */
    static Object of(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
            return value;
        }
        String text = String.valueOf(value);
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }
}
