package dcluster.checker.transaction;

import dcluster.checker.history.Operation;
import java.util.List;

/** Transactions that contradict what must always hold, and why, for people. */
public record Violation(List<Operation> operations, String reason) {
    public Violation {
        operations = List.copyOf(operations);
    }
}
