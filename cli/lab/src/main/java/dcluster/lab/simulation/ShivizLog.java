package dcluster.lab.simulation;

import dcluster.simulation.Trace;
import dcluster.spi.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Writes a run down for ShiViz (Beschastnikh and others 2016), which draws who could have known of what. The first line
 * is the expression by which ShiViz takes the rest apart, the second, which is empty, says that all of it is one run.
 * Then each event has two lines:
 *
 * <pre>{@code
 * n2 {"n1":3, "n2":5}
 * receives RequestVote #1 from n1
 * }</pre>
 *
 * <p>The clock counts the events of each node that this one may follow from (Fidge 1988, Mattern 1989), its own last
 * among them. What is no one node's event is the world's.
 */
public final class ShivizLog implements Trace {
    static final String EXPRESSION = "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)";
    private static final String WORLD = "world";

    private record Sent(int link, long number) {}

    private final Consumer<String> lines;
    private final Map<String, SortedMap<String, Long>> clocks = new HashMap<>();
    private final Map<Sent, SortedMap<String, Long>> underWay = new HashMap<>();

    public ShivizLog(Consumer<String> lines) {
        this.lines = lines;
        lines.accept(EXPRESSION);
        lines.accept("");
    }

    @Override
    public void message(long at, Fate fate, Message message) {
        var link = message.link();
        var sent = new Sent(link.number(), message.number());
        var name = Words.kind(message) + " #" + message.number();
        switch (fate) {
            case SENT -> {
                write(link.from().name(), "sends " + name + " to " + link.to() + ": " + Words.content(message));
                underWay.put(sent, new TreeMap<>(clock(link.from().name())));
            }
            case DELIVERED -> {
                // It stays under way: it may arrive again.
                underWay.getOrDefault(sent, new TreeMap<>())
                        .forEach((node, count) -> clock(link.to().name()).merge(node, count, Math::max));
                write(link.to().name(), "receives " + name + " from " + link.from());
            }
            case REPEATED, DELAYED, LOST, CUT, UNHEARD -> {
                // Nobody sees that.
            }
        }
    }

    @Override
    public void node(long at, NodeId node, Event event, String what, Object... details) {
        write(node.name(), Words.sentence(what, details));
    }

    @Override
    public void told(long at, String what, Object... details) {
        write(WORLD, Words.sentence(what, details));
    }

    private void write(String host, String event) {
        var clock = clock(host);
        clock.merge(host, 1L, Long::sum);
        var shown = clock.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
        lines.accept(host + " " + shown);
        lines.accept(event);
    }

    private SortedMap<String, Long> clock(String host) {
        return clocks.computeIfAbsent(host, any -> new TreeMap<>());
    }
}
