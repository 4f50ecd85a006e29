package dcluster.checker.verdict;

import dcluster.checker.history.History;
import dcluster.checker.transaction.LongFork;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Judges whether transactions saw writes in one order. */
final class LongForkJudge implements Judge {
    @Override
    public Ruling rule(History history, Terms terms, Consumer<String> stage) {
        var violations = new LongFork().check(history);
        long comparable = comparable(history);
        return new Ruling(
                violations.isEmpty() ? Answer.VALID : Answer.INVALID,
                violations.isEmpty()
                        ? Texts.count(comparable, "transaction") + " that can be compared saw writes in one order"
                        : Texts.count(violations.size(), "pair") + " of transactions saw two writes in opposite orders",
                violations.stream()
                        .limit(Verdict.MOST_FINDINGS)
                        .map(found ->
                                Finding.of("long fork", null, Witness.numbered(found.operations()), found.reason()))
                        .toList(),
                Map.of("violations", violations.size(), "comparable", comparable),
                comparable,
                "no two transactions that read the same registers, and more than one, ended with ok");
    }

    /** Transactions that read several registers which another one read, too. */
    private static long comparable(History history) {
        var counts = new HashMap<Set<String>, Long>();
        history.operations().stream()
                .map(TransactionReads::keys)
                .filter(keys -> keys.size() > 1)
                .forEach(keys -> counts.merge(keys, 1L, Long::sum));
        return counts.values().stream()
                .filter(count -> count > 1)
                .mapToLong(count -> count)
                .sum();
    }
}
