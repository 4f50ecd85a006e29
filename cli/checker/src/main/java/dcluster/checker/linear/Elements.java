package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A set; a read gives its elements in any order. At first it is empty, which reads as an empty list or null. */
record Elements(PersistentSet elements) implements State {
    @Override
    public @Nullable State after(Operation operation) {
        return switch (operation.function()) {
            case ADD -> new Elements(elements.with(Objects.requireNonNull(operation.input())));
            case REMOVE -> new Elements(elements.without(Objects.requireNonNull(operation.input())));
            case READ -> isAll((List<?>) operation.output()) ? this : null;
            default -> throw new IllegalArgumentException(operation + " is no operation of a set");
        };
    }

    private boolean isAll(@Nullable List<?> read) {
        if (read == null) {
            return elements.size() == 0;
        }
        return read.size() == elements.size()
                && read.stream().allMatch(element -> element != null && elements.contains(element))
                && read.stream().distinct().count() == elements.size();
    }

    /** The path from the root to where the element is, or was. */
    @Override
    public long bytes() {
        return 64L * (32 - Integer.numberOfLeadingZeros(elements.size()));
    }

    @Override
    public String toString() {
        return elements.toString();
    }
}
