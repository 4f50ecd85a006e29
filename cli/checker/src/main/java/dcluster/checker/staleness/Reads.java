package dcluster.checker.staleness;

import dcluster.checker.history.Clock;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.register.Access;
import dcluster.checker.register.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Measures how stale each read was. */
public final class Reads {
    /** So many of the worst reads are shown. */
    private static final int SHOWN = 10;

    private static final Comparator<StaleRead> BY_VERSIONS =
            Comparator.comparingInt(StaleRead::versions).thenComparing(StaleRead::time);
    private static final Comparator<StaleRead> BY_TIME =
            Comparator.comparing(StaleRead::time).thenComparing(StaleRead::versions);

    private final Clock clock;
    private final PriorityQueue<StaleRead> furthest = new PriorityQueue<>(BY_VERSIONS);
    private final PriorityQueue<StaleRead> oldest = new PriorityQueue<>(BY_TIME);
    private final List<Operation> unwritten = new ArrayList<>();
    private final long[] versionsBehind;
    private final long[] nanosBehind;
    private int reads;
    private int stale;

    private Reads(History history) {
        clock = new Clock(history);
        int most = (int) history.operations().stream().filter(Access::reads).count();
        versionsBehind = new long[most];
        nanosBehind = new long[most];
    }

    /**
     * Measures all reads of a history, key by key.
     *
     * @throws dcluster.checker.history.UnfitException with the line, if the history has other operations than reads, writes and
     *     compare-and-sets
     */
    public static Staleness measure(History history) {
        var measured = new Reads(history);
        history.byKey().values().forEach(measured::key);
        return measured.result();
    }

    private Staleness result() {
        return new Staleness(
                reads,
                stale,
                Distribution.of(Arrays.copyOf(versionsBehind, reads)),
                Distribution.of(Arrays.copyOf(nanosBehind, reads)),
                furthest.stream().sorted(BY_VERSIONS.reversed()).toList(),
                oldest.stream().sorted(BY_TIME.reversed()).toList(),
                unwritten);
    }

    private void key(List<Operation> operations) {
        var versions = new Versions(operations);
        var arrivals = new Arrivals(versions, operations);
        var inOrder = arrivals.inOrder();
        var there = new Tally(versions.count());
        int next = 0;
        for (var read : operations) {
            if (!Access.reads(read)) {
                continue;
            }
            while (next < inOrder.length && arrivals.arrived(inOrder[next]) < read.invoked()) {
                there.mark(inOrder[next++]);
            }
            int seen = arrivals.best(read);
            if (seen == Arrivals.NONE) {
                unwritten.add(read);
                continue;
            }
            int newer = arrivals.newerFrom(seen);
            int behind = there.from(newer);
            if (behind > 0) {
                var first = arrivals.firstFrom(newer);
                long nanos = clock.at(read.invoked()) - clock.at(arrivals.arrived(first));
                var written = seen == Versions.FIRST ? null : versions.write(seen);
                stale(new StaleRead(read, written, versions.write(first), behind, Duration.ofNanos(nanos)));
            }
            reads++;
        }
    }

    private void stale(StaleRead read) {
        stale++;
        versionsBehind[reads] = read.versions();
        nanosBehind[reads] = read.time().toNanos();
        keep(furthest, read);
        keep(oldest, read);
    }

    private static void keep(PriorityQueue<StaleRead> worst, StaleRead read) {
        worst.add(read);
        if (worst.size() > SHOWN) {
            worst.remove();
        }
    }
}
