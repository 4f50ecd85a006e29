package dcluster.paxos;

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
 * What Paxos Made Simple says of proposals, as code over all replicas. Each invariant remembers what it has looked at, so
 * that after a step it looks at what that step changed; maps with hashes are looked up and never iterated over.
 */
final class PaxosInvariants {
    private PaxosInvariants() {}

    static List<Supplier<Invariant>> all() {
        return List.of(DifferentNumbers::new, SingleValue::new, P2b::new, StateMachineSafety::new);
    }

    /** An invariant that looks at one replica after the other. */
    private interface OfEach extends Invariant {
        @Nullable
        String violation(Paxos replica, List<Paxos> all);

        @Override
        default Optional<String> violation(List<Algorithm<?, ?, ?>> replicas) {
            // Every replica of this run is one of Paxos.
            @SuppressWarnings("unchecked")
            var all = (List<Paxos>) (List<?>) replicas;
            for (var replica : all) {
                var violation = violation(replica, all);
                if (violation != null) {
                    return Optional.of(violation);
                }
            }
            return Optional.empty();
        }
    }

    /** The last state in which each acceptor was looked at. */
    private static final class Looked {
        private record Seen(Vows vows, long changes) {}

        private final Map<NodeId, Seen> seen = new HashMap<>();

        boolean isNews(Paxos replica) {
            var vows = replica.durable().vows();
            var now = new Seen(vows, vows.changes());
            return !now.equals(seen.put(replica.self(), now));
        }
    }

    /**
     * Different proposals have different numbers (2.2): whatever acceptors have accepted in one instance under one ballot is
     * one value.
     */
    static final class DifferentNumbers implements OfEach {
        private final NavigableMap<Long, Map<Ballot, Value>> proposed = new TreeMap<>();
        private final Looked looked = new Looked();

        @Override
        public String name() {
            return "Different Proposals Have Different Numbers";
        }

        @Override
        public @Nullable String violation(Paxos replica, List<Paxos> all) {
            if (!looked.isNews(replica)) {
                return null;
            }
            for (var placed : replica.durable().vows().acceptedFrom(1)) {
                var proposal = placed.proposal();
                var other = proposed.computeIfAbsent(placed.slot(), slot -> new HashMap<>())
                        .putIfAbsent(proposal.ballot(), proposal.value());
                if (other != null && !other.equals(proposal.value())) {
                    return "two values in instance " + placed.slot() + " of ballot " + proposal.ballot() + ": "
                            + replica.self() + " accepted " + proposal.value() + ", another " + other;
                }
            }
            StateMachineSafety.forget(proposed, all);
            return null;
        }
    }

    /** Only a single value is chosen (2.1): no two replicas know different values of one instance to be chosen. */
    static final class SingleValue implements OfEach {
        private final NavigableMap<Long, Value> chosen = new TreeMap<>();
        private final Map<NodeId, Long> checked = new HashMap<>();

        @Override
        public String name() {
            return "Only a Single Value Is Chosen";
        }

        @Override
        public @Nullable String violation(Paxos replica, List<Paxos> all) {
            var log = replica.log();
            long before = checked.getOrDefault(replica.self(), 0L);
            if (before == log.lastIndex()) {
                return null;
            }
            // A replica that was restarted learns the same values again.
            long first = Math.max(log.lastIndex() < before ? 1 : before + 1, log.firstIndex());
            for (long slot = first; slot <= log.lastIndex(); slot++) {
                var other = chosen.putIfAbsent(slot, log.entry(slot));
                if (other != null && !other.equals(log.entry(slot))) {
                    return "two values are chosen in instance " + slot + ": " + replica.self() + " learned "
                            + log.entry(slot) + ", another " + other;
                }
            }
            checked.put(replica.self(), log.lastIndex());
            StateMachineSafety.forget(chosen, all);
            return null;
        }
    }

    /**
     * If a proposal with value v is chosen, then every higher-numbered proposal issued by any proposer has value v (2.2,
     * P2b), as far as acceptors have accepted it. What a leader knows to be chosen was chosen in its ballot or a lower one.
     */
    static final class P2b implements OfEach {
        private record Chosen(Ballot by, Value value) {}

        private final NavigableMap<Long, Chosen> chosen = new TreeMap<>();
        private final Map<NodeId, Long> learned = new HashMap<>();
        private final Looked looked = new Looked();

        @Override
        public String name() {
            return "P2b";
        }

        @Override
        public @Nullable String violation(Paxos replica, List<Paxos> all) {
            if (learn(replica)) {
                for (var each : all) {
                    var violation = contradiction(each);
                    if (violation != null) {
                        return violation;
                    }
                }
                StateMachineSafety.forget(chosen, all);
            }
            return looked.isNews(replica) ? contradiction(replica) : null;
        }

        /** Remembers what a leader newly knows to be chosen; returns whether there was any. */
        private boolean learn(Paxos replica) {
            var ballot = replica.proposer().ballot();
            var log = replica.log();
            long before = learned.getOrDefault(replica.self(), 0L);
            if (ballot == null || before == log.lastIndex()) {
                return false;
            }
            for (long slot = Math.max(before + 1, log.firstIndex()); slot <= log.lastIndex(); slot++) {
                chosen.putIfAbsent(slot, new Chosen(ballot, log.entry(slot)));
            }
            learned.put(replica.self(), log.lastIndex());
            return true;
        }

        private @Nullable String contradiction(Paxos replica) {
            for (var placed : replica.durable().vows().acceptedFrom(1)) {
                var known = chosen.get(placed.slot());
                var proposal = placed.proposal();
                if (known != null
                        && known.by().isBelow(proposal.ballot())
                        && !known.value().equals(proposal.value())) {
                    return "instance " + placed.slot() + " has chosen " + known.value() + " by ballot " + known.by()
                            + ", and " + replica.self() + " accepted " + proposal.value() + " in ballot "
                            + proposal.ballot();
                }
            }
            return null;
        }
    }
}
