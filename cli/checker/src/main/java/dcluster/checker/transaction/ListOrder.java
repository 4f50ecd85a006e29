package dcluster.checker.transaction;

import dcluster.checker.transaction.ListReads.Seen;
import dcluster.checker.transaction.Writers.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The order of the elements of one list: that of the longest list read, of which every other list read must be the
 * beginning.
 */
final class ListOrder {
    private final String key;
    private final Writers writers;
    private final Findings findings;
    private final List<Seen> fitting = new ArrayList<>();
    private List<?> longest = List.of();

    ListOrder(String key, Writers writers, Findings findings) {
        this.key = key;
        this.writers = writers;
        this.findings = findings;
    }

    String key() {
        return key;
    }

    /** The elements in their order. */
    List<?> elements() {
        return longest;
    }

    /** The reads that saw a beginning of the order. */
    List<Seen> fitting() {
        return fitting;
    }

    /** Takes all reads of this key, and tells what is wrong with them alone. */
    void take(List<Seen> reads) {
        var witness = longest(reads);
        if (witness != null) {
            longest = witness.elements();
            requireWritten(witness);
        }
        for (var read : reads) {
            requireFinal(read);
            if (isBeginning(read.elements(), longest)) {
                fitting.add(read);
            } else {
                tellMisfit(read, witness);
                requireWritten(read);
            }
        }
    }

    /** The longest read without an element twice. */
    private static @Nullable Seen longest(List<Seen> reads) {
        return reads.stream()
                .sorted(Comparator.comparingInt((Seen read) -> read.elements().size())
                        .reversed())
                .filter(read -> !hasDuplicates(read.elements()))
                .findFirst()
                .orElse(null);
    }

    private static boolean hasDuplicates(List<?> elements) {
        return new HashSet<Object>(elements).size() < elements.size();
    }

    private static boolean isBeginning(List<?> some, List<?> all) {
        return some.size() <= all.size() && all.subList(0, some.size()).equals(some);
    }

    private void tellMisfit(Seen read, @Nullable Seen witness) {
        if (hasDuplicates(read.elements())) {
            findings.add(
                    Phenomenon.DUPLICATE_ELEMENTS,
                    () -> saw(read) + ": it has an element twice, which nobody did",
                    read.by());
        } else if (witness != null) {
            findings.add(
                    Phenomenon.INCOMPATIBLE_ORDER,
                    () -> saw(read) + ", and " + saw(witness) + ": none is the beginning of the other",
                    read.by(),
                    witness.by());
        }
    }

    private String saw(Seen read) {
        return read.by().name() + " read " + key + " as " + read.elements();
    }

    /** Each element must have been appended by somebody who did not fail. */
    private void requireWritten(Seen read) {
        Write aborted = null;
        for (var element : read.elements()) {
            var write = writers.of(key, element);
            if (write == null) {
                findings.add(Phenomenon.UNWRITTEN, () -> saw(read) + ", and nobody appended " + element, read.by());
            } else if (write.by().isFailed()) {
                aborted = write;
                var what = ", and " + appended(write) + ", which failed";
                findings.add(Phenomenon.G1A, () -> saw(read) + what, read.by(), write.by());
            } else {
                writers.markRead(write, read.by());
                tellDirtyUpdate(read, aborted, write);
                aborted = null;
            }
        }
    }

    private void tellDirtyUpdate(Seen read, @Nullable Write aborted, Write write) {
        if (aborted == null) {
            return;
        }
        var what = ", and " + appended(write) + " after what " + aborted.by().name() + " had appended, which failed";
        findings.add(Phenomenon.DIRTY_UPDATE, () -> saw(read) + what, write.by(), aborted.by(), read.by());
    }

    private static String appended(Write write) {
        return write.by().name() + " appended " + write.value();
    }

    /** The last element must be the last that its writer appended. */
    private void requireFinal(Seen read) {
        if (read.elements().isEmpty()) {
            return;
        }
        var last = writers.of(key, read.elements().get(read.elements().size() - 1));
        if (last == null
                || last.isFinal()
                || last.by().equals(read.by())
                || last.by().isFailed()) {
            return;
        }
        var what = ", and " + last.by().name() + " appended more to it after " + last.value();
        findings.add(Phenomenon.G1B, () -> saw(read) + what, read.by(), last.by());
    }

    /** The appends in the order that certainly happened, those that were read first. */
    List<Write> read() {
        return committed(longest.stream().<Write>mapMulti((element, sink) -> {
            var write = writers.of(key, element);
            if (write != null) {
                sink.accept(write);
            }
        }));
    }

    /** The appends that certainly happened and that nobody read: they come after those that were read, in any order. */
    List<Write> unread() {
        var seen = new HashSet<Object>(longest);
        return committed(writers.all(key).stream().filter(write -> !seen.contains(write.value())));
    }

    private List<Write> committed(Stream<Write> writes) {
        return writes.filter(write -> writers.isCommitted(write.by())).toList();
    }
}
