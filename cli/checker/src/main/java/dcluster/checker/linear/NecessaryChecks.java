package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import dcluster.checker.history.Operation.Outcome;
import dcluster.checker.linear.Allowance.Spent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds an operation whose result no order gives, without a look at any order: it saw a value that nobody had begun to
 * put there when it ended, an element more often than it was pushed, or a count beyond all that was added. Each
 * operation and each element is looked at once, so that this ends at once where a search would try all orders. What it
 * does not find may have no order all the same.
 */
final class NecessaryChecks {
    private final Model model;
    private final Allowance allowance;

    /** How often each value was put there so far, by what may have taken effect. */
    private final Map<@Nullable Object, Integer> sources = new HashMap<>();

    private boolean isAppended;

    private NecessaryChecks(Model model, Allowance allowance) {
        this.model = model;
        this.allowance = allowance;
    }

    /** One of the operations on one object that cannot be; empty if there is none that is known to be such. */
    static Optional<Operation> impossible(Model model, List<Operation> operations, Allowance allowance) throws Spent {
        return model == Model.COUNTER
                ? CounterBounds.beyond(operations, allowance)
                : new NecessaryChecks(model, allowance).find(operations);
    }

    private Optional<Operation> find(List<Operation> operations) throws Spent {
        var changes = operations.stream()
                .filter(operation -> operation.outcome() != Outcome.FAIL && !Model.isObservation(operation))
                .sorted(Comparator.comparingInt(Operation::invoked))
                .toList();
        var ended = operations.stream()
                .filter(Operation::isOk)
                .sorted(Comparator.comparingInt(Operation::ended))
                .toList();
        int next = 0;
        for (var operation : ended) {
            while (next < changes.size() && changes.get(next).invoked() < operation.ended()) {
                put(changes.get(next++));
            }
            if (!isPossible(operation)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    private void put(Operation operation) throws Spent {
        allowance.work(1);
        switch (operation.function()) {
            case WRITE, ADD, ENQUEUE, PUSH -> sources.merge(operation.input(), 1, Integer::sum);
            case CAS -> sources.merge(pair(operation).get(1), 1, Integer::sum);
            case APPEND -> isAppended = true;
            case READ, REMOVE, DEQUEUE, TXN -> {
                // They put nothing there.
            }
        }
    }

    private boolean isPossible(Operation operation) throws Spent {
        return switch (operation.function()) {
            case READ ->
                switch (model) {
                    case REGISTER -> wasThere(operation.output());
                    case SET -> wereAdded((List<?>) operation.output());
                    case LIST -> werePushed((List<?>) operation.output());
                    case COUNTER, QUEUE -> true;
                };
            case DEQUEUE -> wasThere(operation.output());
            case CAS -> !operation.applied() || wasThere(pair(operation).get(0));
            default -> true;
        };
    }

    /** Null is there at first; and what is appended to some text may make any text. */
    private boolean wasThere(@Nullable Object value) {
        return value == null || sources.containsKey(value) || (isAppended && value instanceof String);
    }

    private boolean wereAdded(@Nullable List<?> read) throws Spent {
        if (read == null) {
            return true;
        }
        allowance.work(read.size());
        return read.stream().allMatch(sources::containsKey);
    }

    private boolean werePushed(@Nullable List<?> read) throws Spent {
        if (read == null) {
            return true;
        }
        allowance.work(read.size());
        var counts = new HashMap<@Nullable Object, Integer>();
        for (var element : read) {
            if (counts.merge(element, 1, Integer::sum) > sources.getOrDefault(element, 0)) {
                return false;
            }
        }
        return true;
    }

    private static List<?> pair(Operation cas) {
        return (List<?>) Objects.requireNonNull(cas.input());
    }
}
