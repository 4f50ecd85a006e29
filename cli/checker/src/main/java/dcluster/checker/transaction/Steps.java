package dcluster.checker.transaction;

import dcluster.checker.history.Function;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.history.UnfitException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Understands the steps of transactions once, and refuses what is none of the model's. */
final class Steps {
    private final TransactionModel model;

    Steps(TransactionModel model) {
        this.model = model;
    }

    /**
     * All transactions of a history.
     *
     * @throws dcluster.checker.history.UnfitException if there is anything that the model does not know
     */
    List<Transaction> transactions(History history) {
        var transactions = new ArrayList<Transaction>();
        for (var operation : history.operations()) {
            if (operation.function() != Function.TXN) {
                throw refused(
                        operation.invoked(),
                        "a " + model.word() + " has no " + operation.function().word());
            }
            transactions.add(new Transaction(transactions.size(), operation, steps(operation)));
        }
        return transactions;
    }

    private List<Step> steps(Operation operation) {
        var asked = (List<?>) Objects.requireNonNull(operation.input());
        var steps = new ArrayList<Step>();
        if (!operation.isOk()) {
            asked.forEach(step -> steps.add(step(operation.invoked(), (List<?>) step, false)));
            steps.removeIf(Step::isRead);
            return steps;
        }
        var done = (List<?>) Objects.requireNonNull(operation.output());
        int line = operation.ended();
        if (asked.size() != done.size()) {
            throw refused(line, done.size() + " steps ended, " + asked.size() + " were invoked");
        }
        for (int i = 0; i < done.size(); i++) {
            var step = step(line, (List<?>) done.get(i), true);
            var before = step(operation.invoked(), (List<?>) asked.get(i), false);
            if (!isSame(before, step)) {
                throw refused(line, "\"" + step + "\" ended, \"" + before + "\" was invoked");
            }
            steps.add(step);
        }
        return steps;
    }

    private static boolean isSame(Step asked, Step done) {
        return asked.kind() == done.kind()
                && asked.key().equals(done.key())
                && (done.isRead() || done.written().equals(asked.value()));
    }

    private Step step(int line, List<?> parts, boolean isDone) {
        var key = parts.get(1);
        if (!(key instanceof String) && !(key instanceof Long)) {
            throw refused(line, "the key of a step is a text or a whole number, not " + key);
        }
        if ("r".equals(parts.get(0))) {
            return new Step(Step.Kind.READ, key.toString(), isDone ? seen(line, parts.get(2)) : null);
        }
        if (!model.write().equals(parts.get(0))) {
            throw refused(
                    line, "a " + model.word() + " has the steps r and " + model.write() + ", not " + parts.get(0));
        }
        boolean isList = model == TransactionModel.LIST_APPEND;
        return new Step(isList ? Step.Kind.APPEND : Step.Kind.WRITE, key.toString(), single(line, parts.get(2)));
    }

    private @Nullable Object seen(int line, @Nullable Object value) {
        if (model == TransactionModel.RW_REGISTER) {
            return value == null ? null : single(line, value);
        }
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> elements)) {
            throw refused(line, "a list is read, not " + value);
        }
        elements.forEach(element -> single(line, element));
        return elements;
    }

    private static Object single(int line, @Nullable Object value) {
        boolean isSingle = value instanceof Long
                || value instanceof String
                || value instanceof Boolean
                || value instanceof BigInteger
                || value instanceof BigDecimal;
        if (!isSingle) {
            throw refused(line, "a value is a number, a text or a truth, not " + value);
        }
        return Objects.requireNonNull(value);
    }

    static UnfitException refused(int line, String what) {
        return new UnfitException(line, what);
    }
}
