package dcluster.checker.transaction;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who wrote what. Nothing is written twice to a key, so that what is read tells who wrote it. */
final class Writers {
    /**
     * One value that a transaction wrote.
     *
     * @param place its place among what the transaction wrote to this key, from 0
     * @param isFinal whether the transaction wrote nothing to the key after it
     */
    record Write(Transaction by, Object value, int place, boolean isFinal) {
        Version version() {
            return new Version(by.number(), value);
        }
    }

    private final Map<String, Map<Object, Write>> writes = new TreeMap<>();
    private final BitSet committed = new BitSet();

    /**
     * The writers of all transactions.
     *
     * @throws dcluster.checker.history.UnfitException if a value is written twice to a key by transactions that may
     *     both have happened
     */
    Writers(List<Transaction> transactions) {
        for (var transaction : transactions) {
            committed.set(transaction.number(), transaction.isOk());
            var byKey = new LinkedHashMap<String, List<Object>>();
            for (var step : transaction.steps()) {
                if (!step.isRead()) {
                    byKey.computeIfAbsent(step.key(), key -> new ArrayList<>()).add(step.written());
                }
            }
            byKey.forEach((key, values) -> enter(transaction, key, values));
        }
    }

    private void enter(Transaction by, String key, List<Object> values) {
        var ofKey = writes.computeIfAbsent(key, unknown -> new LinkedHashMap<>());
        for (int i = 0; i < values.size(); i++) {
            var write = new Write(by, values.get(i), i, i + 1 == values.size());
            var before = ofKey.get(write.value());
            if (before == null || before.by().isFailed()) {
                ofKey.put(write.value(), write);
            } else if (!by.isFailed()) {
                throw Steps.refused(
                        by.operation().invoked(),
                        write.value() + " is written to " + key
                                + " again, as in line "
                                + before.by().operation().invoked()
                                + "; each value must be written once, or nobody can tell which write was read");
            }
        }
    }

    @Nullable
    Write of(String key, Object value) {
        var ofKey = writes.get(key);
        return ofKey == null ? null : ofKey.get(value);
    }

    /** What a transaction left in a key; null if it did not write it. */
    @Nullable
    Write last(String key, Transaction by) {
        Write last = null;
        for (var step : by.steps()) {
            last = !step.isRead() && step.key().equals(key) ? of(key, step.written()) : last;
        }
        return last;
    }

    /** What was written to a key, in order of the invocations. */
    Collection<Write> all(String key) {
        var ofKey = writes.get(key);
        return ofKey == null ? List.of() : ofKey.values();
    }

    Set<String> keys() {
        return writes.keySet();
    }

    /** Somebody read what this transaction wrote, so it happened, whatever its client was told. */
    void markRead(Write write, Transaction reader) {
        if (!write.by().equals(reader) && !write.by().isFailed()) {
            committed.set(write.by().number());
        }
    }

    /** Whether a transaction certainly happened. */
    boolean isCommitted(Transaction transaction) {
        return committed.get(transaction.number());
    }
}
