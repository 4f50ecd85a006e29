package dcluster.checker.history;

import dcluster.checker.history.EventParser.Refused;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the value of a function looks like, whatever the model. */
final class Shapes {
    private Shapes() {}

    /** Only a read can have seen several values. */
    static void requirePlaceOfSiblings(Event event) throws Refused {
        boolean isRead = event.function() == Function.READ && event.type() == EventType.OK && !event.isNote();
        if (event.value() instanceof Siblings && !isRead) {
            throw new Refused("\"siblings\" belong to an \"ok\" of read");
        }
    }

    static void requireInput(Event event) throws Refused {
        var value = event.value();
        switch (Objects.requireNonNull(event.function())) {
            case CAS -> requirePair(value);
            case APPEND -> require(value instanceof String, "append", "a text", value);
            case ENQUEUE, PUSH, REMOVE, ADD ->
                require(value != null, Objects.requireNonNull(event.function()).word(), "a value", value);
            case TXN -> requireTransaction(value);
            case READ, WRITE, DEQUEUE -> {
                // Any value, or none.
            }
        }
    }

    /** An end may repeat the value of its invocation; an {@code ok} of what observes has its result there. */
    static void requireEnd(Event invocation, Event end) throws Refused {
        if (!end.applied() && (end.function() != Function.CAS || end.type() != EventType.OK)) {
            throw new Refused("\"applied\":false belongs to an \"ok\" of cas");
        }
        if (end.type() != EventType.OK) {
            return;
        }
        if (end.function() == Function.TXN) {
            requireTransaction(end.value());
        } else if (!Objects.requireNonNull(end.function()).observes()
                && !Objects.equals(end.value(), invocation.value())) {
            throw new Refused("\"value\" is " + end.value() + ", and was " + invocation.value()
                    + " when it was invoked in line " + invocation.line());
        }
    }

    private static void requirePair(@Nullable Object value) throws Refused {
        require(value instanceof List<?> pair && pair.size() == 2, "cas", "[from, to]", value);
    }

    private static void requireTransaction(@Nullable Object value) throws Refused {
        if (!(value instanceof List<?> steps)) {
            throw new Refused("the value of txn is a list of [\"r\", key, result] and [\"append\", key, element]");
        }
        for (var step : steps) {
            boolean isStep = step instanceof List<?> parts && parts.size() == 3 && parts.get(0) instanceof String;
            require(isStep, "a step of txn", "[function, key, value]", step);
        }
    }

    private static void require(boolean holds, String what, String shape, @Nullable Object found) throws Refused {
        if (!holds) {
            throw new Refused("the value of " + what + " is " + shape + ", not " + found);
        }
    }
}
