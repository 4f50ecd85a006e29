package dcluster.checker.transaction;

import dcluster.checker.transaction.Deadline.OutOfTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What reads and writes of registers say of the order of their versions, and of transactions. Null comes first. What a
 * transaction writes comes after what it wrote to the key before, and, if it wrote nothing before, after what it had
 * read of it. What more time tells is {@link TimedVersions}.
 */
final class RegisterVersions {
    private static final class Local {
        private boolean isRead;
        private boolean isWritten;
        private @Nullable Object value;
    }

    /** Who read a version of a key, who wrote right after it, and who of these had read it. */
    private static final class Known {
        private final List<Version> readers = new ArrayList<>();
        private final List<Version> successors = new ArrayList<>();
        private final List<Transaction> updaters = new ArrayList<>();
    }

    private final Writers writers;
    private final Graph graph;
    private final Findings findings;

    /** By key, and by value; null stands for what the key is at first. */
    private final Map<String, Map<@Nullable Object, Known>> versions = new TreeMap<>();

    RegisterVersions(Writers writers, Graph graph, Findings findings) {
        this.writers = writers;
        this.graph = graph;
        this.findings = findings;
    }

    void infer(List<Transaction> transactions, Deadline deadline) throws OutOfTime {
        for (var transaction : transactions) {
            markRead(transaction);
        }
        // Only now is it known who committed.
        for (var transaction : transactions) {
            deadline.requireSometimes(transaction.number());
            if (writers.isCommitted(transaction)) {
                take(transaction);
            }
        }
        for (var key : versions.entrySet()) {
            deadline.require();
            key.getValue().forEach((value, known) -> relate(key.getKey(), value, known));
            relateByUpdates(key.getKey(), key.getValue());
            relateByTime(key.getKey(), key.getValue());
        }
    }

    private void markRead(Transaction transaction) {
        for (var step : transaction.steps()) {
            var write = step.isRead() && step.value() != null ? writers.of(step.key(), step.value()) : null;
            if (write != null) {
                writers.markRead(write, transaction);
            }
        }
    }

    private Known known(String key, @Nullable Object value) {
        return versions.computeIfAbsent(key, unknown -> new HashMap<>()).computeIfAbsent(value, unknown -> new Known());
    }

    // One transaction

    private void take(Transaction transaction) {
        var locals = new HashMap<String, Local>();
        for (var step : transaction.steps()) {
            var local = locals.computeIfAbsent(step.key(), key -> new Local());
            if (step.isRead()) {
                read(transaction, step, local);
            } else {
                write(transaction, step, local);
            }
        }
    }

    private void read(Transaction by, Step step, Local local) {
        boolean isKnown = local.isRead || local.isWritten;
        if (isKnown && Objects.equals(local.value, step.value())) {
            return;
        }
        if (isKnown) {
            var reason = by.name() + " read " + step.key() + " as " + step.value() + ", where it had "
                    + (local.isWritten ? "written " : "read ") + local.value;
            findings.add(Phenomenon.INTERNAL, () -> reason, by);
        }
        if (!local.isWritten) {
            local.isRead = true;
            local.value = step.value();
        }
        known(step.key(), step.value()).readers.add(new Version(by.number(), step.value()));
        requireGood(by, step);
    }

    private void requireGood(Transaction by, Step step) {
        if (step.value() == null) {
            return;
        }
        var write = writers.of(step.key(), step.value());
        var saw = by.name() + " read " + step.key() + " as " + step.value();
        if (write == null) {
            findings.add(Phenomenon.UNWRITTEN, () -> saw + ", and nobody wrote that", by);
        } else if (write.by().isFailed()) {
            findings.add(
                    Phenomenon.G1A,
                    () -> saw + ", and " + write.by().name() + ", which wrote it, failed",
                    by,
                    write.by());
        } else if (!write.isFinal() && !write.by().equals(by)) {
            var reason = saw + ", and " + write.by().name() + ", which wrote it, overwrote it itself";
            findings.add(Phenomenon.G1B, () -> reason, by, write.by());
        }
    }

    private void write(Transaction by, Step step, Local local) {
        var version = new Version(by.number(), step.value());
        if (!local.isWritten) {
            known(step.key(), null).successors.add(version);
        }
        if (local.value != null) {
            known(step.key(), local.value).successors.add(version);
        }
        if (local.isRead && !local.isWritten) {
            known(step.key(), local.value).updaters.add(by);
            requireClean(by, step, local.value);
        }
        local.isWritten = true;
        local.value = step.value();
    }

    private void requireClean(Transaction by, Step step, @Nullable Object before) {
        var write = before == null ? null : writers.of(step.key(), before);
        if (write != null && write.by().isFailed()) {
            var reason = by.name() + " wrote " + step.value() + " to " + step.key() + " over " + before + ", and "
                    + write.by().name() + ", which wrote that, failed";
            findings.add(Phenomenon.DIRTY_UPDATE, () -> reason, by, write.by());
        }
    }

    /**
     * Whoever updates null has the second version, for no other lies between what it read and what it wrote; whoever
     * updates that has the third, and so on. What others wrote comes after all of these.
     */
    private void relateByUpdates(String key, Map<@Nullable Object, Known> all) {
        var first = new HashSet<Integer>();
        var readers = new ArrayList<Version>();
        var known = all.get(null);
        while (known != null
                && known.updaters.size() == 1
                && first.add(known.updaters.get(0).number())) {
            var last = writers.last(key, known.updaters.get(0));
            known = last == null ? null : all.get(last.value());
            readers.addAll(known == null ? List.of() : known.readers);
        }
        var others = writers.all(key).stream()
                .filter(write -> write.isFinal()
                        && writers.isCommitted(write.by())
                        && !first.contains(write.by().number()))
                .map(Writers.Write::version)
                .toList();
        if (!first.isEmpty()) {
            graph.connect(Relation.RW, key, readers, others);
        }
    }

    private void relateByTime(String key, Map<@Nullable Object, Known> all) {
        var happened = writers.all(key).stream()
                .filter(write -> write.isFinal() && writers.isCommitted(write.by()))
                .toList();
        var timed = new TimedVersions(graph, key, happened);
        all.forEach((value, known) -> {
            var write = value == null ? null : writers.of(key, value);
            if (write != null && write.isFinal() && write.by().isOk()) {
                timed.read(write, known.readers);
            }
        });
    }

    // One version

    private void relate(String key, @Nullable Object value, Known known) {
        var write = value == null ? null : writers.of(key, value);
        if (write != null && writers.isCommitted(write.by())) {
            graph.connect(Relation.WW, key, List.of(write.version()), known.successors);
            graph.connect(Relation.WR, key, List.of(write.version()), known.readers);
        }
        graph.connect(Relation.RW, key, known.readers, known.successors);
        for (int i = 1; i < known.updaters.size(); i++) {
            var first = known.updaters.get(0);
            var other = known.updaters.get(i);
            var reason =
                    first.name() + " and " + other.name() + " read " + key + " as " + value + ", and both wrote it";
            findings.add(Phenomenon.LOST_UPDATE, () -> reason, first, other);
        }
    }
}
