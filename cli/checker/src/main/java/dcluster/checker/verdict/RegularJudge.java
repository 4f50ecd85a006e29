package dcluster.checker.verdict;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Siblings;
import dcluster.checker.regular.RegularRegisters;
import dcluster.checker.regular.StaleRead;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Judges whether each read of a register returned a value that was written last, or while it was read. */
final class RegularJudge implements Judge {
    @Override
    public boolean knowsSiblings() {
        return true;
    }

    @Override
    public Ruling rule(History history, Terms terms, Consumer<String> stage) {
        var stale = RegularRegisters.check(history);
        long reads = history.operations().stream()
                .filter(operation -> operation.isOk() && operation.function().observes())
                .count();
        var reason = stale.isEmpty()
                ? Texts.count(reads, "read") + " returned what a regular register may"
                : stale.size() + " of " + Texts.count(reads, "read") + " returned what no regular register may";
        return new Ruling(
                stale.isEmpty() ? Answer.VALID : Answer.INVALID,
                reason,
                stale.stream()
                        .limit(Verdict.MOST_FINDINGS)
                        .map(RegularJudge::finding)
                        .toList(),
                Map.of("staleReads", stale.size()),
                reads,
                "no read ended with ok");
    }

    private static Finding finding(StaleRead stale) {
        var operations = Stream.of(stale.written(), stale.overwritten(), stale.read())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .sorted(Comparator.comparingInt(Operation::invoked))
                .toList();
        var key = stale.read().key();
        return Finding.of(name(stale), key == null ? "" : key, Witness.numbered(operations), reason(stale, operations));
    }

    private static String name(StaleRead stale) {
        if (stale.overwritten() == null) {
            return "read from nowhere";
        }
        return stale.isReplacedBySibling() ? "siblings that were not concurrent" : "stale read";
    }

    private static String reason(StaleRead stale, List<Operation> operations) {
        int read = operations.indexOf(stale.read()) + 1;
        boolean isOneOfSeveral = stale.read().output() instanceof Siblings;
        if (stale.overwritten() == null) {
            return read + " returned " + (isOneOfSeveral ? stale.value() + ", " : "")
                    + "what nobody had written by its end";
        }
        int overwritten = operations.indexOf(stale.overwritten()) + 1;
        if (stale.written() == null) {
            return overwritten + " had ended before " + read + " began, which returned what was there at first";
        }
        var first = (operations.indexOf(stale.written()) + 1) + " had ended before " + overwritten + " began, and ";
        return stale.isReplacedBySibling()
                ? first + "so was replaced by it; " + read + " returned the values of both"
                : first + "that ended before " + read + " began, which returned the older value";
    }
}
