package dcluster.checker.staleness;

import dcluster.checker.history.Operation;
import dcluster.checker.register.Access;
import dcluster.checker.register.Versions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * From when on each version of a key was certainly there, and what was newer then: versions are numbered in order of
 * their invocations, so the newer ones are those from some number on.
 */
final class Arrivals {
    static final int NONE = -1;

    private final Versions versions;
    private final int[] arrived;

    /** Of the versions from each number on, the one that arrived first; 0 beyond the last. */
    private final int[] firstFrom;

    /** Of the writes of each value, in their order, that which arrived last up to each. */
    private final Map<@Nullable Object, List<Integer>> lastByValue = new HashMap<>();

    Arrivals(Versions versions, List<Operation> operations) {
        this.versions = versions;
        arrived = new int[versions.count()];
        Arrays.setAll(arrived, versions::ended);
        operations.stream().filter(Access::reads).forEach(this::see);
        firstFrom = new int[versions.count() + 1];
        for (int version = versions.count() - 1; version > 0; version--) {
            int later = firstFrom[version + 1];
            firstFrom[version] = later == 0 || arrived[version] < arrived[later] ? version : later;
        }
        for (int version = 0; version < versions.count(); version++) {
            collect(version);
        }
    }

    /** What was read is there, if it is known which write it was. */
    private void see(Operation read) {
        var candidates = versions.candidates(read);
        if (candidates.size() == 1) {
            int version = candidates.get(0);
            arrived[version] = Math.min(arrived[version], read.ended());
        }
    }

    private void collect(int version) {
        var lasts = lastByValue.computeIfAbsent(versions.value(version), value -> new ArrayList<>());
        int before = lasts.isEmpty() ? version : lasts.get(lasts.size() - 1);
        lasts.add(arrived[before] > arrived[version] ? before : version);
    }

    /** The version that a read saw, at best; {@link #NONE} if nobody had begun to write such a one. */
    int best(Operation read) {
        var candidates = versions.candidates(read);
        if (candidates.isEmpty()) {
            return NONE;
        }
        if (!Access.writes(read)) {
            var seen = Objects.requireNonNull(lastByValue.get(Access.seen(read)));
            return seen.get(candidates.size() - 1);
        }
        return candidates.stream()
                .max(Comparator.comparingInt(version -> arrived[version]))
                .orElse(NONE);
    }

    /** The first of the versions that are newer than one. */
    int newerFrom(int version) {
        return versions.firstFrom(arrived[version]);
    }

    /** The version from a number on that arrived first; 0 if there is none. */
    int firstFrom(int version) {
        return firstFrom[version];
    }

    /** When a version had certainly arrived; {@link Operation#NEVER} if nobody knows that it did. */
    int arrived(int version) {
        return arrived[version];
    }

    /** The versions but the first, in order of their arrival. */
    int[] inOrder() {
        return IntStream.range(1, arrived.length)
                .boxed()
                .sorted(Comparator.comparingInt(version -> arrived[version]))
                .mapToInt(version -> version)
                .toArray();
    }
}
