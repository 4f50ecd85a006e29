package dcluster.checker.transaction;

import dcluster.checker.transaction.Deadline.OutOfTime;
import java.util.Arrays;

/** The strongly connected components of a view (Tarjan 1972, without recursion). */
final class Components {
    /** The component of a node that is on no cycle. */
    static final int NONE = -1;

    private static final int LOOK_EVERY = 1 << 16;

    private final View view;
    private final int[] component;
    private final int[] index;
    private final int[] low;
    private final int[] arc;
    private final int[] path;
    private final int[] stack;
    private int pathSize;
    private int stackSize;
    private int visited;
    private int found;

    private Components(View view) {
        this.view = view;
        int nodes = view.nodes();
        component = new int[nodes];
        Arrays.fill(component, NONE);
        index = new int[nodes];
        low = new int[nodes];
        arc = new int[nodes];
        path = new int[nodes];
        stack = new int[nodes];
    }

    static Components of(View view, Deadline deadline) throws OutOfTime {
        var components = new Components(view);
        for (int node = 0; node < view.nodes(); node++) {
            if (components.index[node] == 0) {
                components.visit(node, deadline);
            }
        }
        return components;
    }

    boolean isCyclic() {
        return found > 0;
    }

    /** The component of a node, or {@link #NONE} if it is on no cycle. */
    int of(int node) {
        return component[node];
    }

    private void visit(int root, Deadline deadline) throws OutOfTime {
        enter(root, deadline);
        while (pathSize > 0) {
            int node = path[pathSize - 1];
            if (arc[node] == view.end(node)) {
                leave(node);
                continue;
            }
            int next = view.head(arc[node]++);
            if (index[next] == 0) {
                enter(next, deadline);
            } else if (isOnStack(next)) {
                low[node] = Math.min(low[node], index[next]);
            }
        }
    }

    private void enter(int node, Deadline deadline) throws OutOfTime {
        visited++;
        if (visited % LOOK_EVERY == 0) {
            deadline.require();
        }
        index[node] = visited;
        low[node] = visited;
        arc[node] = view.first(node);
        path[pathSize++] = node;
        stack[stackSize++] = node;
    }

    /** A node that left the stack has a low of more than any index. */
    private boolean isOnStack(int node) {
        return low[node] != Integer.MAX_VALUE;
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
            low[member] = Integer.MAX_VALUE;
            component[member] = isAlone ? NONE : found;
        } while (member != node);
        found += isAlone ? 0 : 1;
    }
}
