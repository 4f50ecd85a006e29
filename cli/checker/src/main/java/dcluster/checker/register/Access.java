package dcluster.checker.register;

import dcluster.checker.history.Function;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Operation.Outcome;
import dcluster.checker.history.UnfitException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one operation does to a register. */
public final class Access {
    private Access() {}

    /** Whether it tells a value that it saw. */
    public static boolean reads(Operation operation) {
        return operation.isOk()
                && operation.applied()
                && (operation.function() == Function.READ || operation.function() == Function.CAS);
    }

    /** The value that it saw, of an operation that reads. */
    public static @Nullable Object seen(Operation operation) {
        return operation.function() == Function.CAS ? pair(operation).get(0) : operation.output();
    }

    /** Whether it wrote, or may have. */
    public static boolean writes(Operation operation) {
        return operation.outcome() != Outcome.FAIL
                && operation.applied()
                && (operation.function() == Function.WRITE || operation.function() == Function.CAS);
    }

    /** The value that it wrote, of an operation that writes. */
    public static @Nullable Object written(Operation operation) {
        return operation.function() == Function.CAS ? pair(operation).get(1) : operation.input();
    }

    /**
     * Refuses what no register does.
     *
     * @throws UnfitException with the line
     */
    public static void requireKnown(Operation operation) {
        switch (operation.function()) {
            case READ, WRITE, CAS -> {
                // These are understood.
            }
            default ->
                throw new UnfitException(
                        operation.invoked(),
                        "only reads, writes and cas of registers can be checked so, not "
                                + operation.function().word());
        }
    }

    private static List<?> pair(Operation cas) {
        return (List<?>) Objects.requireNonNull(cas.input());
    }
}
