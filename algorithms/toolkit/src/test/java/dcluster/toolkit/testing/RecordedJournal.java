package dcluster.toolkit.testing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A journal in memory, of which the first {@link #durableCount} records survive a crash. */
final class RecordedJournal<R> {
    private record Rewriting<R>(int replaced, Iterator<R> state) {}

    private static final long BYTES_A_RECORD = 100;

    private final List<R> records = new ArrayList<>();
    private int durableCount;
    private boolean wiped;
    private @Nullable Rewriting<R> rewriting;
    private ToLongFunction<R> recordBytes = record -> BYTES_A_RECORD;

    void add(R record) {
        records.add(record);
    }

    List<R> records() {
        return List.copyOf(records);
    }

    int size() {
        return records.size();
    }

    int durableCount() {
        return durableCount;
    }

    void durable(int count) {
        durableCount = Math.max(durableCount, Math.min(count, records.size()));
    }

    /** Loses what is not durable, but for the first {@code survivors} of it, and a rewriting under way. */
    void crash(int survivors) {
        durableCount = Math.min(records.size(), durableCount + survivors);
        records.subList(durableCount, records.size()).clear();
        rewriting = null;
    }

    /** Loses everything. */
    void wipe() {
        durableCount = 0;
        crash(0);
        wiped = true;
    }

    boolean isWiped() {
        return wiped;
    }

    boolean rewrite(Iterator<R> state) {
        if (rewriting != null) {
            return false;
        }
        rewriting = new Rewriting<>(records.size(), state);
        return true;
    }

    void abandonRewriting() {
        rewriting = null;
    }

    boolean rewriting() {
        return rewriting != null;
    }

    /**
     * Completes a rewriting whose records are all durable, and returns by how many records the later ones moved. It
     * pulls the state as late as the contract allows, so that a view which is not immutable is found out.
     */
    int completeRewriting() {
        if (rewriting == null || durableCount < rewriting.replaced()) {
            return 0;
        }
        var state = new ArrayList<R>();
        rewriting.state().forEachRemaining(state::add);
        int moved = state.size() - rewriting.replaced();
        records.subList(0, rewriting.replaced()).clear();
        records.addAll(0, state);
        durableCount += moved;
        rewriting = null;
        return moved;
    }

    void weigh(ToLongFunction<R> bytes) {
        recordBytes = bytes;
    }

    long bytes() {
        return records.stream().mapToLong(recordBytes).sum();
    }
}
