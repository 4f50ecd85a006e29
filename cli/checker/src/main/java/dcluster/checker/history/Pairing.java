package dcluster.checker.history;

import dcluster.checker.history.EventParser.Refused;
import dcluster.checker.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts invocations and their ends together. */
final class Pairing {
    private final Map<Long, Integer> open = new HashMap<>();
    private final List<Event> invocations = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Event> notes = new ArrayList<>();
    private long lastTime = Long.MIN_VALUE;

    void take(Event event) throws Refused {
        lastTime = Math.max(lastTime, event.time());
        Shapes.requirePlaceOfSiblings(event);
        if (event.isNote()) {
            requireNote(event);
            notes.add(event);
        } else if (event.type() == EventType.INVOKE) {
            invoke(event);
        } else {
            end(event);
        }
    }

    /** The events of a client that is named like who leaves notes would be gone without a trace. */
    private static void requireNote(Event event) throws Refused {
        if (event.type() != EventType.INFO) {
            throw new Refused("process \"" + event.process() + "\" is a text, so this is a note, and the type of a note"
                    + " is info, not " + event.type().word() + "; a client is a number, without quotation marks");
        }
    }

    private void invoke(Event event) throws Refused {
        if (!event.applied()) {
            throw new Refused("\"applied\" belongs to the end of a compare-and-set");
        }
        Shapes.requireInput(event);
        var before = open.putIfAbsent(event.client(), invocations.size());
        if (before != null) {
            throw new Refused("process " + event.client() + " has an operation open since line "
                    + invocations.get(before).line());
        }
        invocations.add(event);
        operations.add(operation(event, event, Outcome.INFO));
    }

    private void end(Event event) throws Refused {
        var index = open.remove(event.client());
        if (index == null) {
            throw new Refused("process " + event.client() + " has no operation open");
        }
        var invocation = invocations.get(index);
        requireSame(invocation, event);
        Shapes.requireEnd(invocation, event);
        operations.set(index, operation(invocation, event, outcome(event.type())));
    }

    private static void requireSame(Event invocation, Event end) throws Refused {
        if (invocation.function() != end.function() || !Objects.equals(invocation.key(), end.key())) {
            throw new Refused("process " + end.client() + " invoked another operation in line " + invocation.line());
        }
    }

    private static Outcome outcome(EventType type) {
        return switch (type) {
            case OK -> Outcome.OK;
            case FAIL -> Outcome.FAIL;
            case INFO, INVOKE -> Outcome.INFO;
        };
    }

    private static Operation operation(Event invocation, Event end, Outcome outcome) {
        return new Operation(
                invocation.client(),
                Objects.requireNonNull(invocation.function()),
                invocation.key(),
                invocation.value(),
                outcome == Outcome.OK ? end.value() : null,
                outcome,
                outcome != Outcome.OK || end.applied(),
                invocation.line(),
                outcome == Outcome.INFO ? Operation.NEVER : end.line(),
                invocation.time(),
                end.time(),
                invocation.node());
    }

    /** All that came; what is open has an unknown outcome, and lasts until the end. */
    History history(boolean isCut) {
        for (int index : open.values()) {
            operations.set(index, operations.get(index).withEndTime(lastTime));
        }
        return new History(operations, notes, isCut);
    }
}
