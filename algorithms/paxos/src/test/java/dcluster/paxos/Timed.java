package dcluster.paxos;

import dcluster.spi.NodeId;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.TimedCluster;
import dcluster.toolkit.testing.TimedCluster.Asked;
import dcluster.toolkit.testing.TimedCluster.Delays;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** A cluster of replicas in virtual time. */
final class Timed {
    static final Duration MESSAGE = Duration.ofMillis(5);
    static final Duration SYNC = Duration.ofMillis(3);

    final TimedCluster<PaxosMessage, PaxosRecord, PaxosTimer, Paxos> cluster;
    private final PaxosConfig config;

    /** It has just started. */
    Timed(int size, PaxosConfig config, Delays delays, long seed) {
        this.config = config;
        this.cluster = new TimedCluster<>(
                Members.of(size),
                context -> new Paxos(config, context),
                PaxosInvariants.all().stream().map(Supplier::get).toList(),
                delays,
                seed);
    }

    /** It has a leader, and is at rest. */
    static Timed led(int size, PaxosConfig config) {
        var timed = new Timed(size, config, Delays.of(MESSAGE, SYNC), 1);
        timed.settle();
        return timed;
    }

    /** All that is under way comes to its end; heartbeats do not, so this is no longer than one of their intervals. */
    void settle() {
        cluster.run(config.heartbeatInterval().minusMillis(1));
    }

    NodeId leader() {
        return leaderIfAny().orElseThrow();
    }

    /** Of several that believe to lead the one of the highest ballot. */
    Optional<NodeId> leaderIfAny() {
        return cluster.nodes().stream()
                .filter(cluster::isUp)
                .filter(node -> cluster.replica(node).proposer().leads())
                .max(Comparator.comparing(node ->
                        Objects.requireNonNull(cluster.replica(node).proposer().ballot())));
    }

    /** A write at the leader. */
    Asked write() {
        return cluster.request(leader(), Single.put("a", "1").command());
    }

    /** How often that was told. */
    int count(String event) {
        return (int) cluster.told().stream()
                .filter(told -> told.event().equals(event))
                .count();
    }
}
