package dcluster.raft;

import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.AppendRejected;
import dcluster.raft.RaftMessage.AppendReply;
import dcluster.raft.RaftMessage.Heartbeat;
import dcluster.raft.RaftMessage.HeartbeatReply;
import dcluster.raft.RaftMessage.InstallSnapshot;
import dcluster.raft.RaftMessage.PreVote;
import dcluster.raft.RaftMessage.PreVoteReply;
import dcluster.raft.RaftMessage.Recover;
import dcluster.raft.RaftMessage.RecoverReply;
import dcluster.raft.RaftMessage.RecoveryDurable;
import dcluster.raft.RaftMessage.RequestVote;
import dcluster.raft.RaftMessage.SnapshotReply;
import dcluster.raft.RaftMessage.StaleTerm;
import dcluster.raft.RaftMessage.TimeoutNow;
import dcluster.raft.RaftMessage.VoteReply;
import dcluster.spi.Algorithm;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Status;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.Handover;
import dcluster.toolkit.Replicated;
import dcluster.toolkit.Retention;
import dcluster.toolkit.Rewriting;
import dcluster.toolkit.StateMachine;
import java.util.LinkedHashMap;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One Raft replica: puts the parts together and hands each event to the part that it concerns. */
final class Raft implements Algorithm<RaftMessage, RaftRecord, RaftTimer>, Election.Listener, Replicated {
    private final Context<RaftMessage, RaftRecord, RaftTimer> context;
    private final DurableState durable;
    private final Commitment commitment;
    private final Replica replica;
    private final Election election;
    private final Following following;
    private final Amnesia amnesia;
    private final Retention retention;
    private final Rewriting<RaftRecord> rewriting;
    private final HandlerTable<NodeId, RaftMessage> messages;
    private @Nullable Leadership leadership;

    Raft(RaftConfig config, Context<RaftMessage, RaftRecord, RaftTimer> context) {
        this.context = context;
        this.durable = new DurableState(config.sessions());
        this.commitment = new Commitment(context, durable);
        this.replica = new Replica(context, config, durable, commitment);
        this.election = new Election(replica, this);
        this.following = new Following(replica, election);
        this.retention = new Retention(durable.log(), config.snapshotEvery());
        this.rewriting = new Rewriting<>(context, config.snapshotEvery().bytes().bytes());
        this.amnesia = new Amnesia(replica, election, following);
        var installation = new Installation(replica, election, following);
        this.messages = HandlerTable.of(RaftMessage.class)
                .on(PreVote.class, (from, m) -> remembering(() -> election.onPreVote(from, m)))
                .on(PreVoteReply.class, election::onPreVoteReply)
                .on(RequestVote.class, (from, m) -> remembering(() -> election.onRequestVote(from, m)))
                .on(VoteReply.class, election::onVoteReply)
                .on(TimeoutNow.class, (from, m) -> remembering(() -> election.onTimeoutNow(from, m)))
                .on(Recover.class, (from, m) -> amnesia.onRecover(from, m, leadership))
                .on(RecoverReply.class, amnesia::onReply)
                .on(RecoveryDurable.class, (from, m) -> amnesia.onDurable(m))
                .on(StaleTerm.class, (from, stale) -> election.onStaleTerm(stale))
                .on(AppendEntries.class, following::onAppendEntries)
                .on(Heartbeat.class, following::onHeartbeat)
                .on(InstallSnapshot.class, installation::onInstallSnapshot)
                .on(AppendReply.class, (from, m) -> leading(m, leader -> leader.onAppendReply(from, m)))
                .on(AppendRejected.class, (from, m) -> leading(m, leader -> leader.onAppendRejected(from, m)))
                .on(HeartbeatReply.class, (from, m) -> leading(m, leader -> leader.onHeartbeatReply(from, m)))
                .on(SnapshotReply.class, (from, m) -> leading(m, leader -> leader.onSnapshotReply(from, m)))
                .build();
    }

    @Override
    public void replay(RaftRecord change) {
        durable.replay(change);
    }

    @Override
    public void start() {
        commitment.restored();
        amnesia.start();
        election.start();
    }

    @Override
    public void onMessage(NodeId from, RaftMessage message) {
        messages.dispatch(from, message);
    }

    /** Whoever has forgotten its votes gives none. */
    private void remembering(Runnable handler) {
        if (!amnesia.isUnderWay()) {
            handler.run();
        }
    }

    /** An answer to what a leader sent concerns it only while it leads the term in which it sent it. */
    private void leading(RaftMessage answer, Consumer<Leadership> handler) {
        election.observe(answer.term());
        if (leadership != null && answer.term() == durable.term()) {
            handler.accept(leadership);
        }
    }

    @Override
    public void onTimer(RaftTimer timer) {
        switch (timer) {
            case ELECTION -> election.onTimer();
            case HEARTBEAT -> onHeartbeatTimer();
            case HANDOVER -> onHandoverTimer();
            case RECOVERY -> amnesia.onTimer();
            case APPLY -> {
                // Applying goes on at the end of each turn, and this is one.
            }
        }
    }

    private void onHeartbeatTimer() {
        if (leadership != null && !leadership.onHeartbeatTimer()) {
            election.loseQuorum();
        }
    }

    private void onHandoverTimer() {
        if (leadership != null) {
            leadership.onHandoverTimer();
        }
    }

    @Override
    public void onRequest(Request request) {
        if (leadership != null) {
            leadership.onRequest(request);
        } else if (request.command() instanceof Command.Operation) {
            context.reply(request, Handover.notLeading(election.leader()));
        } else {
            // Eager: it claims only that nothing was done here.
            context.eagerly().reply(request, refusal());
        }
    }

    private Response refusal() {
        return election.leader()
                .<Response>map(Response.Redirect::new)
                .orElseGet(() -> new Response.Failed(
                        Response.Reason.UNAVAILABLE, "no leader is known; one may be elected shortly"));
    }

    @Override
    public void endTurn() {
        following.endTurn();
        amnesia.endTurn();
        long needed = Long.MAX_VALUE;
        if (leadership != null) {
            leadership.endTurn();
            needed = leadership.shippedThrough();
        } else {
            commitment.apply((index, command, outcome) -> {});
        }
        long applied = durable.machine().applied();
        retention.drop(applied, needed);
        rewriting.tryIt(
                applied,
                durable.bytes(),
                () -> StateRecords.of(durable, replica.config().chunkBytes()));
    }

    @Override
    public void elected() {
        leadership = new Leadership(replica);
    }

    @Override
    public void deposed() {
        if (leadership != null) {
            context.note("leads no more", "term", durable.term(), "unanswered", leadership.waitingCount());
            leadership.end(refusal());
            leadership = null;
        }
    }

    @Override
    public Status status() {
        var log = durable.log();
        var details = new LinkedHashMap<String, Object>();
        details.put("term", durable.term());
        details.put("vote", durable.vote() == null ? "none" : durable.vote().name());
        details.put("votes", (long) election.votes());
        details.put("commit", commitment.commit());
        details.put("first index", log.firstIndex());
        details.put("last index", log.lastIndex());
        details.put("last term", log.lastTerm());
        details.put("snapshot index", Math.max(durable.snapshotIndex(), rewriting.begunAtIndex()));
        details.put("sessions", (long) durable.machine().sessionCount());
        details.put("store bytes", durable.machine().memoryBytes());
        details.put("store capacity", context.capacityBytes());
        details.put("waiting requests", leadership == null ? 0L : leadership.waitingCount());
        return new Status(
                election.role().word(),
                election.leader(),
                durable.machine().applied(),
                durable.machine().hash(),
                details);
    }

    // What invariants look at

    @Override
    public SortedMap<String, Object> durableState() {
        return durable.byName();
    }

    @Override
    public NodeId self() {
        return context.self();
    }

    @Override
    public TermLog log() {
        return durable.log();
    }

    @Override
    public StateMachine machine() {
        return durable.machine();
    }

    Role role() {
        return election.role();
    }

    DurableState durable() {
        return durable;
    }

    long commit() {
        return commitment.commit();
    }
}
