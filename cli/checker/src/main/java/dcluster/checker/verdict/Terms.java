package dcluster.checker.verdict;

import dcluster.checker.linear.Budget;
import dcluster.checker.transaction.Level;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What a check is to find out, and what it may take for that.
 *
 * @param budget time and memory, explanations included
 * @param isolation the level that transactions have to reach
 * @param bank what a bank is to hold
 * @param demands what is demanded where a model alone does not say
 * @param progress is told a few times a second how long the check has been at it, and how far it is; by the thread that
 *     asked for the verdict
 */
public record Terms(Budget budget, Level isolation, Bank bank, Demands demands, BiConsumer<Duration, String> progress) {
    /**
     * A bank.
     *
     * @param accounts its accounts; if there are none, all keys of the history are
     * @param total the sum of all balances
     */
    public record Bank(Set<String> accounts, long total) {
        public Bank {
            accounts = Set.copyOf(accounts);
        }
    }

    /** Strict serializability, a bank of all keys whose total is nothing, and the usual demands. */
    public static Terms of(Budget budget) {
        return new Terms(budget, Level.STRICT_SERIALIZABLE, new Bank(Set.of(), 0), Demands.USUAL, (time, stage) -> {});
    }
}
