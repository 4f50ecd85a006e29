package dcluster.checker.transaction;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.testing.TransactionScript;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A history of transactions on registers with its names taken away, so that two can be compared. */
final class RenamedRegisters {
    private final Map<String, Map<Object, Integer>> names = new HashMap<>();
    private final boolean areValuesNames;

    private RenamedRegisters(boolean areValuesNames) {
        this.areValuesNames = areValuesNames;
    }

    /** Clients, keys and values are numbered in order of their appearance. */
    static String canonical(String script) {
        return new RenamedRegisters(true).text(TransactionScript.registers(script));
    }

    /** Clients and keys are; values are more than names. */
    static String canonicalWithValues(String script) {
        return new RenamedRegisters(false).text(TransactionScript.registers(script));
    }

    private String text(History history) {
        return history.operations().stream().map(this::text).collect(Collectors.joining(" "));
    }

    /** Lines tell the order of all events. Of a transaction that did not end with ok nothing was read. */
    private String text(Operation operation) {
        var value = (List<?>) Objects.requireNonNull(operation.isOk() ? operation.output() : operation.input());
        return value.stream()
                .map(step -> text((List<?>) step))
                .collect(Collectors.joining(
                        ";",
                        name("client", operation.client()) + " " + operation.invoked() + "-" + operation.ended() + " "
                                + operation.outcome() + " ",
                        ""));
    }

    private String text(List<?> step) {
        var value = step.get(2);
        var named = value == null || !areValuesNames ? String.valueOf(value) : name("value", value);
        return step.get(0) + name("key", Objects.requireNonNull(step.get(1))) + "=" + named;
    }

    private String name(String kind, Object of) {
        var known = names.computeIfAbsent(kind, unknown -> new HashMap<>());
        return kind + known.computeIfAbsent(of, unknown -> known.size());
    }
}
