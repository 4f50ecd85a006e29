package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A register with compare-and-set, and with append to a text. At first it holds null. */
record Register(@Nullable Object value) implements State {
    @Override
    public @Nullable State after(Operation operation) {
        return switch (operation.function()) {
            case READ -> Objects.equals(value, operation.output()) ? this : null;
            case WRITE -> new Register(operation.input());
            case APPEND -> new Register((value == null ? "" : value.toString()) + operation.input());
            case CAS -> afterCas(operation);
            default -> throw new IllegalArgumentException(operation + " is no operation of a register");
        };
    }

    private @Nullable State afterCas(Operation operation) {
        var pair = (List<?>) Objects.requireNonNull(operation.input());
        if (Objects.equals(value, pair.get(0)) != operation.applied()) {
            return null;
        }
        return operation.applied() ? new Register(pair.get(1)) : this;
    }

    /** What is appended makes a text of its own. */
    @Override
    public long bytes() {
        return value instanceof String text ? 2L * text.length() : 0;
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
