package dcluster.checker.transaction;

import dcluster.checker.history.Operation;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A transaction with its steps understood.
 *
 * @param number its place among all transactions of the history in order of their invocations, from 0
 * @param steps what it did; of one that did not end with ok, only what it wrote
 */
record Transaction(int number, Operation operation, List<Step> steps) {
    Transaction {
        steps = List.copyOf(steps);
    }

    boolean isOk() {
        return operation.isOk();
    }

    boolean isFailed() {
        return operation.outcome() == Operation.Outcome.FAIL;
    }

    /** How people call it: T1 is the first of the history. */
    String name() {
        return nameOf(number);
    }

    static String nameOf(int number) {
        return "T" + (number + 1);
    }

    /** There is one transaction of a number in a history. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Transaction transaction && transaction.number == number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    /** The whole of it in one line. */
    String text() {
        var outcome = isOk() ? "" : isFailed() ? " (failed)" : " (outcome unknown)";
        return steps.stream()
                .map(Step::toString)
                .collect(Collectors.joining(
                        ", ",
                        name() + ", line " + operation.invoked() + ", client " + operation.client() + ": ",
                        outcome));
    }
}
