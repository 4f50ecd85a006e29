package dcluster.host;

import dcluster.spi.Command;
import dcluster.spi.Request;
import dcluster.spi.Response;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests that this node has taken and not answered. Ids count up and all requests wait equally long at most, so
 * they lie in a ring in the order in which they came and run out; it grows with the span from the oldest open one to
 * the newest.
 */
final class RequestTable {
    /** A request and who waits for its answer. A redirect of one that {@code mayForward} is followed. */
    record Open(Request request, Consumer<Response> whenAnswered, boolean mayForward, long deadline) {}

    private final Points points;
    private @Nullable Open[] ring = new Open[256];
    private long firstId = 1;
    private long nextId = 1;
    private int size;
    private long bytes;

    /** Of a host with these points. */
    RequestTable(Points points) {
        this.points = points;
    }

    Request open(Command command, Consumer<Response> whenAnswered, boolean mayForward, long deadline) {
        if (nextId - firstId == ring.length) {
            grow();
        }
        var request = new Request(nextId++, command);
        ring[slot(request.id())] = new Open(request, whenAnswered, mayForward, deadline);
        size++;
        bytes += weight(command);
        return request;
    }

    private void grow() {
        var larger = new Open[ring.length * 2];
        for (long id = firstId; id < nextId; id++) {
            larger[(int) (id & (larger.length - 1))] = ring[slot(id)];
        }
        ring = larger;
    }

    private int slot(long id) {
        return (int) (id & (ring.length - 1));
    }

    @Nullable
    Open find(long id) {
        return id < firstId || id >= nextId ? null : ring[slot(id)];
    }

    /** Answers a request and forgets it; does nothing if it was answered before. */
    void answer(long id, Response response) {
        var open = find(id);
        if (open == null) {
            return;
        }
        if (!(open.request.command() instanceof Command.Operation)) {
            points.passAnswer();
        }
        ring[slot(id)] = null;
        size--;
        bytes -= weight(open.request.command());
        while (firstId < nextId && ring[slot(firstId)] == null) {
            firstId++;
        }
        open.whenAnswered.accept(response);
    }

    /** The request that has waited longest. */
    @Nullable
    Open oldest() {
        return find(firstId);
    }

    /** The request that has waited longest, if its time is up. */
    @Nullable
    Open overdue(long now) {
        var oldest = oldest();
        return oldest != null && oldest.deadline - now <= 0 ? oldest : null;
    }

    int size() {
        return size;
    }

    /** What the open requests weigh, in bytes. */
    long bytes() {
        return bytes;
    }

    /** A small command's share of memory is mostly the objects around it. */
    private static long weight(Command command) {
        return 128 + command.bytes();
    }
}
