package dcluster.checker.history;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that a file says.
 *
 * @param operations in the order of their invocations
 * @param notes in the order of the file
 * @param isCut whether the last line was written only in part, as by a recorder that was killed; it is left out
 */
public record History(List<Operation> operations, List<Event> notes, boolean isCut) {
    public History {
        operations = List.copyOf(operations);
        notes = List.copyOf(notes);
    }

    /** The operations by key, in order of the keys; those without a key stand under "". */
    public Map<String, List<Operation>> byKey() {
        return operations.stream()
                .collect(Collectors.groupingBy(
                        operation -> operation.key() == null ? "" : operation.key(),
                        TreeMap::new,
                        Collectors.toList()));
    }

    /** How many operations ended so. */
    public long count(Operation.Outcome outcome) {
        return operations.stream()
                .filter(operation -> operation.outcome() == outcome)
                .count();
    }

    /** How many clients there were; a client whose operation is indeterminate goes on under a new number. */
    public long clients() {
        return operations.stream().mapToLong(Operation::client).distinct().count();
    }
}
