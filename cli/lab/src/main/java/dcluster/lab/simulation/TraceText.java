package dcluster.lab.simulation;

import dcluster.simulation.Trace;
import dcluster.spi.NodeId;
import java.util.function.Consumer;

/**
 * Writes a run down for people, a line an event: seconds of virtual time, the node, or {@code -} if it is no one node's,
 * and what happened. What a message says stands where it is sent; it arrives, or gets lost, by its number on its link.
 */
public final class TraceText implements Trace {
    private static final long SECOND = 1_000_000_000L;
    private static final int TIME_WIDTH = 14;
    private static final int NODE_WIDTH = 4;

    private final Consumer<String> lines;

    public TraceText(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void message(long at, Fate fate, Message message) {
        var link = message.link();
        var way = "from " + link.from() + " to " + link.to() + " ";
        var name = Words.kind(message) + " #" + message.number();
        switch (fate) {
            case SENT ->
                write(
                        at,
                        link.from().name(),
                        "sends to " + link.to() + " #" + message.number() + ": " + Words.content(message));
            case DELIVERED -> write(at, link.to().name(), "receives from " + link.from() + " " + name);
            case REPEATED -> write(at, "-", "repeated " + way + name);
            case DELAYED -> write(at, "-", "delayed " + way + name);
            case LOST -> write(at, "-", "lost " + way + name);
            case CUT -> write(at, "-", "cut off " + way + name);
            case UNHEARD -> write(at, "-", "unheard " + way + name);
        }
    }

    @Override
    public void node(long at, NodeId node, Event event, String what, Object... details) {
        write(at, node.name(), Words.sentence(what, details));
    }

    @Override
    public void told(long at, String what, Object... details) {
        write(at, "-", Words.sentence(what, details));
    }

    private void write(long at, String node, String what) {
        lines.accept(" ".repeat(Math.max(0, TIME_WIDTH - time(at).length())) + time(at) + "  " + node
                + " ".repeat(Math.max(0, NODE_WIDTH - node.length())) + " " + what);
    }

    private static String time(long at) {
        var fraction = String.valueOf(SECOND + at % SECOND).substring(1);
        return at / SECOND + "." + fraction;
    }
}
