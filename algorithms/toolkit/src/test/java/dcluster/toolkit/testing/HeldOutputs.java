package dcluster.toolkit.testing;

import java.util.ArrayList;
import java.util.List;

/** Outputs that wait until so many records are durable, in their order. */
final class HeldOutputs {
    private record Held(int records, Runnable release) {}

    private final List<Held> held = new ArrayList<>();

    /** So many records were there before the event at hand, or have an output of it waiting for them. */
    private int unforcedFrom;

    private long forcedWrites;

    /** An event begins; so many records are there. */
    void newEvent(int records) {
        unforcedFrom = records;
    }

    void add(int records, Runnable release) {
        forcedWrites += records - unforcedFrom;
        unforcedFrom = records;
        held.add(new Held(records, release));
    }

    /** Lets out what waits for no more than these. */
    void release(int durableCount) {
        while (!held.isEmpty() && held.get(0).records() <= durableCount) {
            held.remove(0).release().run();
        }
    }

    /** The records that they wait for have moved by so many places. */
    void move(int places) {
        unforcedFrom += places;
        held.replaceAll(one -> new Held(one.records() + places, one.release()));
    }

    /** How many records there were for which an output of the same event had to wait. */
    long forcedWrites() {
        return forcedWrites;
    }

    int size() {
        return held.size();
    }

    void clear() {
        held.clear();
    }
}
