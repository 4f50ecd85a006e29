package dcluster.checker.transaction;

import dcluster.checker.history.History;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Transfers between accounts: whoever reads all balances in one transaction sees the same total, and nobody sees a
 * negative balance, however often they look. Under serializability and under snapshot isolation it holds, under less it
 * need not. Histories are of registers whose values are balances; unlike in other checks a value may be written again.
 */
public final class Bank {
    private final Set<String> accounts;
    private final BigDecimal total;

    /** A bank whose accounts have a balance from the beginning of the history on. */
    public Bank(Set<String> accounts, long total) {
        this.accounts = new TreeSet<>(accounts);
        this.total = BigDecimal.valueOf(total);
    }

    /**
     * The transactions that saw something else, in order of their invocations.
     *
     * @throws dcluster.checker.history.UnfitException if the history has other steps than reads and writes of numbers
     *     in accounts
     */
    public List<Violation> check(History history) {
        var violations = new ArrayList<Violation>();
        for (var transaction : new Steps(TransactionModel.RW_REGISTER).transactions(history)) {
            var reason = wrong(transaction);
            if (reason != null) {
                violations.add(new Violation(List.of(transaction.operation()), transaction.text() + ": " + reason));
            }
        }
        return violations;
    }

    private @Nullable String wrong(Transaction transaction) {
        if (!transaction.isOk()) {
            return null;
        }
        var balances = balances(transaction);
        for (var balance : balances.entrySet()) {
            if (balance.getValue().first().signum() < 0) {
                return "the balance of " + balance.getKey() + " is negative";
            }
        }
        if (!balances.keySet().equals(accounts)) {
            return null;
        }
        var lowest = sum(balances.values(), NavigableSet::first);
        var highest = sum(balances.values(), NavigableSet::last);
        var sum = lowest.compareTo(total) == 0 ? highest : lowest;
        return sum.compareTo(total) == 0 ? null : "the total is " + sum + ", not " + total;
    }

    /** Who saw two balances of one account saw two totals, of which one at least is wrong. */
    private static BigDecimal sum(
            Collection<NavigableSet<BigDecimal>> balances, Function<NavigableSet<BigDecimal>, BigDecimal> which) {
        return balances.stream().map(which).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** All that a transaction saw of each account before it wrote to it itself. */
    private Map<String, NavigableSet<BigDecimal>> balances(Transaction transaction) {
        var balances = new LinkedHashMap<String, NavigableSet<BigDecimal>>();
        var written = new TreeSet<String>();
        for (var step : transaction.steps()) {
            var balance = balance(transaction, step);
            if (!step.isRead()) {
                written.add(step.key());
            } else if (!written.contains(step.key())) {
                balances.computeIfAbsent(step.key(), account -> new TreeSet<>()).add(balance);
            }
        }
        return balances;
    }

    /** A balance that is null counts as none. */
    private BigDecimal balance(Transaction transaction, Step step) {
        var value = step.value() == null ? 0 : step.value();
        boolean isNumber = value instanceof Number;
        if (!isNumber || !accounts.contains(step.key())) {
            var what =
                    "a bank of the accounts " + accounts + " has numbers in them, not " + value + " in " + step.key();
            throw Steps.refused(transaction.operation().invoked(), what);
        }
        return new BigDecimal(value.toString());
    }
}
