package dcluster.checker.finding;

import dcluster.checker.history.Operation;
import java.util.List;

/** One thing that was found: the operations that show it, and a sentence for people. */
public record Finding(List<Operation> operations, String reason) {
    public Finding {
        operations = List.copyOf(operations);
    }

    @Override
    public String toString() {
        return reason;
    }
}
