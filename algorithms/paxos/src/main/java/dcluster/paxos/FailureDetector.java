package dcluster.paxos;

import dcluster.spi.NodeId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a leader is heard. It may be wrong in both ways, which costs time and no safety: "Paxos Made Simple", section
 * 2.4, needs a single distinguished proposer for progress alone.
 *
 * <p>How long it waits is drawn anew each time, and from a wider range with each attempt that failed: so of several that
 * stood at once one comes first, however long their messages take.
 */
final class FailureDetector {
    /** No range is wider than so many times the usual one. */
    private static final int WIDEST = 4;

    private final Replica replica;
    private @Nullable Ballot leader;
    private long heardNanos;
    private int failures;

    // How long it waits, and since when.
    private Duration timeout = Duration.ZERO;
    private long waitingSinceNanos;

    FailureDetector(Replica replica) {
        this.replica = replica;
    }

    /**
     * The first node of a cluster that has never had a leader need not wait, and tries again with each heartbeat interval
     * until its peers are up: nobody else is worth waiting for.
     */
    boolean mayHurry() {
        var durable = replica.durable();
        return replica.context().incarnation() == 1
                && durable.vows().promised() == null
                && durable.chosen() == 0
                && replica.self().equals(replica.acceptors().get(0));
    }

    /** Waits anew. */
    void await() {
        var range = replica.config().electionTimeout();
        timeout = mayHurry()
                ? replica.config().heartbeatInterval()
                : range.draw(replica.context().random());
        if (failures > 0) {
            long spread = range.most().minus(range.least()).toNanos() * Math.min(failures, WIDEST) + 1;
            timeout = timeout.plusNanos(replica.context().random().nextLong(spread));
        }
        waitingSinceNanos = replica.context().nowNanos();
        replica.context().startTimer(PaxosTimer.SUSPICION, timeout);
    }

    /** A leader that is heard moves the beginning of the wait alone, so the timer may be early: then it runs on. */
    boolean hasWaited() {
        var rest = timeout.minusNanos(replica.context().nowNanos() - waitingSinceNanos);
        if (rest.isNegative() || rest.isZero()) {
            return true;
        }
        replica.context().startTimer(PaxosTimer.SUSPICION, rest);
        return false;
    }

    /** An attempt to lead failed. */
    void fail() {
        failures++;
    }

    /** The leader of a ballot is heard. Returns whether that is news. */
    boolean hear(Ballot ballot) {
        boolean news = !ballot.equals(leader);
        leader = ballot;
        failures = 0;
        heardNanos = replica.context().nowNanos();
        waitingSinceNanos = heardNanos;
        return news;
    }

    /** Whom it followed is no leader any more. */
    void forget() {
        leader = null;
    }

    /** Whether another leader was heard of late, as far as this node can know. */
    boolean hears() {
        return leader != null
                && replica.context().nowNanos() - heardNanos
                        < replica.config().electionTimeout().least().toNanos();
    }

    /** The ballot of the leader that was heard last; null if there is none. */
    @Nullable
    Ballot ballot() {
        return leader;
    }

    /** Who led when it was heard last; empty if nobody is known to lead. */
    Optional<NodeId> leader() {
        return Optional.ofNullable(leader).map(Ballot::node);
    }
}
