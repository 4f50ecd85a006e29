package dcluster.twophase;

import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.twophase.TwoPhaseMessage.Consultation;
import dcluster.twophase.TwoPhaseMessage.Inquiry;
import dcluster.twophase.TwoPhaseRecord.Prepared;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/** Asks what was decided of that which this participant has voted yes on, until somebody knows. */
final class Doubts {
    /** What an operator has decided holds up nobody, so the true decision may come later. */
    private static final int PATIENCE_ONCE_RESOLVED = 16;

    private static final class Doubt {
        private final long sinceNanos;
        private long askedNanos;
        private boolean isNoted;
        private boolean isLogLost;

        Doubt(long nowNanos) {
            this.sinceNanos = nowNanos;
            this.askedNanos = nowNanos;
        }
    }

    private final TwoPhaseCommitConfig config;
    private final NodeId coordinator;
    private final Context<TwoPhaseMessage, ?, ?> context;
    private final Shard shard;
    private final SortedMap<TransactionId, Doubt> doubts = new TreeMap<>();

    Doubts(TwoPhaseCommitConfig config, NodeId coordinator, Context<TwoPhaseMessage, ?, ?> context, Shard shard) {
        this.config = config;
        this.coordinator = coordinator;
        this.context = context;
        this.shard = shard;
    }

    /** It has voted yes; the decision is awaited for a while before anybody is asked. */
    void begin(TransactionId id) {
        doubts.put(id, new Doubt(context.nowNanos()));
    }

    /** The decision is known. */
    void end(TransactionId id) {
        doubts.remove(id);
    }

    boolean isAny() {
        return !doubts.isEmpty();
    }

    /** Asks for all whose time has come. */
    void ask() {
        shard.prepared().forEach(prepared -> ask(prepared, config.resendAfter()));
        var seldom = config.resendAfter().multipliedBy(PATIENCE_ONCE_RESOLVED);
        shard.unconfirmed().forEach(each -> ask(each.prepared(), seldom));
    }

    private void ask(Prepared prepared, Duration pause) {
        var doubt = doubts.computeIfAbsent(prepared.id(), id -> new Doubt(context.nowNanos()));
        if (context.nowNanos() - doubt.askedNanos < pause.toNanos()) {
            return;
        }
        doubt.askedNanos = context.nowNanos();
        if (!doubt.isNoted) {
            doubt.isNoted = true;
            context.note("in doubt", "transaction", prepared.id());
        }
        inquire(coordinator, new Inquiry(prepared.id(), prepared.protocol()));
        if (config.termination() == Termination.COOPERATIVE) {
            prepared.writers().stream()
                    .filter(node -> !node.equals(context.self()))
                    .forEach(node -> inquire(node, new Consultation(prepared.id())));
        }
    }

    private void inquire(NodeId node, TwoPhaseMessage question) {
        // A question claims nothing.
        context.eagerly().send(node, question);
    }

    /** The coordinator cannot know any more: people are told, and others are asked on. */
    void logLost(TransactionId id) {
        var doubt = doubts.get(id);
        if (doubt != null && !doubt.isLogLost) {
            doubt.isLogLost = true;
            context.note("in doubt for good, for the coordinator has lost its log", "transaction", id);
        }
    }

    /** Whether the coordinator has said that it cannot know. */
    boolean isLogLost(TransactionId id) {
        var doubt = doubts.get(id);
        return doubt != null && doubt.isLogLost;
    }

    /** For how long, in nanoseconds; since its start, if this node was started since. */
    long ageNanos(TransactionId id) {
        var doubt = doubts.get(id);
        return doubt == null ? 0 : context.nowNanos() - doubt.sinceNanos;
    }

    /** For how long the oldest of all that holds locks, in nanoseconds; 0 if there is none. */
    long oldestAgeNanos() {
        return shard.prepared().stream()
                .mapToLong(prepared -> ageNanos(prepared.id()))
                .max()
                .orElse(0);
    }
}
