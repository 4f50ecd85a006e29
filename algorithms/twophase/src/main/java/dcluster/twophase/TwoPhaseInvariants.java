package dcluster.twophase;

import dcluster.spi.Algorithm;
import dcluster.spi.Bytes;
import dcluster.spi.Invariant;
import dcluster.spi.NodeId;
import dcluster.twophase.TwoPhaseRecord.Decided;
import dcluster.twophase.TwoPhaseRecord.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What is true at all times, over all members that are up. Maps with hashes are looked up and never iterated over. */
final class TwoPhaseInvariants {
    private TwoPhaseInvariants() {}

    static List<Supplier<Invariant>> all() {
        return List.of(SameDecision::new, KeptLocks::new, KeptVotes::new);
    }

    /**
     * All that decide, decide the same: no participant commits what another, or the coordinator, aborts, and nobody goes back
     * (Bernstein, Hadzilacos and Goodman 1987, section 7.3, AC1 and AC2). Operators may break it.
     */
    static final class SameDecision implements Invariant {
        private static final String COORDINATOR = "the coordinator";

        private record Decider(boolean commits, NodeId node) {}

        private final Map<TransactionId, Decider> decisions = new HashMap<>();

        /** How many outcomes of a shard were looked at; each shard is one life of a participant. */
        private final Map<Shard, Long> seen = new HashMap<>();

        @Override
        public String name() {
            return "Same Decision";
        }

        @Override
        public Optional<String> violation(List<Algorithm<?, ?, ?>> members) {
            return members(members).stream()
                    .flatMap(member -> member.role() instanceof Participant participant
                            ? news(participant).flatMap(outcome -> differs(member.self(), outcome).stream())
                            : undelivered(member).stream().flatMap(decided -> contradicts(decided).stream()))
                    .findFirst();
        }

        private Stream<Outcome> news(Participant participant) {
            var outcomes = participant.shard().outcomes();
            var before = seen.put(participant.shard(), outcomes.count());
            return outcomes.last(outcomes.count() - (before == null ? 0 : before)).stream();
        }

        private Optional<String> differs(NodeId node, Outcome outcome) {
            var first = decisions.putIfAbsent(outcome.id(), new Decider(outcome.commits(), node));
            return first == null || first.commits == outcome.commits()
                    ? Optional.empty()
                    : Optional.of(told(outcome.id(), node, first));
        }

        /** What the coordinator has decided counts once somebody acts on it: before it is durable a crash may take it back. */
        private Optional<String> contradicts(Decided decided) {
            return Optional.ofNullable(decisions.get(decided.id()))
                    .filter(first -> first.commits != decided.commits())
                    .map(first -> told(decided.id(), COORDINATOR, first));
        }

        private static String told(TransactionId id, Object who, Decider first) {
            return who + (first.commits ? " aborts " : " commits ") + id + ", which " + first.node
                    + (first.commits ? " committed" : " aborted");
        }
    }

    /** What was voted on keeps its locks until the decision, and nobody else writes what it has locked. */
    static final class KeptLocks implements Invariant {
        @Override
        public String name() {
            return "Kept Locks";
        }

        @Override
        public Optional<String> violation(List<Algorithm<?, ?, ?>> members) {
            return members(members).stream()
                    .filter(member -> member.role() instanceof Participant)
                    .flatMap(member -> violation(member.self(), (Participant) member.role()).stream())
                    .findFirst();
        }

        private static Optional<String> violation(NodeId node, Participant participant) {
            if (!participant.isStarted()) {
                return Optional.empty();
            }
            var writers = new HashMap<Bytes, Claim>();
            var holding = participant.admission().holding();
            for (var claim : holding) {
                for (var mode : claim.modes().entrySet()) {
                    if (mode.getValue() == Mode.EXCLUSIVE && writers.put(mode.getKey(), claim) != null) {
                        return Optional.of("two may write " + mode.getKey() + " at " + node);
                    }
                }
            }
            return participant.shard().prepared().stream()
                    .filter(prepared ->
                            holding.stream().noneMatch(claim -> claim.age().equals(prepared.age())))
                    .map(prepared -> prepared.id() + " is prepared at " + node + " and has no locks")
                    .findFirst();
        }
    }

    /** A transaction is committed only if all that must commit it have voted yes, and nobody forgets that (AC4). */
    static final class KeptVotes implements Invariant {
        @Override
        public String name() {
            return "Kept Votes";
        }

        @Override
        public Optional<String> violation(List<Algorithm<?, ?, ?>> members) {
            var all = members(members);
            return all.stream()
                    .flatMap(member -> undelivered(member).stream())
                    .filter(Decided::commits)
                    .flatMap(decided -> violation(decided, all).stream())
                    .findFirst();
        }

        private static Optional<String> violation(Decided decided, List<TwoPhaseCommit> members) {
            return members.stream()
                    .filter(member -> decided.awaited().contains(member.self()))
                    .filter(member -> ((Participant) member.role())
                            .shard()
                            .everPrepared(decided.id())
                            .equals(Optional.of(false)))
                    .map(member -> member.self() + " has no vote on " + decided.id() + ", which is committed")
                    .findFirst();
        }
    }

    private static List<TwoPhaseCommit> members(List<Algorithm<?, ?, ?>> replicas) {
        // Every member of this run is one of two-phase commit.
        return replicas.stream().map(TwoPhaseCommit.class::cast).toList();
    }

    private static List<Decided> undelivered(TwoPhaseCommit member) {
        return member.role() instanceof Coordinator coordinator
                ? coordinator.log().undelivered()
                : List.of();
    }
}
