package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A list to which elements are pushed at its end. At first it is empty, which reads as an empty list or null. */
record Sequence(Pushed elements) implements State {
    @Override
    public @Nullable State after(Operation operation) {
        return switch (operation.function()) {
            case PUSH -> new Sequence(elements.with(Objects.requireNonNull(operation.input())));
            case READ -> isAll((List<?>) operation.output()) ? this : null;
            default -> throw new IllegalArgumentException(operation + " is no operation of a list");
        };
    }

    private boolean isAll(@Nullable List<?> read) {
        if (read == null) {
            return elements.size() == 0;
        }
        if (read.size() != elements.size()) {
            return false;
        }
        for (int i = read.size() - 1; i >= 0; i--) {
            if (!elements.get(i).equals(read.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public String toString() {
        return elements.toString();
    }
}
