package dcluster.raft;

import dcluster.spi.Algorithm;
import dcluster.spi.Invariant;
import dcluster.spi.NodeId;
import dcluster.toolkit.StateMachineSafety;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Figure 3 as code: what is true at all times, over all replicas. Each remembers what it has looked at, so that after a
 * step it looks at what that step changed; maps with hashes are looked up and never iterated over.
 */
final class RaftInvariants {
    private RaftInvariants() {}

    static List<Supplier<Invariant>> all() {
        return List.of(
                ElectionSafety::new,
                LeaderAppendOnly::new,
                LogMatching::new,
                LeaderCompleteness::new,
                StateMachineSafety::new);
    }

    /** An invariant that looks at one replica after the other. */
    private interface OfEach extends Invariant {
        @Nullable
        String violation(Raft replica, List<Raft> all);

        @Override
        default Optional<String> violation(List<Algorithm<?, ?, ?>> replicas) {
            // Every replica of this run is one of Raft.
            @SuppressWarnings("unchecked")
            var all = (List<Raft>) (List<?>) replicas;
            for (var replica : all) {
                var violation = violation(replica, all);
                if (violation != null) {
                    return Optional.of(violation);
                }
            }
            return Optional.empty();
        }
    }

    /** At most one leader can be elected in a given term (5.2). */
    static final class ElectionSafety implements OfEach {
        private final Map<Long, NodeId> leaders = new HashMap<>();

        @Override
        public String name() {
            return "Election Safety";
        }

        @Override
        public @Nullable String violation(Raft replica, List<Raft> all) {
            if (replica.role() != Role.LEADER) {
                return null;
            }
            long term = replica.durable().term();
            var other = leaders.putIfAbsent(term, replica.self());
            return other == null || other.equals(replica.self())
                    ? null
                    : "two leaders in term " + term + ": " + other + " and " + replica.self();
        }
    }

    /** A leader never overwrites or deletes entries in its log; it only appends new entries (5.3). */
    static final class LeaderAppendOnly implements OfEach {
        private record Seen(long term, long lastIndex, long lastTerm) {}

        private final Map<NodeId, Seen> leaders = new HashMap<>();

        @Override
        public String name() {
            return "Leader Append-Only";
        }

        @Override
        public @Nullable String violation(Raft replica, List<Raft> all) {
            if (replica.role() != Role.LEADER) {
                leaders.remove(replica.self());
                return null;
            }
            var durable = replica.durable();
            var log = durable.log();
            var now = new Seen(durable.term(), log.lastIndex(), log.lastTerm());
            var before = leaders.get(replica.self());
            if (now.equals(before)) {
                return null;
            }
            leaders.put(replica.self(), now);
            if (before == null || before.term() != durable.term() || before.lastIndex() < log.firstIndex() - 1) {
                return null;
            }
            return durable.holds(before.lastIndex(), before.lastTerm())
                    ? null
                    : replica.self() + " leads term " + before.term() + " and removed its entry " + before.lastIndex();
        }
    }

    /**
     * If two logs contain an entry with the same index and term, then the logs are identical in all entries up through
     * the given index (5.3). Since every entry is compared, it is enough that entries of one index and term are equal
     * and follow an entry of one and the same term.
     */
    static final class LogMatching implements OfEach {
        private record Place(long term, long termBefore, Entry entry) {}

        private record Checked(long index, Entry entry) {}

        private final NavigableMap<Long, Map<Long, Place>> places = new TreeMap<>();
        private final Map<NodeId, Checked> checked = new HashMap<>();

        @Override
        public String name() {
            return "Log Matching";
        }

        @Override
        public @Nullable String violation(Raft replica, List<Raft> all) {
            var log = replica.durable().log();
            long first = firstUnchecked(replica);
            if (first > log.lastIndex()) {
                return null;
            }
            for (long index = first; index <= log.lastIndex(); index++) {
                var place = new Place(log.termAt(index), log.termAt(index - 1), log.entry(index));
                var known = places.computeIfAbsent(index, i -> new HashMap<>()).putIfAbsent(place.term(), place);
                if (known != null && !known.equals(place)) {
                    return "entry " + index + " of term " + place.term() + " differs: " + replica.self() + " holds "
                            + place.entry() + " after term " + place.termBefore() + ", another held " + known.entry()
                            + " after term " + known.termBefore();
                }
            }
            checked.put(replica.self(), new Checked(log.lastIndex(), log.entry(log.lastIndex())));
            StateMachineSafety.forget(places, all);
            return null;
        }

        private long firstUnchecked(Raft replica) {
            var log = replica.durable().log();
            var last = checked.get(replica.self());
            if (last == null || last.index() < log.firstIndex() || last.index() > log.lastIndex()) {
                return log.firstIndex();
            }
            // Entries go and come at the end alone: while this very entry stands, so do all before it.
            return log.entry(last.index()) == last.entry() ? last.index() + 1 : log.firstIndex();
        }
    }

    /**
     * If a log entry is committed in a given term, then that entry will be present in the logs of the leaders for all
     * higher-numbered terms (5.4).
     */
    static final class LeaderCompleteness implements OfEach {
        private record Committed(long entryTerm, long inTerm) {}

        private final NavigableMap<Long, Committed> committed = new TreeMap<>();
        private final Map<NodeId, Long> checkedTerms = new HashMap<>();

        @Override
        public String name() {
            return "Leader Completeness";
        }

        @Override
        public @Nullable String violation(Raft replica, List<Raft> all) {
            var violation = learn(replica, all);
            if (violation != null || replica.role() != Role.LEADER) {
                return violation;
            }
            long term = replica.durable().term();
            var before = checkedTerms.put(replica.self(), term);
            StateMachineSafety.forget(committed, all);
            return before != null && before == term ? null : missing(replica, 0);
        }

        /** Remembers what is newly known to be committed, and looks for it at leaders of later terms. */
        private @Nullable String learn(Raft replica, List<Raft> all) {
            var log = replica.durable().log();
            long known = committed.isEmpty() ? 0 : committed.lastKey();
            if (replica.commit() <= known) {
                return null;
            }
            for (long index = Math.max(known + 1, log.firstIndex()); index <= replica.commit(); index++) {
                committed.put(
                        index,
                        new Committed(log.termAt(index), replica.durable().term()));
            }
            for (var other : all) {
                var violation = other.role() == Role.LEADER ? missing(other, known) : null;
                if (violation != null) {
                    return violation;
                }
            }
            return null;
        }

        private @Nullable String missing(Raft leader, long after) {
            var durable = leader.durable();
            long first = Math.max(after + 1, durable.log().firstIndex());
            for (var entry : committed.tailMap(first, true).entrySet()) {
                var known = entry.getValue();
                if (known.inTerm() < durable.term() && !durable.holds(entry.getKey(), known.entryTerm())) {
                    return leader.self() + ", leader of term " + durable.term() + ", does not hold entry "
                            + entry.getKey() + " of term " + known.entryTerm() + ", committed in term "
                            + known.inTerm();
                }
            }
            return null;
        }
    }
}
