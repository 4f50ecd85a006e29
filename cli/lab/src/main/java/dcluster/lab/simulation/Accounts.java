package dcluster.lab.simulation;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Operation.Outcome;
import dcluster.checker.transaction.Bank;
import dcluster.simulation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds accounts to what transfers leave. Each only moves something, so whoever sees all accounts sees that they hold
 * nothing in sum; and each balance holds all that was acknowledged when somebody asked for it, once, and nothing that was
 * moved when they had their answer. A transfer tells the balances after it, and so those before it.
 */
final class Accounts {
    /** What each account may owe. The checker's bank has no debts: it is told what is left of this. */
    private static final long CREDIT = 1_000_000_000L;

    private static final String MOVE = "add";

    /** What an operation found in an account, its own move not in it. */
    private record Found(Operation by, long balance) {}

    /** What an operation moves to an account, if it happens. */
    private record Moved(Operation by, long amount) {
        private boolean surelyIsIn(Found found) {
            return by.isOk() && by.ended() < found.by.invoked();
        }

        private boolean mayBeIn(Found found) {
            return by.invoked() != found.by.invoked()
                    && by.outcome() != Outcome.FAIL
                    && by.invoked() < found.by.ended();
        }
    }

    private final Map<String, List<Found>> found = new TreeMap<>();
    private final Map<String, List<Moved>> moved = new TreeMap<>();
    private final Set<String> accounts = new TreeSet<>();

    private Accounts(List<Operation> operations) {
        operations.forEach(this::take);
    }

    /**
     * Checks what transactions over accounts found.
     *
     * @throws Violation if that is no state of a bank
     */
    static void require(List<Operation> operations) {
        var accounts = new Accounts(operations);
        accounts.requireTotal(operations);
        accounts.found.forEach((account, ofAccount) -> ofAccount.forEach(each -> accounts.require(account, each)));
    }

    private void take(Operation operation) {
        var asked = steps(operation.input());
        for (int i = 0; i < asked.size(); i++) {
            var key = key(asked.get(i));
            long amount = amount(asked.get(i));
            accounts.add(key);
            if (amount != 0) {
                moved.computeIfAbsent(key, account -> new ArrayList<>()).add(new Moved(operation, amount));
            }
            if (operation.isOk()) {
                long balance = number(steps(operation.output()).get(i)) - amount;
                found.computeIfAbsent(key, account -> new ArrayList<>()).add(new Found(operation, balance));
            }
        }
    }

    private void requireTotal(List<Operation> operations) {
        var reads = operations.stream().map(Accounts::asReads).toList();
        new Bank(accounts, CREDIT * accounts.size())
                .check(new History(reads, List.of(), false)).stream()
                        .findFirst()
                        .ifPresent(wrong -> {
                            throw new Violation("Bank", wrong.reason() + ", where each account may owe " + CREDIT);
                        });
    }

    /** Of what it found before it moved anything, and with what each account may owe. */
    private static Operation asReads(Operation operation) {
        var asked = new ArrayList<List<?>>();
        var done = new ArrayList<List<?>>();
        var steps = steps(operation.input());
        for (int i = 0; i < steps.size(); i++) {
            var read = new Step.Balance(key(steps.get(i)));
            asked.add(read.asked());
            if (operation.isOk()) {
                long balance = number(steps(operation.output()).get(i)) - amount(steps.get(i));
                done.add(read.inHistory(balance + CREDIT));
            }
        }
        return with(operation, asked, done);
    }

    private static Operation with(Operation operation, List<List<?>> asked, List<List<?>> done) {
        return new Operation(
                operation.client(),
                operation.function(),
                operation.key(),
                asked,
                operation.isOk() ? done : null,
                operation.outcome(),
                operation.applied(),
                operation.invoked(),
                operation.ended(),
                operation.invokeTime(),
                operation.endTime(),
                operation.node());
    }

    private void require(String account, Found seen) {
        long least = 0;
        long most = 0;
        for (var move : moved.getOrDefault(account, List.of())) {
            if (move.surelyIsIn(seen)) {
                least += move.amount;
                most += move.amount;
            } else if (move.mayBeIn(seen)) {
                least += Math.min(0, move.amount);
                most += Math.max(0, move.amount);
            }
        }
        if (seen.balance < least || seen.balance > most) {
            throw new Violation(
                    "Balances",
                    seen.by + " found " + seen.balance + " in " + account + ", where what was moved leaves "
                            + (least == most ? String.valueOf(least) : "from " + least + " to " + most));
        }
    }

    private static List<?> steps(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }

    private static String key(Object step) {
        return String.valueOf(((List<?>) step).get(1));
    }

    private static long number(Object step) {
        return (Long) Objects.requireNonNull(((List<?>) step).get(2));
    }

    private static long amount(Object step) {
        return MOVE.equals(((List<?>) step).get(0)) ? number(step) : 0;
    }
}
