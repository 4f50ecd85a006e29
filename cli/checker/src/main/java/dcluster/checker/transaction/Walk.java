package dcluster.checker.transaction;

import dcluster.checker.graph.Components;
import dcluster.checker.transaction.Cycle.Hop;
import dcluster.checker.transaction.CycleSearch.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks breadth first from a transaction back to itself. A step is from one transaction to another, through hubs. */
final class Walk {
    private static final int NOWHERE = -1;

    private final View view;
    private final Components components;
    private final Pattern pattern;

    // Of each node that was reached: after how many steps, by which arc, from which node
    private final int[] distance;
    private final int[] arrival;
    private final int[] origin;
    private final IntStack touched = new IntStack();

    // Nodes after as many steps as now, and after one more
    private IntStack level = new IntStack();
    private IntStack next = new IntStack();

    private int start;
    private int length;
    private int lastNode;
    private int lastArc;
    private long work;

    Walk(View view, Components components, Pattern pattern) {
        this.view = view;
        this.components = components;
        this.pattern = pattern;
        distance = new int[view.nodes()];
        Arrays.fill(distance, Integer.MAX_VALUE);
        arrival = new int[view.nodes()];
        origin = new int[view.nodes()];
    }

    /** How many arcs were looked at since this was made. */
    long work() {
        return work;
    }

    /** A shortest cycle through a transaction that is shorter than a limit; null if there is none. */
    @Nullable
    Cycle cycle(int from, int limit) {
        start = from;
        length = limit;
        lastNode = NOWHERE;
        reach(start, 0, NOWHERE, start);
        for (int steps = 0; !level.isEmpty() && steps < length; steps++) {
            while (!level.isEmpty()) {
                int node = level.pop();
                // What was reached sooner in the meantime is done already.
                if (distance[node] == steps) {
                    leave(node);
                }
            }
            var empty = level;
            level = next;
            next = empty;
        }
        var cycle = lastNode == NOWHERE ? null : new Cycle(hops(arcs()), true);
        clear();
        return cycle;
    }

    private void clear() {
        level.clear();
        next.clear();
        while (!touched.isEmpty()) {
            distance[touched.pop()] = Integer.MAX_VALUE;
        }
    }

    private void leave(int node) {
        for (int arc = view.first(node); arc < view.end(node); arc++) {
            work++;
            int steps = distance[node] + (view.isStep(arc) ? 1 : 0);
            if (view.head(arc) == start) {
                close(node, arc, steps);
            } else if (mayLeave(node, arc) && components.of(view.head(arc)) == components.of(start)) {
                reach(view.head(arc), steps, arc, node);
            }
        }
    }

    private boolean mayLeave(int node, int arc) {
        if (node == start) {
            return view.edge(arc) != View.COMMIT && pattern.first().contains(relation(arc));
        }
        // Who came to a hub was allowed to take its relation.
        return !view.isStep(arc) || pattern.middle().contains(relation(arc));
    }

    private Relation relation(int arc) {
        return view.graph().relation(view.edge(arc));
    }

    private void reach(int node, int steps, int arc, int from) {
        if (steps >= distance[node]) {
            return;
        }
        distance[node] = steps;
        arrival[node] = arc;
        origin[node] = from;
        touched.push(node);
        (steps == distance[from] ? level : next).push(node);
    }

    private void close(int node, int arc, int steps) {
        if (steps < length && pattern.last().contains(relation(arc))) {
            length = steps;
            lastNode = node;
            lastArc = arc;
        }
    }

    private List<Integer> arcs() {
        var arcs = new ArrayList<Integer>();
        arcs.add(lastArc);
        for (int node = lastNode; node != start; node = origin[node]) {
            arcs.add(arrival[node]);
        }
        Collections.reverse(arcs);
        return arcs;
    }

    private List<Hop> hops(List<Integer> arcs) {
        var graph = view.graph();
        var edges = arcs.stream()
                .map(view::edge)
                .filter(edge -> edge != View.COMMIT)
                .toList();
        var hops = new ArrayList<Hop>();
        int first = 0;
        for (int i = 0; i < edges.size(); i++) {
            if (!graph.isHub(graph.to(edges.get(i)))) {
                hops.add(hop(graph, edges.get(first), edges.get(i)));
                first = i + 1;
            }
        }
        return hops;
    }

    /** From the edge that leaves a transaction to the one that enters the next, which may be the same edge. */
    private static Hop hop(Graph graph, int leaving, int entering) {
        var source = graph.reason(leaving);
        var target = graph.reason(entering);
        return new Hop(
                graph.from(leaving),
                graph.to(entering),
                graph.relation(leaving),
                source == null ? null : source.key(),
                source == null ? null : source.before(),
                target == null ? null : target.after());
    }
}
