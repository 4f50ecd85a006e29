package dcluster.checker.staleness;

import dcluster.checker.history.Operation;
import dcluster.checker.register.Access;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Tries each order in which operations could take effect, each between its invocation and its end and each read after
 * the write that it saw, and tells how many versions each read is behind at least. Indeterminate operations that nobody
 * saw are left out, as they could only add versions.
 */
final class BruteForce {
    static final int NOWHERE = Integer.MAX_VALUE;

    private final List<Operation> operations;

    /** By operation, whose version it saw; the number after the last for what was there at first. */
    private final int[] saw;

    private final int[] least;
    private final List<Integer> order = new ArrayList<>();

    private BruteForce(List<Operation> operations) {
        this.operations = operations;
        saw = new int[operations.size()];
        Arrays.fill(saw, -1);
        least = new int[operations.size()];
        Arrays.fill(least, NOWHERE);
    }

    /** By operation, how many versions it is behind in the best order; {@link #NOWHERE} if it saw nothing. */
    static int[] versionsBehind(List<Operation> operations) {
        var search = new BruteForce(operations);
        search.read(0);
        return search.least;
    }

    private void read(int from) {
        if (from == operations.size()) {
            order();
            return;
        }
        boolean isRead = false;
        for (int version = 0; version <= operations.size(); version++) {
            if (version != from && mayBeSeen(version, operations.get(from))) {
                isRead = true;
                saw[from] = version;
                read(from + 1);
                saw[from] = -1;
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
        return Access.writes(write)
                && write.invoked() < read.ended()
                && Objects.equals(Access.written(write), Access.seen(read));
    }

    private boolean takesPart(int number) {
        var operation = operations.get(number);
        return operation.isOk() || Arrays.stream(saw).anyMatch(version -> version == number);
    }

    private void order() {
        int firstEnd = Operation.NEVER;
        boolean isComplete = true;
        for (int i = 0; i < operations.size(); i++) {
            if (takesPart(i) && !order.contains(i)) {
                isComplete = false;
                firstEnd = Math.min(firstEnd, operations.get(i).ended());
            }
        }
        if (isComplete) {
            count();
            return;
        }
        for (int i = 0; i < operations.size(); i++) {
            boolean isOpen = takesPart(i)
                    && !order.contains(i)
                    && operations.get(i).invoked() < firstEnd
                    && (saw[i] < 0 || saw[i] == operations.size() || order.contains(saw[i]));
            if (isOpen) {
                order.add(i);
                order();
                order.remove(order.size() - 1);
            }
        }
    }

    private void count() {
        for (int read = 0; read < saw.length; read++) {
            if (saw[read] >= 0) {
                int from = order.indexOf(saw[read]) + 1;
                int between = (int) order.subList(from, order.indexOf(read)).stream()
                        .filter(number -> Access.writes(operations.get(number)))
                        .count();
                least[read] = Math.min(least[read], between);
            }
        }
    }
}
