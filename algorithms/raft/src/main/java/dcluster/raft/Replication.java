package dcluster.raft;

import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.AppendRejected;
import dcluster.raft.RaftMessage.AppendReply;
import dcluster.raft.RaftMessage.Heartbeat;
import dcluster.spi.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The leader's half of replication (section 5.3): one AppendEntries a follower and turn carries all that the turn
 * brought, pipelined and in parallel with the leader's own write (thesis, 10.2.1 and 10.2.2).
 */
final class Replication {
    /** After how many election timeouts of silence a snapshot's receiver is given up. */
    private static final int TIMEOUTS_UNTIL_ABANDONED = 10;

    private final Replica replica;
    private final Context<RaftMessage, RaftRecord, RaftTimer> context;
    private final RaftConfig config;
    private final Peers peers;
    private final Snapshots snapshots;
    private long round;

    // Followers that are equally far are sent the very same message, cut out of the log once.
    private @Nullable AppendEntries latest;

    Replication(Replica replica, Peers peers, Snapshots snapshots) {
        this.replica = replica;
        this.context = replica.context();
        this.config = replica.config();
        this.peers = peers;
        this.snapshots = snapshots;
    }

    // Rounds of heartbeats

    /** Begins a round: at the end of this turn every follower is told of it. Returns its number, from 1. */
    long beginRound() {
        round++;
        peers.self().answerRound(round, context.nowNanos());
        return round;
    }

    void onHeartbeatReply(Progress progress, long answered) {
        if (answered > round) {
            throw new IllegalStateException(
                    "a round was answered that has not begun: answered=" + answered + " round=" + round);
        }
        progress.answerRound(answered, context.nowNanos());
        hurry(progress);
    }

    /** The follower lives: what it was sent and has not answered for long may be lost. */
    private void hurry(Progress progress) {
        long now = context.nowNanos();
        if (progress.isUnanswered() && now - progress.unansweredSinceNanos() > patienceNanos(progress)) {
            askAgain(progress, now);
        }
    }

    /** A question costs little, pieces of a snapshot much: these are sent again once no round trip can be so long. */
    private long patienceNanos(Progress progress) {
        return progress.mode() == Progress.Mode.SNAPSHOT
                ? config.electionTimeout().least().toNanos()
                : config.heartbeatInterval().toNanos();
    }

    /** The follower lives but owes an answer: question or answer may be lost, or its disk is slow. */
    private void askAgain(Progress progress, long now) {
        progress.giveUpWaiting(now);
        snapshots.sendAgain(progress);
        if (progress.mode() != Progress.Mode.PIPELINE) {
            return;
        }
        if (progress.next() < replica.log().firstIndex()) {
            // So slow that what it was sent last is discarded here: a snapshot must take its place.
            progress.stepBackTo(progress.match() + 1);
        } else {
            // No entries: whether it has those that were sent is all there is to ask. If it has not, it rejects
            // this. Eager: as in append() below.
            context.eagerly().send(progress.node(), message(progress.next(), List.of()));
        }
    }

    /** Looks for followers that have fallen silent; called with each round that the clock begins. */
    void checkSilence() {
        long now = context.nowNanos();
        long silent = config.electionTimeout().least().toNanos();
        long gone = TIMEOUTS_UNTIL_ABANDONED * config.electionTimeout().most().toNanos();
        for (var progress : peers.others()) {
            long silence = now - progress.heardNanos();
            if (silence > silent) {
                progress.fallSilent();
            }
            if (silence > gone && progress.shipment() != null) {
                progress.abandonShipment();
            }
        }
    }

    /** A follower recovers from a wipe, and has no heartbeat's reply to show that it lives. */
    void onRecover(Progress progress, long incarnation) {
        if (!progress.recover(incarnation, replica.log().lastIndex())) {
            hurry(progress);
        }
    }

    // Answers

    /** Returns whether more of what the follower, or this node's own disk, holds counts than before. */
    boolean onAgreement(Progress progress, AppendReply reply) {
        long index = reply.matchIndex();
        if (index > replica.log().lastIndex()) {
            throw new IllegalStateException("Log Matching: agreement with entries that were never sent: node="
                    + progress.node() + " index=" + index + " lastIndex="
                    + replica.log().lastIndex());
        }
        return progress.acknowledge(index, reply.counts(), context.nowNanos());
    }

    void onRejection(Progress progress, AppendRejected rejection) {
        if (progress.credits(rejection.previousIndex())) {
            progress.stepBackTo(firstDoubtful(rejection));
        }
    }

    /**
     * Where the logs may begin to differ. The follower holds {@code conflictTerm} from {@code conflictIndex} on; if
     * this log holds entries of that term too the two agree up to its last one here, else nothing of that term can stay
     * (end of section 5.3).
     */
    private long firstDoubtful(AppendRejected rejection) {
        if (rejection.conflictTerm() == 0) {
            return rejection.conflictIndex();
        }
        var log = replica.log();
        long index = Math.min(rejection.previousIndex(), log.lastIndex() + 1) - 1;
        while (index >= rejection.conflictIndex()
                && index >= log.firstIndex()
                && log.termAt(index) > rejection.conflictTerm()) {
            index--;
        }
        boolean common = index >= rejection.conflictIndex()
                && index >= log.firstIndex()
                && log.termAt(index) == rejection.conflictTerm();
        return common ? index + 1 : rejection.conflictIndex();
    }

    // Sending

    /** Sends each follower what it lacks and may be sent now; called at the end of each turn. */
    void endTurn() {
        for (var progress : peers.others()) {
            switch (progress.mode()) {
                case PROBE -> probe(progress);
                case PIPELINE -> fill(progress);
                case SNAPSHOT -> snapshots.send(progress);
            }
            if (progress.roundSent() < round) {
                heartbeat(progress);
            }
        }
        latest = null;
    }

    private void probe(Progress progress) {
        if (!progress.awaitsReply()) {
            append(progress);
        }
    }

    private void fill(Progress progress) {
        while (progress.mode() == Progress.Mode.PIPELINE
                && progress.next() <= replica.log().lastIndex()
                && hasRoom(progress)) {
            append(progress);
        }
    }

    private boolean hasRoom(Progress progress) {
        long sent = progress.next() - 1;
        var window = config.pipeline();
        return sent - progress.match() < window.entries()
                && replica.log().bytesBetween(progress.match(), sent)
                        < window.bytes().bytes();
    }

    private void append(Progress progress) {
        if (progress.next() < replica.log().firstIndex()) {
            snapshots.begin(progress);
            snapshots.send(progress);
            return;
        }
        var message = batchFrom(progress.next());
        // Eager: entries may be known elsewhere before they are durable here, since they count for this node only
        // once they are; if it crashes before, it never leads this term again (thesis, 10.2.1). The commit index is
        // durable on a majority.
        context.eagerly().send(progress.node(), message);
        progress.sent(message.entries().size(), context.nowNanos());
        progress.tellRound(round);
    }

    private AppendEntries batchFrom(long index) {
        var same = latest;
        if (same == null || same.previousIndex() != index - 1) {
            var batch = config.batch();
            same = message(
                    index,
                    replica.log().slice(index, batch.entries(), batch.bytes().bytes()));
            latest = same;
        }
        return same;
    }

    private AppendEntries message(long index, List<Entry> entries) {
        return new AppendEntries(
                replica.durable().term(),
                index - 1,
                replica.log().termAt(index - 1),
                replica.commitment().commit(),
                round,
                entries);
    }

    private void heartbeat(Progress progress) {
        long commit = Math.min(progress.match(), replica.commitment().commit());
        // Eager: the votes that made this node leader are durable on a majority, and so is the commit index.
        context.eagerly().send(progress.node(), new Heartbeat(replica.durable().term(), commit, round));
        progress.tellRound(round);
    }
}
