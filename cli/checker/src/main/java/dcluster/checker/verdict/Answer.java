package dcluster.checker.verdict;

import java.util.Locale;

/** What a check says of a history. */
public enum Answer {
    /** What was checked holds, and the history could have shown the opposite. */
    VALID,
    /** It does not hold. */
    INVALID,
    /** Nobody knows: time or memory did not suffice, or the history says nothing about it. */
    UNKNOWN;

    /** The word for it in what is printed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
