package dcluster.checker.transaction;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step of a transaction.
 *
 * @param value what it writes or appends; what it read: of a list all elements, of a register its value or null
 */
record Step(Kind kind, String key, @Nullable Object value) {
    /** What a step does. */
    enum Kind {
        READ,
        WRITE,
        APPEND
    }

    boolean isRead() {
        return kind == Kind.READ;
    }

    /** What is written. */
    Object written() {
        return Objects.requireNonNull(value);
    }

    /** The elements that a read of a list saw. */
    List<?> elements() {
        return (List<?>) Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case READ -> "read " + key + " " + value;
            case WRITE -> "write " + key + " " + value;
            case APPEND -> "append " + key + " " + value;
        };
    }
}
