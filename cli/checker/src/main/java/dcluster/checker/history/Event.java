package dcluster.checker.history;

import org.jspecify.annotations.Nullable;

/**
 * One line of a history.
 *
 * @param line its number in the file, from 1
 * @param process the client, or, as text, whoever leaves a note
 * @param function null in a note
 * @param word the function's word as it stands in the file
 * @param key null where the model has only one object, and in transactions
 * @param value a {@code Long}, a {@code BigInteger} beyond those, a {@code BigDecimal} that is not whole, a
 *     {@code String}, a {@code Boolean}, an immutable list or map of such, {@link Siblings} of such at the {@code ok} of
 *     a read, or null; equal numbers are equal objects
 * @param applied false only in the {@code ok} of a compare-and-set that found another value
 * @param time nanoseconds since a moment of the recorder's choice
 * @param node the node that was asked, if the recorder says so
 */
public record Event(
        int line,
        Object process,
        EventType type,
        @Nullable Function function,
        String word,
        @Nullable String key,
        @Nullable Object value,
        boolean applied,
        long time,
        @Nullable String node) {
    /** Whether it belongs to no operation. */
    public boolean isNote() {
        return process instanceof String;
    }

    /** The client's number; there is one in what is no note. */
    public long client() {
        return (Long) process;
    }
}
