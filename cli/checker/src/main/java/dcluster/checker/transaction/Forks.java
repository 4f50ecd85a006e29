package dcluster.checker.transaction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds reads that contradict each other; in the square of how many registers one reads, and not of how many read. */
final class Forks {
    /** A transaction, the registers that it read, and which of these it saw written. */
    record Read(Transaction by, Set<String> keys, Set<String> written) {}

    private final List<Violation> violations = new ArrayList<>();
    /** Who first saw the write of a register, and not the one of another. */
    private final Map<String, Map<String, Read>> before = new HashMap<>();

    private final boolean isOneGroup;

    private Forks(boolean isOneGroup) {
        this.isOneGroup = isOneGroup;
    }

    /** Of reads in groups that read the same registers. */
    static List<Violation> among(Collection<List<Read>> groups) {
        var forks = new Forks(groups.size() == 1);
        groups.forEach(forks::compare);
        forks.violations.sort(
                Comparator.comparing(violation -> violation.operations().get(0).invoked()));
        return forks.violations;
    }

    /** In order of how much they saw, each must have seen all that the one before it saw; then all agree. */
    private void compare(List<Read> group) {
        var bySize = new ArrayList<>(group);
        bySize.sort(Comparator.comparingInt(read -> read.written().size()));
        Set<String> less = Set.of();
        for (int i = 0; i < bySize.size(); i++) {
            var read = bySize.get(i);
            if (!read.written().containsAll(less)) {
                violations.add(violation(bySize.get(i - 1), read));
            }
            if (!isOneGroup) {
                compareWithOthers(read, less);
            }
            less = read.written();
        }
    }

    /** What follows from registers that the one before saw written, too, has been noted with that. */
    private void compareWithOthers(Read read, Set<String> seenBefore) {
        var seen = new TreeSet<>(read.written());
        seen.removeAll(seenBefore);
        var unseen = new TreeSet<>(read.keys());
        unseen.removeAll(read.written());
        boolean isFork = false;
        for (var first : seen) {
            for (var second : unseen) {
                var other = before.getOrDefault(second, Map.of()).get(first);
                if (!isFork && other != null && !other.keys().equals(read.keys())) {
                    violations.add(violation(other, read));
                    isFork = true;
                }
                before.computeIfAbsent(first, key -> new HashMap<>()).putIfAbsent(second, read);
            }
        }
    }

    private static Violation violation(Read one, Read other) {
        var operations = List.of(one.by().operation(), other.by().operation());
        var reason = one.by().text() + "; " + other.by().text() + ": " + sawAlone(one, other) + ", and "
                + sawAlone(other, one);
        return new Violation(operations, reason);
    }

    private static String sawAlone(Read one, Read other) {
        var alone = new TreeSet<>(one.written());
        alone.retainAll(other.keys());
        alone.removeAll(other.written());
        return "only " + one.by().name() + " saw the write of " + String.join(", ", alone);
    }
}
