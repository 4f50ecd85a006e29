package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A counter; at first it is 0. */
record Counter(long count) implements State {
    @Override
    public @Nullable State after(Operation operation) {
        return switch (operation.function()) {
            case ADD -> new Counter(Math.addExact(count, (Long) Objects.requireNonNull(operation.input())));
            case READ -> Objects.equals(count, operation.output()) ? this : null;
            default -> throw new IllegalArgumentException(operation + " is no operation of a counter");
        };
    }

    @Override
    public String toString() {
        return "" + count;
    }
}
