package dcluster.host;

import dcluster.spi.Command;
import dcluster.spi.Request;
import dcluster.spi.Response;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests that this node has taken and not answered. All wait equally long at most, so they run out in the order in which
 * they came.
 */
final class RequestTable {
    /** A request and who waits for its answer. A redirect of one that {@code mayForward} is followed. */
    record Open(Request request, Consumer<Response> whenAnswered, boolean mayForward, long deadline) {}

    private final LinkedHashMap<Long, Open> open = new LinkedHashMap<>();
    private long lastId;
    private long bytes;

    Request open(Command command, Consumer<Response> whenAnswered, boolean mayForward, long deadline) {
        var request = new Request(++lastId, command);
        open.put(request.id(), new Open(request, whenAnswered, mayForward, deadline));
        bytes += weight(command);
        return request;
    }

    @Nullable
    Open find(long id) {
        return open.get(id);
    }

    /** Answers a request and forgets it; does nothing if it was answered before. */
    void answer(long id, Response response) {
        var entry = open.remove(id);
        if (entry != null) {
            bytes -= weight(entry.request.command());
            entry.whenAnswered.accept(response);
        }
    }

    /** The request that has waited longest. */
    @Nullable
    Open oldest() {
        return open.isEmpty() ? null : open.values().iterator().next();
    }

    /** The request that has waited longest, if its time is up. */
    @Nullable
    Open overdue(long now) {
        var oldest = oldest();
        return oldest != null && oldest.deadline - now <= 0 ? oldest : null;
    }

    int size() {
        return open.size();
    }

    /** What the open requests weigh, in bytes. */
    long bytes() {
        return bytes;
    }

    /** A small command's share of memory is mostly objects around it. */
    private static long weight(Command command) {
        return 128 + command.bytes();
    }
}
