package dcluster.checker.session;

import dcluster.checker.finding.Finding;
import dcluster.checker.history.Operation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Guarantees of which at least one is violated on a key, while any fewer of them could hold there. If it is only one,
 * that one is.
 *
 * @param operations those that show it, in the order in which the reason names them
 * @param reason which versions each come before the next, in a circle, and why
 */
public record Conflict(String key, Set<Guarantee> guarantees, List<Operation> operations, String reason) {
    public Conflict {
        guarantees = Set.copyOf(guarantees);
        operations = List.copyOf(operations);
    }

    /** The same in one sentence. */
    public Finding finding() {
        return new Finding(operations, toString());
    }

    @Override
    public String toString() {
        var names = new TreeSet<>(guarantees).stream().map(Guarantee::word).collect(Collectors.joining(" and "));
        return names + (guarantees.size() == 1 ? " does not hold: " : " do not hold together: ") + reason;
    }
}
