package dcluster.journal;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What the files of a journal's folder are called. Other names are none of the journal's business. */
final class FileNames {
    static final String IDENTITY = "identity";
    static final String LOCK = "lock";

    /** Ends the name of a file that is being made; one that a crash left over is worth nothing. */
    static final String UNFINISHED = ".new";

    static final String SEGMENT = "segment-";
    static final String STATE = "state-";

    private static final Pattern TEN_DIGITS = Pattern.compile("[0-9]{10}");

    private FileNames() {}

    static String segment(long number) {
        return String.format("%s%010d", SEGMENT, number);
    }

    /** The state that replaces all segments below {@code number}. */
    static String state(long number) {
        return String.format("%s%010d", STATE, number);
    }

    /** The number in a name that begins with {@code prefix}, if it is one. */
    static OptionalLong number(String prefix, String name) {
        if (!name.startsWith(prefix)
                || !TEN_DIGITS.matcher(name.substring(prefix.length())).matches()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(name.substring(prefix.length())));
    }

    static boolean isUnfinished(String name) {
        return name.endsWith(UNFINISHED)
                && (name.startsWith(SEGMENT) || name.startsWith(STATE) || name.startsWith(IDENTITY));
    }
}
