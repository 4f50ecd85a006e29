package dcluster.runtime.admin;

/** What algorithms put into details, as JSON knows it. */
final class JsonValues {
    /** Longer texts are cut, so that what is kept of them is bounded. */
    static final int LONGEST_TEXT = 1000;

    private JsonValues() {}

    /** Whole numbers and booleans as they are; everything else as its text, cut where it is too long. */
    static Object of(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
            return value;
        }
        String text = String.valueOf(value);
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }
}
