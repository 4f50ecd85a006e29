package dcluster.checker.session;

import dcluster.checker.history.Operation;
import dcluster.checker.register.Access;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Tries each order of the writes with each way to read the history: the definition, word by word. */
final class BruteForce {
    private static final Set<Guarantee> ALL = EnumSet.allOf(Guarantee.class);

    /** The place of no version. */
    private static final int NONE = -1;

    private final List<Operation> operations;

    /** By operation, the place in the order of what it wrote; by the number after the last, of what was there at first. */
    private final int[] written;

    /** By operation, whose version it saw. */
    private final int[] saw;

    private final Set<Set<Guarantee>> found = new HashSet<>();

    private BruteForce(List<Operation> operations) {
        this.operations = operations;
        written = new int[operations.size() + 1];
        saw = new int[operations.size()];
        Arrays.fill(written, NONE);
        Arrays.fill(saw, NONE);
        written[operations.size()] = 0;
    }

    /** For each order and each way to read the history, the guarantees that hold in it; no more once all do. */
    static Set<Set<Guarantee>> satisfied(List<Operation> operations) {
        var search = new BruteForce(operations);
        search.order(1);
        return search.found;
    }

    private void order(int place) {
        boolean isComplete = true;
        for (int i = 0; i < operations.size() && !found.contains(ALL); i++) {
            if (Access.writes(operations.get(i)) && written[i] == NONE) {
                isComplete = false;
                written[i] = place;
                order(place + 1);
                written[i] = NONE;
            }
        }
        if (isComplete) {
            read(0);
        }
    }

    private void read(int from) {
        if (from == operations.size()) {
            found.add(holding());
            return;
        }
        boolean isRead = false;
        for (int version = 0; version < written.length && !found.contains(ALL); version++) {
            if (version != from && mayBeSeen(version, operations.get(from))) {
                isRead = true;
                saw[from] = version;
                read(from + 1);
                saw[from] = NONE;
            }
        }
        if (!isRead) {
            read(from + 1);
        }
    }

    private boolean mayBeSeen(int version, Operation read) {
        if (!Access.reads(read) || version == operations.size()) {
            return Access.reads(read) && Access.seen(read) == null;
        }
        var write = operations.get(version);
        return written[version] != NONE
                && write.invoked() < read.ended()
                && Objects.equals(Access.written(write), Access.seen(read));
    }

    private Set<Guarantee> holding() {
        var holding = EnumSet.allOf(Guarantee.class);
        for (int a = 0; a < operations.size(); a++) {
            for (int b = a; b < operations.size(); b++) {
                if (operations.get(a).client() == operations.get(b).client()) {
                    compare(a, b, holding);
                }
            }
        }
        return holding;
    }

    private void compare(int a, int b, Set<Guarantee> holding) {
        int wroteBefore = a != b && operations.get(a).isOk() ? written[a] : NONE;
        int sawBefore = saw[a] == NONE ? NONE : written[saw[a]];
        int sawLater = saw[b] == NONE ? Integer.MAX_VALUE : written[saw[b]];
        int wroteLater = written[b] == NONE ? Integer.MAX_VALUE : written[b];
        if (wroteBefore > sawLater) {
            holding.remove(Guarantee.READ_YOUR_WRITES);
        }
        if (wroteBefore > wroteLater) {
            holding.remove(Guarantee.MONOTONIC_WRITES);
        }
        if (sawBefore > sawLater) {
            holding.remove(Guarantee.MONOTONIC_READS);
        }
        if (sawBefore > wroteLater) {
            holding.remove(Guarantee.WRITES_FOLLOW_READS);
        }
    }
}
