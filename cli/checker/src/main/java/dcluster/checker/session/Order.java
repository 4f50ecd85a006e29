package dcluster.checker.session;

import dcluster.checker.graph.Arcs;
import dcluster.checker.graph.Components;
import dcluster.checker.history.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which versions may not come later than which. Nodes below the count of versions are versions; the others are hubs: an
 * edge into a hub and on, through hubs, to a version stands for one edge between versions. An order of the versions
 * exists just if no two of them are in one strongly connected component.
 */
final class Order implements Arcs {
    /** Not later than: from a version to another, with the two operations of a session that say so. */
    record Hop(
            int from,
            int to,
            @Nullable Guarantee guarantee,
            @Nullable Operation earlier,
            @Nullable Operation later) {
        /** Whether another one goes on for the same reason where this one ends, and not back to its beginning. */
        boolean leadsTo(Hop next) {
            return guarantee == next.guarantee && later != null && later.equals(next.earlier) && from != next.to;
        }

        Hop then(Hop next) {
            return new Hop(from, next.to, guarantee, earlier, next.later);
        }
    }

    /** From how many versions the shortest circle is looked for. */
    private static final int STARTS = 3;

    private final int versions;
    private final List<Hop> edges = new ArrayList<>();
    private int nodes;
    private int[] first = {};
    private int[] outgoing = {};

    Order(int versions) {
        this.versions = versions;
        nodes = versions;
    }

    int hub() {
        return nodes++;
    }

    void add(Hop edge) {
        if (edge.from != edge.to) {
            edges.add(edge);
        }
    }

    /** Two versions or more each of which may not come later than the next, in a circle; empty if there is an order. */
    List<Hop> contradiction() {
        sortEdges();
        var components = Components.of(this);
        var sizes = new int[components.count()];
        for (int version = 0; version < versions; version++) {
            if (components.of(version) != Components.NONE) {
                sizes[components.of(version)]++;
            }
        }
        List<Hop> shortest = List.of();
        int left = STARTS;
        for (int version = 0; version < versions && left > 0; version++) {
            if (components.of(version) != Components.NONE && sizes[components.of(version)] > 1) {
                left--;
                var circle = circle(version, components);
                shortest = shortest.isEmpty() || circle.size() < shortest.size() ? circle : shortest;
            }
        }
        return shortest;
    }

    private void sortEdges() {
        first = new int[nodes + 1];
        edges.forEach(edge -> first[edge.from + 1]++);
        for (int node = 0; node < nodes; node++) {
            first[node + 1] += first[node];
        }
        var place = first.clone();
        outgoing = new int[edges.size()];
        for (int edge = 0; edge < edges.size(); edge++) {
            outgoing[place[edges.get(edge).from]++] = edge;
        }
    }

    @Override
    public int nodes() {
        return nodes;
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
        return edges.get(outgoing[arc]).to;
    }

    /** From a version to the nearest other one that leads back, and back. */
    private List<Hop> circle(int start, Components components) {
        var there = paths(start, components);
        List<Hop> best = List.of();
        int left = STARTS;
        for (int other = 0; other < versions && left > 0; other++) {
            if (other != start && components.of(other) == components.of(start)) {
                left--;
                var hops = new ArrayList<>(hops(start, other, there));
                hops.addAll(hops(other, start, paths(other, components)));
                best = best.isEmpty() || hops.size() < best.size() ? hops : best;
            }
        }
        return best;
    }

    /** The last edge of a shortest path to each node of the component. */
    private int[] paths(int start, Components components) {
        var last = new int[nodes];
        Arrays.fill(last, -1);
        var queue = new ArrayDeque<Integer>(List.of(start));
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (int i = first[node]; i < first[node + 1]; i++) {
                int to = head(i);
                if (to != start && last[to] < 0 && components.of(to) == components.of(start)) {
                    last[to] = outgoing[i];
                    queue.add(to);
                }
            }
        }
        return last;
    }

    /** A path with its hubs left out. */
    private List<Hop> hops(int start, int end, int[] last) {
        var hops = new ArrayList<Hop>();
        Hop onward = null;
        int node = end;
        while (node != start) {
            var edge = edges.get(last[node]);
            onward = onward == null ? edge : edge.then(onward);
            node = edge.from;
            if (node < versions) {
                hops.add(onward);
                onward = null;
            }
        }
        Collections.reverse(hops);
        return hops;
    }
}
