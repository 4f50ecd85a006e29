package dcluster.checker.transaction;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which transaction comes before which, and why. Nodes below {@link #transactions()} are transactions; the others are
 * hubs: an edge into a hub, and on through hubs to a transaction, stands for one edge between the two transactions.
 * "All of these come before all of those" takes so many edges as there are transactions, not their product. All edges
 * of a hub are of one relation.
 */
final class Graph {
    private final int transactions;
    private int nodes;
    private int edges;
    private int[] from = new int[1024];
    private int[] to = new int[1024];
    private Relation[] relations = new Relation[1024];
    private @Nullable Reason[] reasons = new @Nullable Reason[1024];

    Graph(int transactions) {
        this.transactions = transactions;
        nodes = transactions;
    }

    int transactions() {
        return transactions;
    }

    int nodes() {
        return nodes;
    }

    int edges() {
        return edges;
    }

    boolean isHub(int node) {
        return node >= transactions;
    }

    int from(int edge) {
        return from[edge];
    }

    int to(int edge) {
        return to[edge];
    }

    Relation relation(int edge) {
        return relations[edge];
    }

    @Nullable
    Reason reason(int edge) {
        return reasons[edge];
    }

    /** A new node that is no transaction. */
    int hub() {
        return nodes++;
    }

    /** An edge; none from a transaction to itself. */
    void add(int source, int target, Relation relation, @Nullable Reason reason) {
        if (source == target) {
            return;
        }
        if (edges == from.length) {
            grow();
        }
        from[edges] = source;
        to[edges] = target;
        relations[edges] = relation;
        reasons[edges] = reason;
        edges++;
    }

    private void grow() {
        int capacity = edges * 2;
        from = Arrays.copyOf(from, capacity);
        to = Arrays.copyOf(to, capacity);
        relations = Arrays.copyOf(relations, capacity);
        reasons = Arrays.copyOf(reasons, capacity);
    }

    /** An edge from each source to each target but itself. */
    void connect(Relation relation, String key, List<Version> sources, List<Version> targets) {
        long direct = (long) sources.size() * targets.size();
        if (direct <= 4L * (sources.size() + targets.size())) {
            for (var source : sources) {
                for (var target : targets) {
                    var reason = new Reason(key, source.value(), target.value());
                    add(source.transaction(), target.transaction(), relation, reason);
                }
            }
            return;
        }
        connectByHubs(relation, key, sources, targets);
    }

    /**
     * Two chains of hubs: the i-th of one leads to the targets up to i, the i-th of the other to those from i on. So a
     * source that is a target too reaches all but itself.
     */
    private void connectByHubs(Relation relation, String key, List<Version> sources, List<Version> all) {
        var seen = new HashSet<Integer>();
        var targets =
                all.stream().filter(target -> seen.add(target.transaction())).toList();
        int count = targets.size();
        int upTo = nodes;
        int fromOn = nodes + count;
        nodes += 2 * count;
        var places = new HashMap<Integer, Integer>();
        for (int i = 0; i < count; i++) {
            int target = targets.get(i).transaction();
            places.put(target, i);
            var reason = new Reason(key, null, targets.get(i).value());
            add(upTo + i, target, relation, reason);
            add(fromOn + i, target, relation, reason);
            if (i > 0) {
                add(upTo + i, upTo + i - 1, relation, null);
                add(fromOn + i - 1, fromOn + i, relation, null);
            }
        }
        for (var source : sources) {
            int place = Objects.requireNonNullElse(places.get(source.transaction()), count);
            var reason = new Reason(key, source.value(), null);
            if (place > 0) {
                add(source.transaction(), upTo + place - 1, relation, reason);
            }
            if (place + 1 < count) {
                add(source.transaction(), fromOn + place + 1, relation, reason);
            }
        }
    }
}
