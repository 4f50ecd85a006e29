package dcluster.checker.verdict;

import dcluster.checker.history.History;
import dcluster.checker.transaction.LongFork;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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
                "no two transactions that ended with ok read the same registers, several of them, and saw a write");
    }

    /**
     * Transactions that read several registers which another one read, too. If none of them saw a write, there was
     * nothing of which they could have seen one part without the other.
     */
    private static long comparable(History history) {
        var byKeys = history.operations().stream().collect(Collectors.groupingBy(TransactionReads::keys));
        return byKeys.entrySet().stream()
                .filter(group -> group.getKey().size() > 1 && group.getValue().size() > 1)
                .filter(group -> group.getValue().stream().anyMatch(TransactionReads::sawWrite))
                .mapToLong(group -> group.getValue().size())
                .sum();
    }
}
