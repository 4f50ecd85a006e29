package dcluster.runtime.admin;

import dcluster.host.Clocks;
import dcluster.host.NoteListener;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest notes of a node. Written on the node's loop and read on the admin's: all methods are safe from any thread,
 * and hold their lock for moments only.
 *
 * <p>Each note has a number, from 0. A reader keeps the number that it wants next; if the ring has dropped it
 * meanwhile, the reader knows that it is too slow.
 */
public final class NodeEvents implements NoteListener {
    /** How many notes are kept. */
    public static final int KEPT = 256;

    private static final int MOST_DETAILS = 32;

    private final Clocks clocks;
    private final ArrayDeque<Event> ring = new ArrayDeque<>(KEPT);
    private long next;
    private Runnable whenNoted = () -> {};

    /** A note: the wall clock's nanoseconds since 1970 when it was made, its name, and details fit for JSON. */
    record Event(long wallNanos, String name, Map<String, Object> details) {
        JsonObject toJson() {
            return new JsonObject()
                    .put("time", Instant.ofEpochSecond(0, wallNanos).toString())
                    .put("event", name)
                    .put("details", new JsonObject(details));
        }
    }

    public NodeEvents(Clocks clocks) {
        this.clocks = clocks;
    }

    /**
     * Keeps a note, stamped with the wall clock. Details are name and value by turns; long texts and long lists are
     * cut.
     */
    @Override
    public void noted(String event, Object... details) {
        var named = new LinkedHashMap<String, Object>();
        for (int i = 0; i + 1 < details.length && named.size() < MOST_DETAILS; i += 2) {
            named.put(String.valueOf(details[i]), JsonValues.of(details[i + 1]));
        }
        add(new Event(clocks.wallNanos(), event, named)).run();
    }

    private synchronized Runnable add(Event event) {
        if (ring.size() == KEPT) {
            ring.removeFirst();
        }
        ring.addLast(event);
        next++;
        return whenNoted;
    }

    /** Sets what runs after each note, on the thread that made it; it must not block. */
    synchronized void whenNoted(Runnable task) {
        whenNoted = task;
    }

    /** The kept notes from a number on, in order, and which number the first of them has. */
    synchronized Batch from(long number) {
        long oldest = next - ring.size();
        var kept = List.copyOf(ring);
        int skipped = (int) Math.min(kept.size(), Math.max(0, number - oldest));
        return new Batch(oldest + skipped, kept.subList(skipped, kept.size()));
    }

    record Batch(long first, List<Event> events) {}
}
