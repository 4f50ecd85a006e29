package dcluster.checker.transaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * The order of transactions in real time, and that of each client. A transaction whose outcome is unknown may have
 * happened long after its client gave up, and comes before none.
 */
final class RealTime {
    private final Graph graph;
    private final List<Transaction> committed;

    RealTime(Graph graph, List<Transaction> committed) {
        this.graph = graph;
        this.committed = List.copyOf(committed);
    }

    /** Each transaction after the last of its client that ended. */
    void addProcesses() {
        var last = new HashMap<Long, Transaction>();
        for (var transaction : committed) {
            var before = last.get(transaction.operation().client());
            if (before != null) {
                graph.add(before.number(), transaction.number(), Relation.PROCESS, null);
            }
            if (transaction.isOk()) {
                last.put(transaction.operation().client(), transaction);
            }
        }
    }

    /**
     * A chain of hubs, one for each end: a transaction leads to the hub of its end, each hub to the next, and the last
     * hub before an invocation to the transaction invoked. So there are three edges a transaction at most, and yet each
     * comes before all that it precedes, and before nothing else.
     */
    void addRealTime() {
        var ended = new ArrayList<>(committed);
        ended.removeIf(transaction -> !transaction.isOk());
        ended.sort(
                Comparator.comparingInt(transaction -> transaction.operation().ended()));
        int next = 0;
        int hub = -1;
        for (var transaction : committed) {
            while (next < ended.size()
                    && ended.get(next).operation().ended()
                            < transaction.operation().invoked()) {
                int before = hub;
                hub = graph.hub();
                if (before >= 0) {
                    graph.add(before, hub, Relation.REALTIME, null);
                }
                graph.add(ended.get(next).number(), hub, Relation.REALTIME, null);
                next++;
            }
            if (hub >= 0) {
                graph.add(hub, transaction.number(), Relation.REALTIME, null);
            }
        }
    }
}
