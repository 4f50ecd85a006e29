package dcluster.toolkit;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Condition;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps a {@link Store} within its share of the memory. A write is taken or refused where it is proposed, before it is
 * journalled or in any log: what applies a log must not decide anything. So it counts with everything that was taken
 * and is not applied yet, in the order of its proposal:
 *
 * <pre>
 *                 reserve(command)                       applied()
 *   proposed ----------------------&gt; taken, not applied ----------&gt; in the store
 *             \
 *              `--&gt; refused: memoryBytes() of the store + growth of all taken + its own growth &gt; the limit
 * </pre>
 *
 * <p>The growth of a write is never taken for less than it can be, whatever becomes of the writes before it. It is what
 * the key will hold less the least that it can hold by then: what the store says if nothing that was taken concerns the
 * key, else what is tracked of it. Whatever cannot grow the store is always taken: a read, a deletion, a smaller value
 * in place of a larger one.
 *
 * <p>Sessions count, too. Opening one takes room for it and for a small answer, unless as many are open as may be; so
 * commands with small answers, such as deletions, need no more of it than they do without a session. Those of which the
 * answer may be large, such as transactions, need room for the largest that is remembered. What was applied before
 * is taken, so that a store that is full tells a client that asks again what it answered.
 */
public final class Capacity {
    private record Reservation(Command command, long growth) {}

    /** What is known of a key that taken writes concern: how many of them, and the least bytes that it holds by then. */
    private static final class Tracked {
        private int count;
        private long least;
    }

    private final Store store;
    private final long limitBytes;
    private final ArrayDeque<Reservation> reservations = new ArrayDeque<>();
    // For looking up alone: its order means nothing.
    private final Map<Bytes, Tracked> keys = new HashMap<>();
    private long reservedBytes;

    /** The store must stay this one: it may change by what was reserved, and by nothing else. */
    public Capacity(Store store, long limitBytes) {
        this.store = store;
        this.limitBytes = limitBytes;
    }

    /**
     * Takes a command, unless it could grow the store beyond the limit; returns whether it did. Whatever was taken is
     * applied in the order in which it was.
     */
    public boolean reserve(Command command) {
        long growth = growth(command);
        if (growth > 0 && store.memoryBytes() + reservedBytes + growth > limitBytes) {
            return false;
        }
        take(command, growth);
        return true;
    }

    /** Takes what is in a log already, and will be applied whether there is room or not. */
    public void reserveAnyway(Command command) {
        take(command, growth(command));
    }

    /** The command that was taken first of those that are not applied is applied now. */
    public void applied() {
        var reservation = reservations.remove();
        reservedBytes -= reservation.growth();
        for (var write : writes(reservation.command())) {
            var tracked = keys.get(write.key());
            if (tracked == null) {
                throw new IllegalStateException("a key of what was taken is not tracked: " + write.key());
            }
            tracked.count--;
            if (tracked.count == 0) {
                keys.remove(write.key());
            }
        }
    }

    /** The answer to a command that was not taken. */
    public Response full() {
        return new Response.Failed(
                Reason.OVERLOADED,
                "the store is full (" + store.memoryBytes() + " of " + limitBytes
                        + " bytes): delete keys or raise storage.capacity");
    }

    /** The most bytes by which everything that was taken and is not applied can grow the store. */
    long reservedBytes() {
        return reservedBytes;
    }

    private void take(Command command, long growth) {
        // What a transaction or a session holds may not be applied.
        boolean whole = command instanceof Command.OnKey;
        for (var write : writes(command)) {
            long before = least(write.key());
            var tracked = keys.computeIfAbsent(write.key(), key -> new Tracked());
            tracked.least = leastAfter(write, before, whole);
            tracked.count++;
        }
        reservations.add(new Reservation(command, growth));
        reservedBytes += growth;
    }

    // How a command changes what its keys hold

    /**
     * The most bytes by which a command can grow the store, once all that was taken is applied. It takes nothing by
     * itself.
     */
    public long growth(Command command) {
        if (command instanceof Command.OnKey single) {
            return command.isRead() ? 0 : growth(single, least(single.key()));
        }
        if (command instanceof Command.OpenSession) {
            return store.isFullOfSessions() ? 0 : Sessions.footprint();
        }
        if (command instanceof Command.InSession inner) {
            boolean changesNothing = command.isRead() || store.hasPassed(inner);
            return changesNothing ? 0 : growth(inner.command()) + Session.growth(inner.command());
        }
        // What a transaction's earlier commands make of a key is where its later ones begin.
        var least = new HashMap<Bytes, Long>();
        long sum = 0;
        for (var write : writes(command)) {
            long before = least.computeIfAbsent(write.key(), this::least);
            sum += growth(write, before);
            least.put(write.key(), leastAfter(write, before, true));
        }
        return sum;
    }

    /** The least that a key can hold when everything that was taken is applied. */
    private long least(Bytes key) {
        var tracked = keys.get(key);
        return tracked == null ? store.memoryBytes(key) : tracked.least;
    }

    private static long growth(Command.OnKey write, long least) {
        if (write instanceof Command.Append append) {
            return addition(append.key(), append.elements(), least);
        }
        if (write instanceof Command.Prepend prepend) {
            return addition(prepend.key(), prepend.elements(), least);
        }
        return Math.max(0, holds(write) - least);
    }

    private static long addition(Bytes key, List<Bytes> elements, long least) {
        long sum = least > 0 ? 0 : Footprint.ofMapping(key) + Footprint.LIST_BYTES;
        for (var element : elements) {
            sum += Footprint.ofElement(element);
        }
        return sum;
    }

    /** The most that the key of a write which is no addition to a list holds after it, if it takes effect. */
    private static long holds(Command.OnKey write) {
        if (write instanceof Command.Put put) {
            return text(put.key(), put.value().size());
        }
        if (write instanceof Command.CompareAndSet set) {
            return text(set.key(), set.value().size());
        }
        return write instanceof Command.Increment ? text(write.key(), Decimal.LONGEST) : 0;
    }

    private static long text(Bytes key, int valueBytes) {
        return Footprint.ofMapping(key) + Footprint.TEXT_BYTES + Footprint.ofBytes(valueBytes);
    }

    /** The least that the key of a write can hold after it; {@code certain} if it does not depend on other commands. */
    private static long leastAfter(Command.OnKey write, long before, boolean certain) {
        if (write instanceof Command.Append || write instanceof Command.Prepend) {
            return before;
        }
        if (write instanceof Command.Increment) {
            return Math.min(before, text(write.key(), 1));
        }
        boolean replaces =
                certain && write instanceof Command.Put put && put.condition() == Condition.ALWAYS && !put.previous();
        return replaces ? holds(write) : Math.min(before, holds(write));
    }

    private static List<Command.OnKey> writes(Command command) {
        if (command instanceof Command.OnKey single) {
            return command.isRead() ? List.of() : List.of(single);
        }
        if (command instanceof Command.InSession inner) {
            return writes(inner.command());
        }
        var writes = new ArrayList<Command.OnKey>();
        if (command instanceof Command.Transaction several) {
            several.commands().forEach(part -> writes.addAll(writes(part)));
        }
        return writes;
    }
}
