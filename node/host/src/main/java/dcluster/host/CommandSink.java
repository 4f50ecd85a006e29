package dcluster.host;

import dcluster.spi.Command;
import dcluster.spi.Response;
import java.util.function.Consumer;

/**
 * Where a gateway brings the commands of its clients, and the admin port the operations of operators: the host of a
 * node, or the router of a
 * coordinator that only routes. On the loop only.
 */
public interface CommandSink {
    /**
     * Takes a command. The answer comes exactly once, on the loop, perhaps before this method returns: at the latest
     * when the request's time is up, as an unknown outcome. It is a value, a failure or an unknown outcome; a redirect
     * comes only where forwarding is switched off, and of an operation, which is never forwarded.
     */
    void submit(Command command, Consumer<Response> whenAnswered);

    /**
     * Whether there is room for more; where not, the gateway stops reading from its clients until {@link #whenRoom}
     * runs.
     */
    boolean hasRoom();

    /** Runs a task once, as soon as there is room again. */
    void whenRoom(Runnable task);

    /**
     * Whether writes of one connection may be in flight together and still take effect in the order of their
     * submission, or end as unknown or failed: none succeeds while an earlier one that is not answered may take effect
     * after it.
     */
    boolean ordersWrites();
}
