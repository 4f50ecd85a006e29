package dcluster.checker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.Operation;
import dcluster.checker.testing.TransactionScript;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check against its definition. {@code -Ddcluster.checker.histories} sets over how many histories. */
class BankPropertyTest {
    private static final int HISTORIES = Integer.getInteger("dcluster.checker.histories", 10_000);
    private static final long TOTAL = 4;
    private static final List<String> ACCOUNTS = List.of("x", "y");

    @Test
    void whoSawWrongBalancesIsFound() {
        var bank = new Bank(Set.copyOf(ACCOUNTS), TOTAL);
        int invalid = 0;
        int negative = 0;
        int indeterminate = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var script = RandomBank.script(seed, 1, 3);
            var history = TransactionScript.registers(script);
            var wrong = history.operations().stream()
                    .filter(BankPropertyTest::isWrong)
                    .toList();
            var found = bank.check(history).stream()
                    .flatMap(violation -> violation.operations().stream())
                    .toList();
            assertThat(found).as("seed %s: %s", seed, script).isEqualTo(wrong);
            invalid += wrong.isEmpty() ? 0 : 1;
            negative += wrong.stream().anyMatch(BankPropertyTest::sawNegative) ? 1 : 0;
            indeterminate += history.count(Operation.Outcome.INFO) > 0 ? 1 : 0;
        }
        assertThat(invalid).as("histories that must be rejected").isGreaterThan(HISTORIES / 3);
        assertThat(HISTORIES - invalid).as("histories that must be accepted").isGreaterThan(HISTORIES / 4);
        assertThat(negative).as("histories with a negative balance").isGreaterThan(HISTORIES / 20);
        assertThat(indeterminate).as("histories with an unknown outcome").isGreaterThan(HISTORIES / 2);
    }

    // The definition: nobody sees a negative balance, and all that the accounts may hold together is the total.

    private static boolean isWrong(Operation operation) {
        var totals = new HashSet<Long>();
        addTotals(operation, ACCOUNTS, 0, totals);
        return sawNegative(operation) || totals.stream().anyMatch(sum -> sum != TOTAL);
    }

    private static boolean sawNegative(Operation operation) {
        return ACCOUNTS.stream()
                .anyMatch(account -> seen(operation, account).stream().anyMatch(balance -> balance < 0));
    }

    /** Each way to take one of the balances that were seen of each account; none if one was not read. */
    private static void addTotals(Operation operation, List<String> accounts, long sum, Set<Long> totals) {
        if (accounts.isEmpty()) {
            totals.add(sum);
            return;
        }
        for (long balance : seen(operation, accounts.get(0))) {
            addTotals(operation, accounts.subList(1, accounts.size()), sum + balance, totals);
        }
    }

    /** What was read of an account until the transaction wrote to it. */
    private static List<Long> seen(Operation operation, String account) {
        var seen = new ArrayList<Long>();
        for (var step : operation.isOk() && operation.output() instanceof List<?> steps ? steps : List.of()) {
            if (step instanceof List<?> parts && parts.contains(account)) {
                if (parts.get(0).equals("w")) {
                    return seen;
                }
                seen.add(parts.get(2) instanceof Long balance ? balance : 0L);
            }
        }
        return seen;
    }
}
