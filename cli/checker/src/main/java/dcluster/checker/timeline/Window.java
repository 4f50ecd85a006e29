package dcluster.checker.timeline;

import dcluster.checker.history.Event;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.verdict.Finding;
import dcluster.checker.verdict.Texts;
import dcluster.checker.verdict.Witness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a history that is drawn.
 *
 * @param operations in the order of their invocations
 * @param leftOut what is not drawn, for people; empty if all is
 */
record Window(List<Operation> operations, List<Event> notes, String leftOut) {
    /** More than that, and a browser becomes slow, and nobody looks at all of them. */
    static final int MOST_OPERATIONS = 800;

    static final int MOST_NOTES = 400;

    /** What happened around a finding on the same key: its witnesses, and the operations that are next to them. */
    static Window around(Finding finding, History history) {
        var witnesses = finding.witnesses().stream()
                .map(Witness::operation)
                .limit(MOST_OPERATIONS)
                .toList();
        var key = history.operations().stream()
                .filter(operation -> finding.isOn(operation.key()))
                .toList();
        var near = new ArrayList<>(key);
        if (key.size() > MOST_OPERATIONS) {
            near.sort(Comparator.comparingLong(operation -> distance(operation, witnesses)));
        }
        return of(near, history, finding.key());
    }

    /** The beginning of a history. */
    static Window beginning(History history) {
        return of(history.operations(), history, null);
    }

    private static Window of(List<Operation> nearestFirst, History history, @Nullable String key) {
        var drawn = nearestFirst.stream()
                .limit(MOST_OPERATIONS)
                .sorted(Comparator.comparingInt(Operation::invoked))
                .toList();
        var notes = notes(history, drawn);
        var leftOut = new ArrayList<String>();
        if (nearestFirst.size() > drawn.size()) {
            leftOut.add(Texts.count(nearestFirst.size() - drawn.size(), "operation") + " farther away");
        }
        if (key != null && history.operations().size() > nearestFirst.size()) {
            leftOut.add(Texts.count(history.operations().size() - nearestFirst.size(), "operation") + " on other keys");
        }
        if (history.notes().size() > notes.size()) {
            leftOut.add(Texts.count(history.notes().size() - notes.size(), "note"));
        }
        return new Window(drawn, notes, String.join(", ", leftOut));
    }

    /** How many lines lie between an operation and the nearest of some; those themselves are nearest of all. */
    private static long distance(Operation operation, List<Operation> witnesses) {
        long nearest = Long.MAX_VALUE;
        for (var witness : witnesses) {
            if (witness.invoked() == operation.invoked()) {
                return -1;
            }
            long after = (long) operation.invoked() - end(witness);
            long before = (long) witness.invoked() - end(operation);
            nearest = Math.min(nearest, Math.max(0, Math.max(after, before)));
        }
        return nearest;
    }

    /** What may take effect for ever is near to what happened when it was invoked. */
    private static int end(Operation operation) {
        return operation.ended() == Operation.NEVER ? operation.invoked() : operation.ended();
    }

    /** Notes between the first and the last line that are drawn, and the last ones before, which tell what was so. */
    private static List<Event> notes(History history, List<Operation> drawn) {
        int last = drawn.stream().mapToInt(Window::end).max().orElse(Integer.MAX_VALUE);
        var notes = history.notes().stream().filter(note -> note.line() <= last).toList();
        return notes.subList(Math.max(0, notes.size() - MOST_NOTES), notes.size());
    }

    /** The lines of the operations that are drawn. */
    HashSet<Integer> lines() {
        var lines = new HashSet<Integer>();
        operations.forEach(operation -> lines.add(operation.invoked()));
        return lines;
    }
}
