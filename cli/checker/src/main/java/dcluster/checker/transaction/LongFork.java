package dcluster.checker.transaction;

import dcluster.checker.history.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Long fork: two transactions see two writes in opposite orders, the one only the first, the other only the second.
 * Parallel snapshot isolation (Sovran et al. 2011) allows it, snapshot isolation does not. Histories are of registers
 * each of which is written once; transactions are compared that read two registers in common.
 */
public final class LongFork {
    /**
     * The pairs of transactions of which each saw a write that the other did not; of many that contradict each other
     * some, but always one if there is any.
     *
     * @throws dcluster.checker.history.UnfitException if the history has other steps than those of registers, or writes
     *     one twice
     */
    public List<Violation> check(History history) {
        var transactions = new Steps(TransactionModel.RW_REGISTER).transactions(history);
        requireSingleWrites(transactions);
        var byKeys = new LinkedHashMap<Set<String>, List<Forks.Read>>();
        for (var transaction : transactions) {
            if (transaction.isOk()) {
                var seen = seen(transaction);
                byKeys.computeIfAbsent(seen.keySet(), keys -> new ArrayList<>()).add(read(transaction, seen));
            }
        }
        return Forks.among(byKeys.values());
    }

    private static void requireSingleWrites(List<Transaction> transactions) {
        var written = new HashMap<String, Transaction>();
        for (var transaction : transactions) {
            for (var step : transaction.steps()) {
                var before = step.isRead() || transaction.isFailed() ? null : written.put(step.key(), transaction);
                if (before != null) {
                    var what = step.key() + " is written again, as in line "
                            + before.operation().invoked();
                    throw Steps.refused(transaction.operation().invoked(), what);
                }
            }
        }
    }

    /** Whether each register that a transaction read first, before it wrote to it, was written. */
    private static Map<String, Boolean> seen(Transaction transaction) {
        var seen = new TreeMap<String, Boolean>();
        var own = new TreeSet<String>();
        for (var step : transaction.steps()) {
            if (!step.isRead()) {
                own.add(step.key());
            } else if (!own.contains(step.key())) {
                seen.putIfAbsent(step.key(), step.value() != null);
            }
        }
        return seen;
    }

    private static Forks.Read read(Transaction transaction, Map<String, Boolean> seen) {
        var written = new TreeSet<String>();
        seen.forEach((key, isWritten) -> {
            if (isWritten) {
                written.add(key);
            }
        });
        return new Forks.Read(transaction, seen.keySet(), written);
    }
}
