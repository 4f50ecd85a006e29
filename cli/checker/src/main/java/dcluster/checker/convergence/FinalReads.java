package dcluster.checker.convergence;

import dcluster.checker.finding.Finding;
import dcluster.checker.finding.Judgement;
import dcluster.checker.history.Clock;
import dcluster.checker.history.Event;
import dcluster.checker.history.Function;
import dcluster.checker.history.Operation;
import dcluster.checker.register.Access;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The reads of one key after the heal and its last write. */
final class FinalReads {
    private final String key;
    private final Clock clock;

    /** The position from which on nothing hinders the nodes to agree. */
    private final int quiet;

    /** All reads since then, in order of their invocations. */
    private final List<Operation> reads;

    /** What writes with unknown outcomes may still write. */
    private final Set<@Nullable Object> pending = new HashSet<>();

    FinalReads(String key, List<Operation> operations, Event heal, Clock clock) {
        this.key = key;
        this.clock = clock;
        int lastWrite = 0;
        for (var operation : operations) {
            Access.requireKnown(operation);
            if (Access.writes(operation) && operation.isIndeterminate()) {
                pending.add(Access.written(operation));
            } else if (Access.writes(operation)) {
                lastWrite = Math.max(lastWrite, operation.ended());
            }
        }
        quiet = Math.max(lastWrite, heal.line());
        reads = operations.stream()
                .filter(operation -> operation.isOk() && operation.function() == Function.READ)
                .filter(read -> read.invoked() > quiet)
                .toList();
    }

    private long sinceQuiet(Operation read) {
        return clock.at(read.invoked()) - clock.at(quiet);
    }

    KeyConvergence judge(Duration settle, Set<String> nodes) {
        var settled = reads.stream()
                .filter(read -> sinceQuiet(read) >= settle.toNanos())
                .toList();
        if (settled.isEmpty()) {
            var why = where() + "nothing was read after the heal, its last write and the time to settle";
            return new KeyConvergence(key, Judgement.unknown(why), 0, 0, Duration.ZERO);
        }
        var last = settled.get(settled.size() - 1).output();
        var old = reads.stream()
                .filter(read -> !Objects.equals(read.output(), last))
                .toList();
        var took = old.isEmpty() ? 0 : sinceQuiet(old.get(old.size() - 1));
        return new KeyConvergence(key, judgement(settled, nodes), settled.size(), old.size(), Duration.ofNanos(took));
    }

    private String where() {
        return key.isEmpty() ? "" : key + ": ";
    }

    private Judgement judgement(List<Operation> settled, Set<String> nodes) {
        var other = differing(settled);
        if (other != null) {
            return other;
        }
        var silent = new TreeSet<>(nodes);
        settled.stream().map(Operation::node).filter(Objects::nonNull).forEach(silent::remove);
        return silent.isEmpty()
                ? Judgement.holds()
                : Judgement.unknown(where() + "no final read was served by " + String.join(", ", silent));
    }

    /** What is to be said if not all returned the same; null if they did. */
    private @Nullable Judgement differing(List<Operation> settled) {
        var first = settled.get(0);
        Operation certain = null;
        Operation differing = null;
        for (var read : settled) {
            differing = Objects.equals(read.output(), first.output()) ? differing : read;
            if (pending.contains(read.output())) {
                continue;
            }
            if (certain != null && !Objects.equals(certain.output(), read.output())) {
                return disagreement(certain, read);
            }
            certain = read;
        }
        if (differing == null) {
            return null;
        }
        return certain == null ? open(first, differing) : gone(settled, certain);
    }

    /** One value is certainly of no late write: no read of it may begin after one of another has ended. */
    private Judgement gone(List<Operation> settled, Operation certain) {
        var firstOther = settled.stream()
                .filter(read -> !Objects.equals(read.output(), certain.output()))
                .min((one, two) -> Integer.compare(one.ended(), two.ended()))
                .orElseThrow();
        // The last read of the certain value is the last that began.
        return firstOther.ended() < certain.invoked() ? disagreement(firstOther, certain) : open(firstOther, certain);
    }

    private Judgement open(Operation one, Operation other) {
        return Judgement.unknown(text(one, other) + "; a write whose outcome is unknown may have come between them");
    }

    private Judgement disagreement(Operation one, Operation other) {
        return Judgement.violated(List.of(new Finding(List.of(one, other), text(one, other))));
    }

    private String text(Operation one, Operation other) {
        return where() + "after heal and last write " + text(one) + ", and " + text(other);
    }

    private static String text(Operation read) {
        var node = read.node() == null ? "somebody" : read.node();
        return node + " returned " + read.output() + " (process " + read.client() + ", line " + read.ended() + ")";
    }
}
