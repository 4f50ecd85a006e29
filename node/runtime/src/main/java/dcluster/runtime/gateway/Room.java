package dcluster.runtime.gateway;

import dcluster.host.CommandSink;
import java.util.ArrayDeque;
import java.util.Queue;

/** Where connections wait, first come first served, until the node has room for more requests. */
final class Room {
    private final CommandSink sink;
    private final Queue<Connection> waiting = new ArrayDeque<>();
    private boolean asked;

    Room(CommandSink sink) {
        this.sink = sink;
    }

    boolean isThere() {
        return sink.hasRoom();
    }

    /** Lets a connection that does not wait yet proceed once there is room. */
    void await(Connection connection) {
        waiting.add(connection);
        ask();
    }

    private void ask() {
        if (!asked) {
            asked = true;
            sink.whenRoom(this::serve);
        }
    }

    private void serve() {
        asked = false;
        while (!waiting.isEmpty() && sink.hasRoom()) {
            waiting.remove().roomIsThere();
        }
        if (!waiting.isEmpty()) {
            ask();
        }
    }
}
