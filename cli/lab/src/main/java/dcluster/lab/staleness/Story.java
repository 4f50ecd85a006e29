package dcluster.lab.staleness;

import dcluster.simulation.Simulation;
import dcluster.spi.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What clients do with one key, each asking another node: two write at the same time while one reads; when both have ended
 * it is read again; after a pause a third client writes or deletes it, while one reads; and when that has ended it is read
 * at a node that wrote first. Keys differ in which nodes those are.
 */
final class Story {
    private final Asking asking;
    private final Simulation<?> simulation;
    private final Promise.Terms terms;
    private final int key;
    private final NodeId first;
    private final NodeId beside;
    private final NodeId last;
    private int writing;
    private boolean isOver;

    Story(Asking asking, Simulation<?> simulation, Promise.Terms terms, int key) {
        this.asking = asking;
        this.simulation = simulation;
        this.terms = terms;
        this.key = key;
        var nodes = simulation.ids();
        this.first = node(nodes, key);
        // Another pair each time that all nodes were first.
        int turn = key / nodes.size() % (nodes.size() - 1);
        this.last = node(nodes, key + 1 + turn);
        this.beside = node(nodes, key + 1 + (turn + 1) % (nodes.size() - 1));
    }

    private static NodeId node(List<NodeId> nodes, int number) {
        return nodes.get(number % nodes.size());
    }

    /** What a key is called. */
    static String name(int key) {
        return "register" + key;
    }

    int key() {
        return key;
    }

    void begin() {
        write(first, "first", this::pause);
        write(beside, "beside", this::pause);
        asking.read(last, name(key), () -> {});
    }

    private void write(NodeId node, @Nullable String value, Runnable then) {
        writing++;
        asking.write(node, name(key), value == null ? null : value + key, then);
    }

    private void pause() {
        if (--writing == 0) {
            asking.read(last, name(key), () -> {});
            simulation.after(terms.pause().toNanos(), this::replace);
        }
    }

    private void replace() {
        write(last, terms.deletes() ? null : "last", this::lookBack);
        asking.read(beside, name(key), () -> {});
    }

    private void lookBack() {
        asking.read(first, name(key), () -> isOver = true);
    }

    boolean isOver() {
        return isOver;
    }
}
