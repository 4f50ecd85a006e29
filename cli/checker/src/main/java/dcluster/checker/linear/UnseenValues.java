package dcluster.checker.linear;

import dcluster.checker.history.Function;
import dcluster.checker.history.Operation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Values of a register that are written, and that no operation says it saw, or looked for: they are all the same to
 * it. So their writes are of one kind, and a search need not tell them apart.
 */
final class UnseenValues implements UnaryOperator<Operation> {
    private enum Unseen {
        VALUE;

        @Override
        public String toString() {
            return "(a value that nobody saw)";
        }
    }

    private final Set<@Nullable Object> seen = new HashSet<>();

    private UnseenValues() {}

    /** What operations on one register come to. */
    static UnaryOperator<Operation> of(List<Operation> operations) {
        if (operations.stream().anyMatch(operation -> operation.function() == Function.APPEND)) {
            return UnaryOperator.identity();
        }
        var values = new UnseenValues();
        operations.forEach(values::look);
        return values;
    }

    private void look(Operation operation) {
        if (operation.function() == Function.READ && operation.isOk()) {
            seen.add(operation.output());
        } else if (operation.function() == Function.CAS) {
            seen.add(pair(operation).get(0));
        }
    }

    private static List<?> pair(Operation cas) {
        return (List<?>) Objects.requireNonNull(cas.input());
    }

    @Override
    public Operation apply(Operation operation) {
        return switch (operation.function()) {
            case WRITE -> seen.contains(operation.input()) ? operation : operation.withInput(Unseen.VALUE);
            case CAS -> {
                var pair = pair(operation);
                yield seen.contains(pair.get(1))
                        ? operation
                        : operation.withInput(Arrays.asList(pair.get(0), Unseen.VALUE));
            }
            default -> operation;
        };
    }
}
