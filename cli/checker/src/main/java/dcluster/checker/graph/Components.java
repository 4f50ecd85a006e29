package dcluster.checker.graph;

import java.util.Arrays;

/** The strongly connected components of a graph that have a cycle, in linear time (Tarjan 1972, without recursion). */
public final class Components {
    /** The component of a node that is on no cycle. */
    public static final int NONE = -1;

    /** More than any index: what has left the stack. */
    private static final int DONE = Integer.MAX_VALUE;

    private final Arcs arcs;
    private final int[] component;
    private final int[] index;
    private final int[] low;
    private final int[] next;
    private final int[] path;
    private final int[] stack;
    private int pathSize;
    private int stackSize;
    private int visited;
    private int found;

    private Components(Arcs arcs) {
        this.arcs = arcs;
        int nodes = arcs.nodes();
        component = new int[nodes];
        Arrays.fill(component, NONE);
        index = new int[nodes];
        low = new int[nodes];
        next = new int[nodes];
        path = new int[nodes];
        stack = new int[nodes];
    }

    public static Components of(Arcs arcs) {
        var components = new Components(arcs);
        for (int node = 0; node < arcs.nodes(); node++) {
            if (components.index[node] == 0) {
                components.visit(node);
            }
        }
        return components;
    }

    public boolean isCyclic() {
        return found > 0;
    }

    /** How many there are, numbered from 0. */
    public int count() {
        return found;
    }

    /** The component of a node, or {@link #NONE} if it is on no cycle. */
    public int of(int node) {
        return component[node];
    }

    private void visit(int root) {
        enter(root);
        while (pathSize > 0) {
            int node = path[pathSize - 1];
            if (next[node] == arcs.end(node)) {
                leave(node);
                continue;
            }
            int head = arcs.head(next[node]++);
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
        next[node] = arcs.first(node);
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
        boolean isAlone = stack[stackSize - 1] == node;
        int member;
        do {
            member = stack[--stackSize];
            low[member] = DONE;
            component[member] = isAlone ? NONE : found;
        } while (member != node);
        found += isAlone ? 0 : 1;
    }
}
