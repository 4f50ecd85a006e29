package dcluster.lab.simulation;

import dcluster.checker.history.Function;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Operation.Outcome;
import dcluster.checker.linear.Budget;
import dcluster.checker.linear.Linearizability;
import dcluster.checker.linear.Model;
import dcluster.checker.regular.RegularRegisters;
import dcluster.checker.transaction.Isolation;
import dcluster.checker.transaction.Level;
import dcluster.checker.transaction.TransactionModel;
import dcluster.checker.transaction.Transactions;
import dcluster.simulation.Violation;
import dcluster.spi.Traits.Consistency;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Holds what clients saw to what the algorithm claims. */
final class Judgement {
    private static final Budget BUDGET = new Budget(Duration.ofSeconds(30), 256L << 20);

    private Judgement() {}

    /**
     * Checks that clients saw what is claimed. That replicas agree in the end is no matter of what clients saw.
     *
     * @param counted the numbers that writes told
     * @return whether there was time and memory to find out
     * @throws Violation if they saw anything else
     */
    static boolean require(Consistency claimed, List<Operation> operations, List<Counted> counted) {
        return switch (claimed) {
            case STRICT_SERIALIZABLE -> {
                boolean isDecided = requireLinearizable(operations, counted);
                yield requireStrictlySerializable(operations) && isDecided;
            }
            case LINEARIZABLE -> requireLinearizable(operations, counted);
            case REGULAR -> requireRegular(operations);
            case EVENTUAL -> true;
        };
    }

    private static boolean requireLinearizable(List<Operation> operations, List<Counted> counted) {
        boolean isDecided = requireLinearizable(operations);
        Counts.require(operations, counted);
        return isDecided;
    }

    /** Of registers; nobody compares them, for regularity knows reads, also of siblings, and writes alone. */
    private static boolean requireRegular(List<Operation> operations) {
        var registers = operations.stream()
                .filter(operation -> isOf(Model.REGISTER, operation))
                .toList();
        RegularRegisters.check(new History(registers, List.of(), false)).stream()
                .findFirst()
                .ifPresent(stale -> {
                    throw new Violation("Regularity", stale.toString());
                });
        return true;
    }

    private static boolean isOf(Model model, Operation operation) {
        var key = operation.key();
        return key != null && key.startsWith(model.word());
    }

    private static boolean requireStrictlySerializable(List<Operation> operations) {
        Accounts.require(over(TransactionWorkload.ACCOUNT, operations));
        boolean areListsDecided =
                requireStrictlySerializable(TransactionModel.LIST_APPEND, over(TransactionWorkload.LIST, operations));
        return requireStrictlySerializable(TransactionModel.RW_REGISTER, over(TransactionWorkload.REGISTER, operations))
                && areListsDecided;
    }

    /** The transactions over keys of one kind; each is over one. */
    private static List<Operation> over(String kind, List<Operation> operations) {
        return operations.stream()
                .filter(operation -> operation.function() == Function.TXN)
                .filter(operation -> operation.input() instanceof List<?> steps
                        && steps.get(0) instanceof List<?> first
                        && String.valueOf(first.get(1)).startsWith(kind))
                .toList();
    }

    private static boolean requireStrictlySerializable(TransactionModel model, List<Operation> transactions) {
        var found = new Transactions(model, BUDGET).check(new History(transactions, List.of(), false));
        if (found.answer(Level.STRICT_SERIALIZABLE) == Isolation.Answer.VIOLATED) {
            throw new Violation("Strict Serializability", why(found));
        }
        return found.isComplete();
    }

    private static String why(Isolation found) {
        return found.anomalies().stream()
                .map(anomaly -> anomaly.phenomenon().word() + ": " + String.join("; ", anomaly.lines()))
                .findFirst()
                .orElse("there was no time to find the shortest cycle");
    }

    /**
     * Checks that the operations of each key are linearizable.
     *
     * @return whether there was time and memory to find out
     * @throws Violation if they are not
     */
    static boolean requireLinearizable(List<Operation> operations) {
        boolean isDecided = true;
        for (var model : List.of(Model.REGISTER, Model.COUNTER, Model.LIST)) {
            var own = withoutUnseenPushes(operations.stream()
                    .filter(operation -> isOf(model, operation))
                    .toList());
            var found = new Linearizability(model, BUDGET).check(new History(own, List.of(), false));
            if (!found.bad().isEmpty()) {
                var why = found.bad().get(0);
                throw new Violation(
                        "Linearizability", "key " + why.key() + " from " + why.states() + ": " + why.core());
            }
            isDecided &= found.undecided().isEmpty();
        }
        return isDecided;
    }

    /**
     * Leaves out each push of unknown outcome whose element no read shows. It may not have happened; and if it did, then
     * behind all reads, where nothing depends on it. For a search, each would double the work.
     */
    static List<Operation> withoutUnseenPushes(List<Operation> operations) {
        if (operations.stream().noneMatch(Judgement::isPushOfUnknownOutcome)) {
            return operations;
        }
        var seen = operations.stream()
                .filter(operation -> operation.isOk() && operation.output() instanceof List<?>)
                .flatMap(operation -> ((List<?>) operation.output()).stream())
                .collect(Collectors.toSet());
        return operations.stream()
                .filter(operation -> !isPushOfUnknownOutcome(operation) || seen.contains(operation.input()))
                .toList();
    }

    private static boolean isPushOfUnknownOutcome(Operation operation) {
        return operation.function() == Function.PUSH && operation.outcome() == Outcome.INFO;
    }
}
