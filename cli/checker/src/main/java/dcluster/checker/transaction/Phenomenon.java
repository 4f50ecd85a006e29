package dcluster.checker.transaction;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong between transactions, by the names of Adya (1999), and of Kingsbury and Alvaro (2020) where he has
 * none. The forms {@code -process} and {@code -realtime} are cycles that need the order of one client's transactions,
 * or that of transactions of which one ended before the other was invoked.
 */
@SuppressWarnings("ImmutableEnumChecker") // Nothing in it ever changes.
public enum Phenomenon {
    /** A value was read that nobody wrote. */
    UNWRITTEN("unwritten", Level.READ_UNCOMMITTED),
    /** An element was read twice in one list, and appended once. */
    DUPLICATE_ELEMENTS("duplicate-elements", Level.READ_UNCOMMITTED),
    /** A cycle of writes: no order of the transactions is the order of the versions on every key. */
    G0("G0", Level.READ_UNCOMMITTED),
    G0_PROCESS("G0-process", Level.STRONG_SESSION_SNAPSHOT_ISOLATION),
    G0_REALTIME("G0-realtime", Level.STRONG_SNAPSHOT_ISOLATION),
    /** Aborted read: what a failed transaction wrote was read. */
    G1A("G1a", Level.READ_COMMITTED),
    /** Intermediate read: a value was read that its writer overwrote itself. */
    G1B("G1b", Level.READ_COMMITTED),
    /** A committed transaction wrote over what a failed one wrote, and let it stand. */
    DIRTY_UPDATE("dirty-update", Level.READ_COMMITTED),
    /** Of two lists read none is the beginning of the other, or appends of one transaction changed places. */
    INCOMPATIBLE_ORDER("incompatible-order", Level.READ_COMMITTED),
    /** Circular information flow: a cycle of writes and of reads of what was written. */
    G1C("G1c", Level.READ_COMMITTED),
    G1C_PROCESS("G1c-process", Level.STRONG_SESSION_SNAPSHOT_ISOLATION),
    G1C_REALTIME("G1c-realtime", Level.STRONG_SNAPSHOT_ISOLATION),
    /** A transaction read a key otherwise than itself had read or left it. */
    INTERNAL("internal", Level.SNAPSHOT_ISOLATION, Level.REPEATABLE_READ),
    /** Two transactions read the same version of a key, and both wrote the next. */
    LOST_UPDATE("lost-update", Level.SNAPSHOT_ISOLATION, Level.REPEATABLE_READ),
    /** Read skew: a cycle with one anti-dependency. */
    G_SINGLE("G-single", Level.SNAPSHOT_ISOLATION, Level.REPEATABLE_READ),
    G_SINGLE_PROCESS("G-single-process", Level.STRONG_SESSION_SNAPSHOT_ISOLATION),
    G_SINGLE_REALTIME("G-single-realtime", Level.STRONG_SNAPSHOT_ISOLATION),
    /** A cycle with several anti-dependencies of which no two follow each other. */
    G_NONADJACENT("G-nonadjacent", Level.SNAPSHOT_ISOLATION, Level.REPEATABLE_READ),
    G_NONADJACENT_PROCESS("G-nonadjacent-process", Level.STRONG_SESSION_SNAPSHOT_ISOLATION),
    G_NONADJACENT_REALTIME("G-nonadjacent-realtime", Level.STRONG_SNAPSHOT_ISOLATION),
    /** Write skew and its kin: a cycle with two anti-dependencies one after the other. */
    G2_ITEM("G2-item", Level.REPEATABLE_READ),
    G2_ITEM_PROCESS("G2-item-process", Level.STRONG_SESSION_SERIALIZABLE),
    G2_ITEM_REALTIME("G2-item-realtime", Level.STRICT_SERIALIZABLE);

    private final String word;
    private final Set<Level> rulesOut;

    Phenomenon(String word, Level... weakest) {
        this.word = word;
        rulesOut = EnumSet.noneOf(Level.class);
        for (var level : weakest) {
            rulesOut.addAll(level.andStronger());
        }
    }

    /** The form of a cycle that needs one more relation; null means none. */
    Phenomenon in(@Nullable Relation more) {
        return more == null ? this : valueOf(name() + "_" + more);
    }

    /** Its name in the literature. */
    public String word() {
        return word;
    }

    /** The levels that do not allow it. */
    public Set<Level> rulesOut() {
        return EnumSet.copyOf(rulesOut);
    }
}
