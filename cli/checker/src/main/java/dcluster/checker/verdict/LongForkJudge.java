package dcluster.checker.verdict;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.transaction.LongFork;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
                "no two transactions that ended with ok read two registers in common, and saw a write");
    }

    /**
     * Transactions that read two registers which another one read, too. If neither saw a write, there was nothing of
     * which they could have seen one part without the other.
     */
    private static long comparable(History history) {
        var byKeys = history.operations().stream().collect(Collectors.groupingBy(TransactionReads::foundKeys));
        var saw = byKeys.values().stream().collect(Collectors.partitioningBy(LongForkJudge::sawWrite));
        var groups = new ArrayList<>(saw.getOrDefault(true, List.of()));
        groups.addAll(saw.getOrDefault(false, List.of()));
        var overlapping = overlapping(groups);
        return overlapping.stream().mapToLong(group -> groups.get(group).size()).sum();
    }

    private static boolean sawWrite(List<Operation> group) {
        return group.stream().anyMatch(TransactionReads::sawWrite);
    }

    /** Of groups that read the same, those that can be compared with themselves or others; who saw writes is first. */
    private static BitSet overlapping(List<List<Operation>> groups) {
        var overlapping = new BitSet();
        var firstWith = new HashMap<List<String>, Integer>();
        for (int group = 0; group < groups.size(); group++) {
            var keys = List.copyOf(TransactionReads.foundKeys(groups.get(group).get(0)));
            if (keys.size() > 1 && groups.get(group).size() > 1 && sawWrite(groups.get(group))) {
                overlapping.set(group);
            }
            for (var pair : groups.size() > 1 ? pairs(keys) : List.<List<String>>of()) {
                var other = firstWith.putIfAbsent(pair, group);
                if (other != null && sawWrite(groups.get(other))) {
                    overlapping.set(group);
                    overlapping.set(other);
                }
            }
        }
        return overlapping;
    }

    private static List<List<String>> pairs(List<String> keys) {
        return IntStream.range(1, keys.size())
                .boxed()
                .flatMap(last -> keys.subList(0, last).stream().map(first -> List.of(first, keys.get(last))))
                .toList();
    }
}
