package dcluster.simulation;

import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults of a run, and what shows that they happened: a fault that left no trace did not happen. */
public final class Ledger {
    /**
     * A fault that has begun, and ended perhaps.
     *
     * @param target the node that it struck; null if all
     * @param at when it began, nanoseconds of virtual time
     * @param evidence how often it was felt: messages lost, syncs delayed, processes ended, by its kind
     */
    public record Entry(Fault fault, @Nullable NodeId target, long at, long evidence) {
        /** Whether it was felt at all. */
        public boolean isConfirmed() {
            return evidence > 0;
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    void add(Entry entry) {
        entries.add(entry);
    }

    /** All faults: those that ended, in the order of their ends, then those in force. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How many were felt. */
    public long confirmed() {
        return entries.stream().filter(Entry::isConfirmed).count();
    }
}
