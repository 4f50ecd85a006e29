package dcluster.checker.transaction;

import dcluster.checker.graph.Arcs;
import java.util.Set;

/**
 * The edges of some relations, laid out for walking. A split view has two nodes for a transaction, its snapshot and its
 * commit, the first before the second: who reads or overwrites something has its snapshot after the commit that it
 * depends on, and who does not see a write has its snapshot before that commit. So the cycles of a split view are those
 * without two anti-dependencies one after the other (Cerone and Gotsman 2018).
 */
final class View implements Arcs {
    /** In place of an edge: from the snapshot of a transaction to its commit. */
    static final int COMMIT = -1;

    private final Graph graph;
    private final boolean isSplit;
    private final int[] first;
    private final int[] targets;
    private final int[] edges;

    private View(Graph graph, Set<Relation> relations, boolean isSplit) {
        this.graph = graph;
        this.isSplit = isSplit;
        int nodes = graph.nodes() * (isSplit ? 2 : 1);
        first = new int[nodes + 1];
        for (int edge = 0; edge < graph.edges(); edge++) {
            if (relations.contains(graph.relation(edge))) {
                first[source(edge) + 1]++;
            }
        }
        for (int i = 0; isSplit && i < graph.transactions(); i++) {
            first[i + 1]++;
        }
        for (int node = 0; node < nodes; node++) {
            first[node + 1] += first[node];
        }
        targets = new int[first[nodes]];
        edges = new int[first[nodes]];
        fill(relations, first.clone());
    }

    private void fill(Set<Relation> relations, int[] next) {
        for (int edge = 0; edge < graph.edges(); edge++) {
            if (relations.contains(graph.relation(edge))) {
                int at = next[source(edge)]++;
                targets[at] = target(edge);
                edges[at] = edge;
            }
        }
        for (int i = 0; isSplit && i < graph.transactions(); i++) {
            int at = next[i]++;
            targets[at] = i + graph.nodes();
            edges[at] = COMMIT;
        }
    }

    static View plain(Graph graph, Set<Relation> relations) {
        return new View(graph, relations, false);
    }

    static View split(Graph graph, Set<Relation> relations) {
        return new View(graph, relations, true);
    }

    private int source(int edge) {
        int from = graph.from(edge);
        boolean isCommit =
                isSplit && !graph.isHub(from) && !graph.relation(edge).isAntiDependency();
        return isCommit ? from + graph.nodes() : from;
    }

    private int target(int edge) {
        int to = graph.to(edge);
        boolean isCommit = isSplit && !graph.isHub(to) && graph.relation(edge).isAntiDependency();
        return isCommit ? to + graph.nodes() : to;
    }

    Graph graph() {
        return graph;
    }

    @Override
    public int nodes() {
        return first.length - 1;
    }

    @Override
    public int first(int node) {
        return first[node];
    }

    @Override
    public int end(int node) {
        return first[node + 1];
    }

    @Override
    public int head(int arc) {
        return targets[arc];
    }

    /** The edge of the graph that an arc stands for, or {@link #COMMIT}. */
    int edge(int arc) {
        return edges[arc];
    }

    /** Whether an arc leaves a transaction for another; what follows on hubs belongs to the same step. */
    boolean isStep(int arc) {
        return edges[arc] != COMMIT && !graph.isHub(graph.from(edges[arc]));
    }
}
