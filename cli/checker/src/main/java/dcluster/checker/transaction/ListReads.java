package dcluster.checker.transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What transactions saw of lists. A read after appends of its own ends with these; what stands before them is what the
 * others had left.
 */
final class ListReads {
    /**
     * What a transaction saw that others had left.
     *
     * @param isWriter whether the transaction appended to the key, too
     */
    record Seen(Transaction by, List<?> elements, boolean isWriter) {}

    private static final class Local {
        private final List<Object> own = new ArrayList<>();
        private final List<List<?>> seen = new ArrayList<>();

        /** What a read must begin with; null if nothing is known. */
        private @Nullable List<?> expected() {
            return seen.isEmpty() ? null : seen.get(seen.size() - 1);
        }

        /** Takes a read, and tells whether it is what the transaction itself must have left. */
        private boolean read(List<?> list) {
            int before = list.size() - own.size();
            boolean endsWithOwn =
                    before >= 0 && list.subList(before, list.size()).equals(own);
            var found = endsWithOwn ? list.subList(0, before) : list;
            var expected = expected();
            if (found.equals(expected)) {
                return endsWithOwn;
            }
            seen.add(found);
            return endsWithOwn && expected == null;
        }
    }

    private final Findings findings;
    private final Map<String, List<Seen>> byKey = new TreeMap<>();

    ListReads(Findings findings) {
        this.findings = findings;
    }

    void take(Transaction transaction) {
        if (!transaction.isOk()) {
            return;
        }
        var locals = new HashMap<String, Local>();
        for (var step : transaction.steps()) {
            var local = locals.computeIfAbsent(step.key(), key -> new Local());
            if (!step.isRead()) {
                local.own.add(step.written());
                continue;
            }
            var expected = local.expected();
            if (!local.read(step.elements())) {
                tellInternal(transaction, step, expected, local.own);
            }
        }
        locals.forEach((key, local) ->
                local.seen.forEach(elements -> byKey.computeIfAbsent(key, unknown -> new ArrayList<>())
                        .add(new Seen(transaction, elements, !local.own.isEmpty()))));
    }

    private void tellInternal(Transaction by, Step step, @Nullable List<?> expected, List<?> own) {
        findings.add(
                Phenomenon.INTERNAL,
                () -> by.name() + " read " + step.key() + " as " + step.value() + ", where it had "
                        + (expected == null ? "" : "read " + expected + (own.isEmpty() ? "" : " and "))
                        + (own.isEmpty() ? "" : "appended " + own),
                by);
    }

    /** The reads by key. */
    Map<String, List<Seen>> byKey() {
        return byKey;
    }
}
