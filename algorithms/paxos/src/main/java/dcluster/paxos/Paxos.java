package dcluster.paxos;

import dcluster.paxos.PaxosMessage.Accept;
import dcluster.paxos.PaxosMessage.Accepted;
import dcluster.paxos.PaxosMessage.Heartbeat;
import dcluster.paxos.PaxosMessage.HeartbeatReply;
import dcluster.paxos.PaxosMessage.InstallSnapshot;
import dcluster.paxos.PaxosMessage.Learn;
import dcluster.paxos.PaxosMessage.Learned;
import dcluster.paxos.PaxosMessage.Prepare;
import dcluster.paxos.PaxosMessage.Promise;
import dcluster.paxos.PaxosMessage.Recover;
import dcluster.paxos.PaxosMessage.RecoverReply;
import dcluster.paxos.PaxosMessage.RecoveryDurable;
import dcluster.paxos.PaxosMessage.Rejected;
import dcluster.paxos.PaxosMessage.SnapshotReply;
import dcluster.paxos.PaxosMessage.Suspect;
import dcluster.paxos.PaxosMessage.Suspected;
import dcluster.paxos.PaxosMessage.TakeOver;
import dcluster.spi.Algorithm;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Status;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.Log;
import dcluster.toolkit.Replicated;
import dcluster.toolkit.Retention;
import dcluster.toolkit.Rewriting;
import dcluster.toolkit.StateMachine;
import java.util.LinkedHashMap;
import java.util.SortedMap;

/** One Paxos replica, in all three roles: hands each event to the role that it concerns. */
final class Paxos implements Algorithm<PaxosMessage, PaxosRecord, PaxosTimer>, Replicated {
    private final Context<PaxosMessage, PaxosRecord, PaxosTimer> context;
    private final DurableState durable;
    private final Replica replica;
    private final Proposer proposer;
    private final Acceptor acceptor;
    private final Learner learner;
    private final Teacher teacher;
    private final Amnesia amnesia;
    private final Retention retention;
    private final Rewriting<PaxosRecord> rewriting;
    private final HandlerTable<NodeId, PaxosMessage> messages;

    Paxos(PaxosConfig config, Context<PaxosMessage, PaxosRecord, PaxosTimer> context) {
        this.context = context;
        this.durable = new DurableState(config.sessions());
        this.replica = new Replica(context, config, durable, context.members().ids());
        this.learner = new Learner(replica);
        this.teacher = new Teacher(replica);
        this.acceptor = new Acceptor(replica, learner, this::isForgetful);
        this.proposer = new Proposer(replica, acceptor, learner);
        this.amnesia = new Amnesia(replica, proposer);
        this.retention = new Retention(durable.log(), config.snapshotEvery());
        this.rewriting = new Rewriting<>(context, config.snapshotEvery().bytes().bytes());
        this.messages = HandlerTable.of(PaxosMessage.class)
                .on(Suspect.class, (from, m) -> remembering(() -> proposer.onSuspect(from, m)))
                .on(Suspected.class, proposer::onSuspected)
                .on(Prepare.class, (from, m) -> remembering(() -> proposer.onPrepare(from, m)))
                .on(Promise.class, proposer::onPromise)
                .on(Accept.class, this::onAccept)
                .on(Accepted.class, proposer::onAccepted)
                .on(Rejected.class, (from, rejection) -> proposer.onRejected(rejection))
                .on(Heartbeat.class, this::onHeartbeat)
                .on(HeartbeatReply.class, proposer::onHeartbeatReply)
                .on(TakeOver.class, (from, order) -> remembering(() -> proposer.onTakeOver(order)))
                .on(Recover.class, (from, m) -> amnesia.onRecover(from, m, proposer.leadership()))
                .on(RecoverReply.class, amnesia::onReply)
                .on(RecoveryDurable.class, (from, m) -> amnesia.onDurable(m))
                .on(Learn.class, teacher::onLearn)
                .on(Learned.class, this::onLearned)
                .on(InstallSnapshot.class, this::onInstallSnapshot)
                .on(SnapshotReply.class, teacher::onReply)
                .build();
    }

    @Override
    public void replay(PaxosRecord change) {
        durable.replay(change);
    }

    @Override
    public void start() {
        learner.start();
        if (!amnesia.start()) {
            proposer.start();
        }
    }

    @Override
    public void onMessage(NodeId from, PaxosMessage message) {
        messages.dispatch(from, message);
    }

    private boolean isForgetful() {
        return amnesia.isUnderWay();
    }

    /** Whoever has forgotten its promises gives none, and begins no ballot. */
    private void remembering(Runnable handler) {
        if (!isForgetful()) {
            handler.run();
        }
    }

    private void onAccept(NodeId from, Accept request) {
        if (recognises(from, request.ballot())) {
            acceptor.onAccept(from, request);
        }
    }

    private void onHeartbeat(NodeId from, Heartbeat message) {
        if (recognises(from, message.ballot())) {
            acceptor.onHeartbeat(from, message);
        }
    }

    /** A leader of that ballot speaks. It is followed, unless a higher ballot is known; then it is told so. */
    private boolean recognises(NodeId from, Ballot ballot) {
        var later = proposer.laterThan(ballot);
        if (later != null) {
            context.send(from, new Rejected(later));
            return false;
        }
        if (durable.vows().mayAccept(ballot)) {
            proposer.follow(ballot);
        }
        return true;
    }

    /** A leader knows what is chosen: what it proposes it finds out by itself, and everything before it knew at first. */
    private void onLearned(NodeId from, Learned message) {
        if (!proposer.leads()) {
            learner.onLearned(from, message);
        }
    }

    private void onInstallSnapshot(NodeId from, InstallSnapshot message) {
        if (!proposer.leads()) {
            learner.onInstallSnapshot(from, message);
        }
    }

    @Override
    public void onTimer(PaxosTimer timer) {
        switch (timer) {
            case SUSPICION -> remembering(proposer::onSuspicionTimer);
            case HEARTBEAT -> proposer.onHeartbeatTimer();
            case HANDOVER -> proposer.onHandoverTimer();
            case LEARN -> learner.onTimer();
            case RECOVERY -> amnesia.onTimer();
            case SHIPMENT -> teacher.onTimer();
            case APPLY -> {
                // Applying goes on at the end of each turn, and this is one.
            }
        }
    }

    @Override
    public void onRequest(Request request) {
        proposer.onRequest(request);
    }

    @Override
    public void endTurn() {
        amnesia.endTurn();
        proposer.endTurn();
        acceptor.endTurn();
        long applied = durable.machine().applied();
        retention.drop(applied, teacher.shippedThrough());
        rewriting.tryIt(applied, durable.bytes(), () -> StateRecords.of(replica));
    }

    @Override
    public Status status() {
        var log = durable.log();
        var promised = durable.vows().promised();
        var details = new LinkedHashMap<String, Object>();
        details.put("promised", promised == null ? "none" : promised.toString());
        details.put("chosen", durable.chosen());
        details.put("first slot", log.firstIndex());
        details.put("last accepted", Math.max(durable.chosen(), durable.vows().last()));
        details.put("snapshot slot", Math.max(durable.snapshotSlot(), rewriting.begunAtIndex()));
        details.put("sessions", (long) durable.machine().sessionCount());
        details.put("store bytes", durable.machine().memoryBytes());
        details.put("store capacity", context.capacityBytes());
        details.put("open instances", (long) proposer.openCount());
        details.put("waiting requests", (long) proposer.waitingCount());
        return new Status(
                isForgetful() ? Status.RECOVERING : proposer.role().word(),
                proposer.leader(),
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
    public Log<Value> log() {
        return durable.log();
    }

    @Override
    public StateMachine machine() {
        return durable.machine();
    }

    Proposer proposer() {
        return proposer;
    }

    DurableState durable() {
        return durable;
    }
}
