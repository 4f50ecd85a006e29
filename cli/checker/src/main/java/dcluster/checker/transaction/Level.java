package dcluster.checker.transaction;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Isolation levels, each after all that it implies. */
@SuppressWarnings("ImmutableEnumChecker") // Nothing in it ever changes.
public enum Level {
    /** Nothing is promised. */
    NONE(List.of()),
    /** PL-1: writes of different transactions do not interleave. */
    READ_UNCOMMITTED(List.of(NONE)),
    /** PL-2: and only what is committed, and final, is read. */
    READ_COMMITTED(List.of(READ_UNCOMMITTED)),
    /** PL-2.99: and what was read stays until the end. Without predicates this is as much as serializability. */
    REPEATABLE_READ(List.of(READ_COMMITTED)),
    /** PL-SI: each transaction reads one snapshot, and of two concurrent ones that write a key one commits. */
    SNAPSHOT_ISOLATION(List.of(READ_COMMITTED)),
    /** And each snapshot has what the same client committed before. */
    STRONG_SESSION_SNAPSHOT_ISOLATION(List.of(SNAPSHOT_ISOLATION)),
    /** And each snapshot has all that was committed before the transaction was invoked. */
    STRONG_SNAPSHOT_ISOLATION(List.of(STRONG_SESSION_SNAPSHOT_ISOLATION)),
    /** PL-3: as if one after the other. */
    SERIALIZABLE(List.of(REPEATABLE_READ, SNAPSHOT_ISOLATION)),
    /** And those of one client in its order. */
    STRONG_SESSION_SERIALIZABLE(List.of(SERIALIZABLE, STRONG_SESSION_SNAPSHOT_ISOLATION)),
    /** PL-SS: as if one after the other, each between its invocation and its end. */
    STRICT_SERIALIZABLE(List.of(STRONG_SESSION_SERIALIZABLE, STRONG_SNAPSHOT_ISOLATION));

    private final List<Level> implied;

    Level(List<Level> implied) {
        this.implied = implied;
    }

    /** As people write it: {@code strict serializable}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** As a command line spells it: {@code strict-serializable}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether all that is so isolated is isolated as the other says, too; of itself it is true. */
    public boolean implies(Level other) {
        return this == other || implied.stream().anyMatch(level -> level.implies(other));
    }

    /** This and all that imply it. */
    Set<Level> andStronger() {
        var levels = EnumSet.noneOf(Level.class);
        Arrays.stream(values()).filter(level -> level.implies(this)).forEach(levels::add);
        return levels;
    }
}
