package dcluster.raft;

import dcluster.spi.NodeId;
import dcluster.toolkit.Handover;
import dcluster.toolkit.Quorums;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a leader knows of all members, itself among them: it counts itself as it counts the others. */
final class Peers implements Handover.Successors {
    private final Progress self;
    private final List<Progress> all;
    private final List<Progress> others;
    // For looking up alone: its order means nothing.
    private final Map<NodeId, Progress> byNode = new HashMap<>();
    private final long[] values;
    private final Replica replica;

    Peers(Replica replica) {
        this.replica = replica;
        long now = replica.context().nowNanos();
        long next = replica.log().lastIndex() + 1;
        this.all = replica.context().members().ids().stream()
                .map(id -> new Progress(id, next, now))
                .toList();
        all.forEach(progress -> byNode.put(progress.node(), progress));
        var own = of(replica.context().self());
        if (own == null) {
            throw new IllegalStateException("not a member: " + replica.context().self());
        }
        this.self = own;
        this.others = all.stream().filter(progress -> progress != own).toList();
        this.values = new long[all.size()];
    }

    /** What is known of a member; null if there is no such member. */
    @Nullable
    Progress of(NodeId node) {
        return byNode.get(node);
    }

    Progress self() {
        return self;
    }

    List<Progress> others() {
        return others;
    }

    /** Of the other nodes that answer the one that holds most of the log. */
    @Override
    public Optional<NodeId> best() {
        return others.stream()
                .filter(this::answers)
                .max(Comparator.comparingLong(Progress::counted))
                .map(Progress::node);
    }

    @Override
    public Optional<String> obstacle(NodeId next) {
        var progress = of(next);
        if (progress == null || !answers(progress)) {
            return Optional.of(next + " is not heard: it is down, cut off, or recovers from a wipe");
        }
        boolean isAlone = majoritySilenceNanos(replica.context().nowNanos()) > patienceNanos();
        return isAlone ? Optional.of("too few nodes are heard to elect another leader") : Optional.empty();
    }

    /** Whoever recovers from a wipe answers no heartbeat. */
    private boolean answers(Progress progress) {
        return replica.context().nowNanos() - progress.answeredNanos() <= patienceNanos();
    }

    private long patienceNanos() {
        return replica.config().electionTimeout().least().toNanos();
    }

    /** The greatest index up to which a majority holds the log durably. */
    long majorityMatch() {
        return majority(Progress::counted);
    }

    /** The latest round that a majority answered. */
    long majorityRound() {
        return majority(Progress::round);
    }

    /** How long ago, at most, each node of some majority answered a round; this one answers itself. */
    long majoritySilenceNanos(long nowNanos) {
        self.answerRound(self.round(), nowNanos);
        return -majority(progress -> progress.answeredNanos() - nowNanos);
    }

    private long majority(ToLongFunction<Progress> value) {
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsLong(all.get(i));
        }
        return Quorums.majorityIndex(values);
    }
}
