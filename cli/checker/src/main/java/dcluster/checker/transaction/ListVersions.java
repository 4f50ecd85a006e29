package dcluster.checker.transaction;

import dcluster.checker.transaction.Deadline.OutOfTime;
import dcluster.checker.transaction.ListReads.Seen;
import dcluster.checker.transaction.Writers.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the order of the elements in lists says of the order of transactions. */
final class ListVersions {
    private final Writers writers;
    private final Graph graph;
    private final Findings findings;

    ListVersions(Writers writers, Graph graph, Findings findings) {
        this.writers = writers;
        this.graph = graph;
        this.findings = findings;
    }

    void infer(List<Transaction> transactions, Deadline deadline) throws OutOfTime {
        var reads = new ListReads(findings);
        for (var transaction : transactions) {
            deadline.requireSometimes(transaction.number());
            reads.take(transaction);
        }
        var orders = new ArrayList<ListOrder>();
        for (var key : writers.keys()) {
            reads.byKey().putIfAbsent(key, List.of());
        }
        for (var key : reads.byKey().entrySet()) {
            deadline.require();
            var order = new ListOrder(key.getKey(), writers, findings);
            order.take(key.getValue());
            orders.add(order);
        }
        // Only now is it known who committed.
        for (var order : orders) {
            deadline.require();
            relate(order);
        }
    }

    private void relate(ListOrder order) {
        var read = order.read();
        var unread = order.unread();
        requireProgramOrder(order.key(), read);
        for (int i = 1; i < read.size(); i++) {
            add(order.key(), Relation.WW, read.get(i - 1).version(), read.get(i).version());
        }
        var after = unread.stream().map(Write::version).toList();
        if (!read.isEmpty()) {
            graph.connect(Relation.WW, order.key(), List.of(last(read).version()), after);
        }
        relateReads(order, read, after);
    }

    private void add(String key, Relation relation, Version before, Version after) {
        graph.add(before.transaction(), after.transaction(), relation, new Reason(key, before.value(), after.value()));
    }

    private static Write last(List<Write> writes) {
        return writes.get(writes.size() - 1);
    }

    /** What one transaction appends to a key stands there in its order. */
    private void requireProgramOrder(String key, List<Write> read) {
        var next = new HashMap<Transaction, Integer>();
        for (var write : read) {
            int expected = next.merge(write.by(), 1, Integer::sum) - 1;
            if (write.place() != expected) {
                var reason = write.by().name() + " appended " + write.value() + " to " + key
                        + " after others of its own, which do not stand before it in what was read";
                findings.add(Phenomenon.INCOMPATIBLE_ORDER, () -> reason, write.by());
            }
        }
    }

    private void relateReads(ListOrder order, List<Write> read, List<Version> unread) {
        int[] known = counts(order, read);
        var atEnd = new ArrayList<Version>();
        var updates = new HashMap<Integer, Seen>();
        for (var seen : order.fitting()) {
            int count = known[seen.elements().size()];
            var saw = new Version(
                    seen.by().number(), count == 0 ? null : read.get(count - 1).value());
            if (count > 0) {
                add(order.key(), Relation.WR, read.get(count - 1).version(), saw);
            }
            if (count < read.size()) {
                add(order.key(), Relation.RW, saw, read.get(count).version());
            } else {
                atEnd.add(saw);
            }
            if (seen.isWriter()) {
                requireOnlyUpdate(order.key(), updates, count, seen);
            }
        }
        graph.connect(Relation.RW, order.key(), atEnd, unread);
    }

    /** How many of the first elements of the order were appended by transactions that happened. */
    private static int[] counts(ListOrder order, List<Write> read) {
        int[] counts = new int[order.elements().size() + 1];
        for (int i = 0; i < order.elements().size(); i++) {
            int count = counts[i];
            boolean isKnown = count < read.size()
                    && read.get(count).value().equals(order.elements().get(i));
            counts[i + 1] = isKnown ? count + 1 : count;
        }
        return counts;
    }

    private void requireOnlyUpdate(String key, Map<Integer, Seen> updates, int version, Seen seen) {
        var other = updates.putIfAbsent(version, seen);
        if (other == null || other.by().equals(seen.by())) {
            return;
        }
        findings.add(
                Phenomenon.LOST_UPDATE,
                () -> other.by().name() + " and " + seen.by().name() + " read " + key + " as " + seen.elements()
                        + ", and both appended to it",
                other.by(),
                seen.by());
    }
}
