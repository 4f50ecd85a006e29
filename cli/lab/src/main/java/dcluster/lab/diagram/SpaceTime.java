package dcluster.lab.diagram;

import dcluster.simulation.Trace;
import dcluster.spi.NodeId;
import dcluster.spi.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Hears a run, and keeps what a diagram of it shows. */
public final class SpaceTime implements Trace {
    /** Something at a node: a note, or that it starts, ends, stands still. */
    record Happening(long at, NodeId node, Event event, String what) {}

    /** From then on the node is that. */
    record Role(long at, NodeId node, String word, String text) {}

    /** A fault from its beginning to its end; that is the end of the run if nothing mended it. */
    record Band(long from, long to, String kind, String text, String target, String cuts) {
        Band ended(long at) {
            return new Band(from, at, kind, text, target, cuts);
        }
    }

    private record Key(int link, long number) {}

    private final List<Arrow> arrows = new ArrayList<>();
    private final Map<Key, Integer> latest = new HashMap<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final List<Role> roles = new ArrayList<>();
    private final Map<NodeId, Role> current = new HashMap<>();
    private final Map<Object, Band> bands = new LinkedHashMap<>();
    private long end;

    @Override
    public void message(long at, Fate fate, Message message) {
        end = at;
        var key = new Key(message.link().number(), message.number());
        if (fate == Fate.SENT) {
            latest.put(key, arrows.size());
            arrows.add(Arrow.sent(message, at));
            return;
        }
        int number = latest.getOrDefault(key, -1);
        if (number < 0) {
            return;
        }
        var arrow = arrows.get(number);
        switch (fate) {
            case REPEATED -> arrows.set(number, arrow.repeated());
            case DELAYED -> arrows.set(number, arrow.delayed());
            default -> end(number, arrow, at, fate);
        }
    }

    private void end(int number, Arrow arrow, long at, Fate fate) {
        if (arrow.isUnderWay()) {
            arrows.set(number, arrow.ended(at, fate));
        } else {
            arrows.add(arrow.ended(at, fate));
        }
    }

    @Override
    public void node(long at, NodeId node, Event event, String what, Object... details) {
        end = at;
        if (event == Event.STARTED) {
            // Whatever it was in an earlier life, it has yet to become it again.
            current.remove(node);
        }
        happenings.add(new Happening(at, node, event, sentence(what, details)));
    }

    private static String sentence(String what, Object... details) {
        var sentence = new StringBuilder(what);
        for (int i = 0; i + 1 < details.length; i += 2) {
            sentence.append(i == 0 ? ": " : ", ").append(details[i]).append(' ').append(details[i + 1]);
        }
        return sentence.toString();
    }

    @Override
    public void turned(long at, NodeId node, Supplier<Status> status) {
        var now = role(at, node, status.get());
        var before = current.put(node, now);
        if (before == null || !before.text.equals(now.text)) {
            roles.add(now);
        }
    }

    private static Role role(long at, NodeId node, Status status) {
        var term = status.details().get("term");
        return new Role(at, node, status.role(), status.role() + (term == null ? "" : ", term " + term));
    }

    @Override
    public void told(long at, String what, Object... details) {
        end = at;
        var named = new HashMap<Object, Object>();
        for (int i = 0; i + 1 < details.length; i += 2) {
            named.put(details[i], details[i + 1]);
        }
        var number = named.getOrDefault("number", "");
        if (what.equals("fault begins")) {
            bands.put(
                    number,
                    new Band(
                            at,
                            Arrow.UNDER_WAY,
                            text(named, "kind"),
                            text(named, "fault"),
                            text(named, "target"),
                            text(named, "cuts")));
        } else if (what.equals("fault ends")) {
            bands.computeIfPresent(number, (any, band) -> band.ended(at));
        }
    }

    private static String text(Map<Object, Object> named, String name) {
        return String.valueOf(named.getOrDefault(name, ""));
    }

    List<Arrow> arrows() {
        return arrows;
    }

    List<Happening> happenings() {
        return happenings;
    }

    List<Role> roles() {
        return roles;
    }

    List<Band> bands() {
        return List.copyOf(bands.values());
    }

    /** When the last thing happened. */
    long end() {
        return end;
    }
}
