package dcluster.toolkit;

import dcluster.spi.Algorithm;
import dcluster.spi.Invariant;
import dcluster.spi.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * If a replica has applied an entry at an index to its state machine, no other will ever apply a different entry at that
 * index (Raft, 5.4.3). Of entries that came by a snapshot the state's hash is compared. It remembers what it has looked at,
 * so that after a step it looks at what that step changed.
 */
public final class StateMachineSafety implements Invariant {
    /** Above this many remembered indexes those that no replica holds any more are forgotten. */
    private static final int REMEMBERED = 20_000;

    private record Reached(long applied, long hash) {}

    private final NavigableMap<Long, Sized> entries = new TreeMap<>();
    private final NavigableMap<Long, Long> hashes = new TreeMap<>();
    // For looking up alone: its order means nothing.
    private final Map<NodeId, Reached> checked = new HashMap<>();

    @Override
    public String name() {
        return "State Machine Safety";
    }

    @Override
    public Optional<String> violation(List<Algorithm<?, ?, ?>> replicas) {
        // Every replica of a run is one of the algorithm that has this invariant.
        @SuppressWarnings("unchecked")
        var all = (List<Replicated>) (List<?>) replicas;
        for (var replica : all) {
            var violation = violation(replica, all);
            if (violation != null) {
                return Optional.of(violation);
            }
        }
        return Optional.empty();
    }

    private @Nullable String violation(Replicated replica, List<Replicated> all) {
        var machine = replica.machine();
        long applied = machine.applied();
        var seen = checked.get(replica.self());
        if (seen != null && seen.applied() == applied && seen.hash() == machine.hash()) {
            return null;
        }
        long before = seen == null ? 0 : seen.applied();
        var hash = hashes.putIfAbsent(applied, machine.hash());
        if (hash != null && hash != machine.hash()) {
            return "states after entry " + applied + " differ: " + replica.self() + " has hash " + machine.hash()
                    + ", another had " + hash;
        }
        var log = replica.log();
        // A replica that was restarted applies the same entries again.
        long first = Math.max(applied < before ? 1 : before + 1, log.firstIndex());
        for (long index = first; index <= applied; index++) {
            var other = entries.putIfAbsent(index, log.entry(index));
            if (other != null && !other.equals(log.entry(index))) {
                return "entry " + index + " was applied twice and differs: " + replica.self() + " applied "
                        + log.entry(index) + ", another " + other;
            }
        }
        checked.put(replica.self(), new Reached(applied, machine.hash()));
        forget(entries, all);
        forget(hashes, all);
        return null;
    }

    /** Lets go of what is remembered of indexes that no replica holds any more, once there is much of it. */
    public static void forget(NavigableMap<Long, ?> remembered, List<? extends Replicated> all) {
        if (remembered.size() > REMEMBERED) {
            long first = all.stream()
                    .mapToLong(replica -> replica.log().firstIndex())
                    .min()
                    .orElse(0);
            remembered.headMap(first, false).clear();
        }
    }
}
