package dcluster.raft;

import dcluster.spi.NodeId;
import dcluster.toolkit.Shipment;
import org.jspecify.annotations.Nullable;

/**
 * What a leader knows of one member, and how it feeds it (figure 2, volatile state on leaders). Always
 * {@code match < next}; the entries between them are on their way.
 *
 * <pre>{@code
 *                 acknowledges              needs a discarded entry
 *   +-------+ --------------------> +----------+ ----------------> +----------+
 *   | PROBE |                       | PIPELINE |                   | SNAPSHOT |
 *   +-------+ <-------------------- +----------+ <---------------- +----------+
 *     ^   |    rejects, or is silent                 installs it      ^    |
 *     |   +--------------- needs a discarded entry -------------------+    |
 *     +------------------- is silent for very long ------------------------+
 * }</pre>
 */
final class Progress {
    enum Mode {
        /** It is not known where the logs agree: one message at a time. */
        PROBE,
        /** The logs agree: message after message without waiting, as far as the window allows. */
        PIPELINE,
        /** A snapshot is sent, chunk after chunk, as far as the window allows. */
        SNAPSHOT
    }

    private final NodeId node;
    private Mode mode = Mode.PROBE;

    // matchIndex and nextIndex of figure 2. Entries up to match are durable there; those from next on were never sent.
    // Of those up to match only the ones up to counted count for commitment: all, unless it recovers from a wipe.
    private long match;
    private long counted;
    private long next;

    // In which it asked last for all that it needs to recover; 0 if it did not.
    private long recoveringIncarnation;

    // In PROBE: a message is out and the next one waits for its answer.
    private boolean awaitsReply;
    private @Nullable Shipment<SnapshotId> shipment;

    // Since when the least that is unanswered has been so; and when anything was heard last.
    private long unansweredSinceNanos;
    private long heardNanos;

    // Rounds of heartbeats: the latest it was told of, and the latest it answered.
    private long roundSent;
    private long round;
    private long answeredNanos;

    Progress(NodeId node, long next, long nowNanos) {
        this.node = node;
        this.next = next;
        this.heardNanos = nowNanos;
        this.unansweredSinceNanos = nowNanos;
        this.answeredNanos = nowNanos;
    }

    /** It holds everything up to an index; the greatest it ever said is true. Returns whether more counts than before. */
    boolean acknowledge(long index, boolean counts, long nowNanos) {
        boolean isMore = counts && index > counted;
        counted = isMore ? index : counted;
        boolean news = index > match;
        match = Math.max(match, index);
        if (news) {
            unansweredSinceNanos = nowNanos;
        }
        var sending = shipment;
        if (mode == Mode.PROBE || (sending != null && match >= sending.id().index())) {
            mode = Mode.PIPELINE;
            shipment = null;
            awaitsReply = false;
            next = match + 1;
        }
        next = Math.max(next, match + 1);
        return isMore;
    }

    /**
     * It recovers from a wipe, in that incarnation: nothing of what it ever said of its log is so any more. Returns whether
     * that is news.
     */
    boolean recover(long incarnation, long lastIndex) {
        if (incarnation <= recoveringIncarnation) {
            return false;
        }
        recoveringIncarnation = incarnation;
        mode = Mode.PROBE;
        shipment = null;
        awaitsReply = false;
        match = 0;
        counted = 0;
        next = lastIndex + 1;
        return true;
    }

    /** Whether a rejection of what follows an index can be true; others answer messages that were overtaken. */
    boolean credits(long rejectedIndex) {
        return switch (mode) {
            case PROBE -> rejectedIndex == next - 1 && rejectedIndex > match;
            case PIPELINE -> rejectedIndex < next && rejectedIndex > match;
            case SNAPSHOT -> false;
        };
    }

    /** The logs disagree: tries again from an earlier index on, but never from what is known to agree. */
    void stepBackTo(long index) {
        mode = Mode.PROBE;
        awaitsReply = false;
        next = Math.max(match + 1, Math.min(index, next - 1));
    }

    /** That many entries go out, from {@code next} on. */
    void sent(int count, long nowNanos) {
        if (mode != Mode.PIPELINE || next == match + 1) {
            unansweredSinceNanos = nowNanos;
        }
        next += mode == Mode.PIPELINE ? count : 0;
        awaitsReply = mode != Mode.PIPELINE;
    }

    /** Something of a snapshot is out, and nothing that is was answered before. */
    void beginWaiting(long nowNanos) {
        unansweredSinceNanos = nowNanos;
    }

    void beginShipment(Shipment<SnapshotId> begun) {
        mode = Mode.SNAPSHOT;
        shipment = begun;
        awaitsReply = false;
    }

    /** What is out may be lost: the next message need not wait for its answer. */
    void giveUpWaiting(long nowNanos) {
        awaitsReply = false;
        unansweredSinceNanos = nowNanos;
    }

    /** Nothing was heard for a while: nothing more is sent to it before it is heard again. */
    void fallSilent() {
        if (mode == Mode.PIPELINE) {
            mode = Mode.PROBE;
            next = match + 1;
            awaitsReply = true;
        }
    }

    /** Lets go of a snapshot whose receiver is gone, lest it hold old states in memory for ever. */
    void abandonShipment() {
        shipment = null;
        mode = Mode.PROBE;
        next = match + 1;
        awaitsReply = true;
    }

    void hear(long nowNanos) {
        heardNanos = nowNanos;
    }

    void tellRound(long told) {
        roundSent = told;
    }

    void answerRound(long answered, long nowNanos) {
        round = Math.max(round, answered);
        answeredNanos = nowNanos;
    }

    /** Whether something is out that no answer has come for. */
    boolean isUnanswered() {
        var sending = shipment;
        return switch (mode) {
            case PROBE -> awaitsReply;
            case PIPELINE -> next > counted + 1;
            case SNAPSHOT -> sending != null && sending.isOut();
        };
    }

    NodeId node() {
        return node;
    }

    Mode mode() {
        return mode;
    }

    long match() {
        return match;
    }

    long counted() {
        return counted;
    }

    long next() {
        return next;
    }

    boolean awaitsReply() {
        return awaitsReply;
    }

    @Nullable
    Shipment<SnapshotId> shipment() {
        return shipment;
    }

    long unansweredSinceNanos() {
        return unansweredSinceNanos;
    }

    long heardNanos() {
        return heardNanos;
    }

    /** When it answered a round last, as whoever recovers from a wipe does not. */
    long answeredNanos() {
        return answeredNanos;
    }

    long roundSent() {
        return roundSent;
    }

    long round() {
        return round;
    }
}
