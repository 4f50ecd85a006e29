package dcluster.runtime.gateway;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Gathers the replies that become ready in one turn of the loop and sends them when it ends, one write a connection: a
 * write for each reply would be a system call for each. The end of the turn is a task that runs once all sockets that
 * had something to read were read.
 */
final class Turn {
    private static final int SPARE_WRITERS = 256;

    private final Executor endOfTurn;
    private final Deque<RespWriter> spare = new ArrayDeque<>();
    private List<Outlet> unsent = new ArrayList<>();
    private boolean scheduled;

    Turn(Executor endOfTurn) {
        this.endOfTurn = endOfTurn;
    }

    /** A writer for an outlet that has something to say in this turn. */
    RespWriter begin(Outlet outlet) {
        unsent.add(outlet);
        if (!scheduled) {
            scheduled = true;
            endOfTurn.execute(this::end);
        }
        return spare.isEmpty() ? new RespWriter() : spare.pop();
    }

    void giveBack(RespWriter writer) {
        if (spare.size() < SPARE_WRITERS) {
            writer.clear();
            spare.push(writer);
        }
    }

    /** Sends all that is ready. What becomes ready meanwhile has to wait for the next turn, so that this one ends. */
    void flush() {
        var outlets = unsent;
        unsent = new ArrayList<>();
        outlets.forEach(Outlet::flush);
    }

    private void end() {
        scheduled = false;
        flush();
    }
}
