package dcluster.simulation;

import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.List;

/** Keeps all that a run tells, but of messages only their types and what became of them. */
final class Tape implements Trace {
    /** What became of a message. */
    record Heard(long at, Fate fate, NodeId from, NodeId to, String type) {}

    /** What happened to a node. */
    record Seen(long at, NodeId node, Event event, String what, List<Object> details) {}

    private final List<Heard> messages = new ArrayList<>();
    private final List<NodeId> targets = new ArrayList<>();
    private final List<Seen> nodes = new ArrayList<>();

    @Override
    public void message(long at, Fate fate, Message message) {
        messages.add(new Heard(
                at,
                fate,
                message.link().from(),
                message.link().to(),
                message.content().getClass().getSimpleName()));
    }

    @Override
    public void node(long at, NodeId node, Event event, String what, Object... details) {
        nodes.add(new Seen(at, node, event, what, List.of(details)));
    }

    @Override
    public void told(long at, String what, Object... details) {
        if (what.equals("fault begins")) {
            var named = List.of(details);
            targets.add(new NodeId((String) named.get(named.indexOf("target") + 1)));
        }
    }

    /** Forgets all of it. */
    void clear() {
        messages.clear();
        targets.clear();
        nodes.clear();
    }

    /** The nodes around which faults began, {@code all} if there was none. */
    List<NodeId> targets() {
        return targets;
    }

    List<Heard> messages() {
        return messages;
    }

    /** Of one kind of event. */
    List<Seen> nodes(Event event) {
        return nodes.stream().filter(seen -> seen.event == event).toList();
    }
}
