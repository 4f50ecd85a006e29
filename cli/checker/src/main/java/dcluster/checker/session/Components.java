package dcluster.checker.session;

import java.util.Arrays;

/** The strongly connected components of a graph, in linear time (Tarjan 1972, without recursion). */
final class Components {
    private static final int DONE = Integer.MAX_VALUE;

    /** The edges of node n are heads[first[n]] to heads[first[n + 1] - 1]. */
    private final int[] first;

    private final int[] heads;
    private final int[] component;
    private final int[] index;
    private final int[] low;
    private final int[] next;
    private final int[] path;
    private final int[] stack;
    private int pathSize;
    private int stackSize;
    private int visited;

    private Components(int[] first, int[] heads) {
        this.first = first;
        this.heads = heads;
        int nodes = first.length - 1;
        component = new int[nodes];
        index = new int[nodes];
        low = new int[nodes];
        next = Arrays.copyOf(first, nodes);
        path = new int[nodes];
        stack = new int[nodes];
    }

    /** Of each node a number that it shares with all that it reaches and that reach it: one of these nodes. */
    static int[] of(int[] first, int[] heads) {
        var search = new Components(first, heads);
        for (int node = 0; node < first.length - 1; node++) {
            if (search.index[node] == 0) {
                search.visit(node);
            }
        }
        return search.component;
    }

    private void visit(int root) {
        enter(root);
        while (pathSize > 0) {
            int node = path[pathSize - 1];
            if (next[node] == first[node + 1]) {
                leave(node);
                continue;
            }
            int head = heads[next[node]++];
            if (index[head] == 0) {
                enter(head);
            } else if (low[head] != DONE) {
                low[node] = Math.min(low[node], index[head]);
            }
        }
    }

    private void enter(int node) {
        visited++;
        index[node] = visited;
        low[node] = visited;
        path[pathSize++] = node;
        stack[stackSize++] = node;
    }

    private void leave(int node) {
        pathSize--;
        if (pathSize > 0) {
            int before = path[pathSize - 1];
            low[before] = Math.min(low[before], low[node]);
        }
        if (low[node] != index[node]) {
            return;
        }
        int member;
        do {
            member = stack[--stackSize];
            low[member] = DONE;
            component[member] = node;
        } while (member != node);
    }
}
