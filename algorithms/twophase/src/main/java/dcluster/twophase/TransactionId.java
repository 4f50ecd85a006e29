package dcluster.twophase;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The name of one attempt to carry out a transaction over several participants, never given twice.
 *
 * @param log the coordinator's log, which was given that number when it began: one that begins anew knows nothing of the
 *     transactions of another, and must not presume anything of them
 * @param incarnation of the coordinator, from 1
 * @param serial from 1 in each incarnation
 */
record TransactionId(int log, long incarnation, long serial) implements Comparable<TransactionId> {
    private static final Comparator<TransactionId> ORDER = Comparator.comparingInt(TransactionId::log)
            .thenComparingLong(TransactionId::incarnation)
            .thenComparingLong(TransactionId::serial);

    private static final int PARTS = 3;

    /** Those of one log in the order in which they began. */
    @Override
    public int compareTo(TransactionId other) {
        return ORDER.compare(this, other);
    }

    /** From what {@link #toString} makes; empty if that is none. */
    static Optional<TransactionId> parse(String text) {
        var parts = text.split("-", PARTS + 1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TransactionId(
                    HexFormat.fromHexDigits(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As people see it: {@code 04f2a91c-3-17}. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(log) + "-" + incarnation + "-" + serial;
    }
}
