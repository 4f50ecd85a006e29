package dcluster.checker.transaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What time says of the versions of one register, where levels respect it: a version is older than another one whose
 * writer was invoked when its own had ended, and than what the same client wrote later. So whoever read it comes before
 * those writers, if transactions are to look as if in real time, or each client's in its order.
 */
final class TimedVersions {
    /** Of who reads and writes a register, those that come next are enough to find most of what is wrong. */
    private static final int MOST_DIRECT = 8;

    private final Graph graph;
    private final String key;
    private final List<Writers.Write> byStart;
    private final Map<Object, Writers.Write> nextOfClient = new HashMap<>();
    private final Map<Integer, Integer> places = new HashMap<>();
    private final int firstHub;

    /** {@code all} are the last writes to a key of transactions that happened. */
    TimedVersions(Graph graph, String key, List<Writers.Write> all) {
        this.graph = graph;
        this.key = key;
        byStart = new ArrayList<>(all);
        byStart.sort(Comparator.comparingInt(TimedVersions::start));
        for (int i = 0; i < byStart.size(); i++) {
            places.put(byStart.get(i).by().number(), i);
        }
        firstHub = chain();
        var later = new HashMap<Long, Writers.Write>();
        for (int i = byStart.size() - 1; i >= 0; i--) {
            var write = byStart.get(i);
            var next = later.put(write.by().operation().client(), write);
            if (next != null) {
                nextOfClient.put(write.value(), next);
            }
        }
    }

    private static int start(Writers.Write write) {
        return write.by().operation().invoked();
    }

    /** A hub for each write, in order of their invocations, which leads to its writer and to the next hub. */
    private int chain() {
        int first = graph.nodes();
        byStart.forEach(write -> graph.hub());
        for (int i = 0; i < byStart.size(); i++) {
            var version = byStart.get(i).version();
            graph.add(first + i, version.transaction(), Relation.RW_REALTIME, new Reason(key, null, version.value()));
            if (i + 1 < byStart.size()) {
                graph.add(first + i, first + i + 1, Relation.RW_REALTIME, null);
            }
        }
        return first;
    }

    /** Some transactions read what was written by one that ended with ok. */
    void read(Writers.Write write, List<Version> readers) {
        int next = firstAfter(write.by().operation().ended());
        for (var reader : readers) {
            var before = new Reason(key, write.value(), null);
            if (next < byStart.size() && !isWriter(reader, next)) {
                graph.add(reader.transaction(), firstHub + next, Relation.RW_REALTIME, before);
            } else {
                addDirectly(reader, write, next);
            }
            var later = nextOfClient.get(write.value());
            if (later != null && later.by().number() != reader.transaction()) {
                var reason = new Reason(key, write.value(), later.value());
                graph.add(reader.transaction(), later.by().number(), Relation.RW_PROCESS, reason);
            }
        }
    }

    private void addDirectly(Version reader, Writers.Write write, int next) {
        int end = Math.min(byStart.size(), next + MOST_DIRECT);
        for (var later : byStart.subList(next, end)) {
            var reason = new Reason(key, write.value(), later.value());
            graph.add(reader.transaction(), later.by().number(), Relation.RW_REALTIME, reason);
        }
    }

    /** Whether the reader wrote the key, too, from a place on: through hubs it would come before itself. */
    private boolean isWriter(Version reader, int from) {
        return places.getOrDefault(reader.transaction(), -1) >= from;
    }

    private int firstAfter(int end) {
        int low = 0;
        int high = byStart.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (start(byStart.get(middle)) > end) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
