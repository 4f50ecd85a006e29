package dcluster.quorum;

import dcluster.quorum.QuorumMessage.Answer;
import dcluster.quorum.QuorumMessage.Change;
import dcluster.quorum.QuorumMessage.Compare;
import dcluster.quorum.QuorumMessage.Drained;
import dcluster.quorum.QuorumMessage.HandoffReply;
import dcluster.quorum.QuorumMessage.Leaf;
import dcluster.quorum.QuorumMessage.Read;
import dcluster.quorum.QuorumMessage.ReadReply;
import dcluster.quorum.QuorumMessage.Repair;
import dcluster.quorum.QuorumMessage.Want;
import dcluster.quorum.QuorumMessage.Write;
import dcluster.quorum.QuorumMessage.WriteReply;
import dcluster.spi.Algorithm;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Status;
import dcluster.toolkit.Batches;
import dcluster.toolkit.HandlerTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One node of {@code quorum}: coordinator of what its clients ask, and replica for all coordinators; see the package. */
final class Quorum implements Algorithm<QuorumMessage, QuorumRecord, QuorumTimer> {
    private static final int OVERHEAD_BYTES = 32;

    private final QuorumConfig config;
    private final Context<QuorumMessage, QuorumRecord, QuorumTimer> context;
    private final Peers peers = new Peers();
    private final Replica replica;
    private final Repairs repairs;
    private final Aftercare aftercare;
    private final Coordinator coordinator;
    private final Handoff handoff;
    private final AntiEntropy antiEntropy;
    private final HandlerTable<NodeId, QuorumMessage> messages;

    Quorum(QuorumConfig config, Context<QuorumMessage, QuorumRecord, QuorumTimer> context) {
        this.config = config;
        this.context = context;
        this.replica = new Replica(config, context);
        this.repairs = new Repairs(context, replica);
        this.aftercare = new Aftercare(config, context, replica, repairs);
        this.coordinator = new Coordinator(config, context, replica, peers, aftercare);
        this.handoff = new Handoff(config, context, replica, peers);
        this.antiEntropy = new AntiEntropy(config, context, replica, repairs);
        this.messages = messages();
    }

    private HandlerTable<NodeId, QuorumMessage> messages() {
        return HandlerTable.of(QuorumMessage.class)
                .on(Read.class, this::onRead)
                .on(ReadReply.class, this::onReadReply)
                .on(Write.class, this::onWrite)
                .on(WriteReply.class, this::onWriteReply)
                .on(Repair.class, (from, repair) -> repairs.onRepair(repair))
                .on(QuorumMessage.Handoff.class, handoff::onHandoff)
                .on(HandoffReply.class, handoff::onReply)
                .on(Compare.class, antiEntropy::onCompare)
                .on(Leaf.class, antiEntropy::onLeaf)
                .on(Want.class, antiEntropy::onWant)
                .on(Drained.class, (from, drained) -> handoff.rebalance().onDrained(from, drained.nodes()))
                .build();
    }

    @Override
    public void replay(QuorumRecord record) {
        replica.holdings().replay(record);
    }

    @Override
    public void start() {
        replica.start();
        handoff.start();
        antiEntropy.start();
    }

    @Override
    public void onMessage(NodeId from, QuorumMessage message) {
        peers.heard(from, context.nowNanos());
        messages.dispatch(from, message);
    }

    private void onRead(NodeId from, Read read) {
        var answers = new ArrayList<Answer>(read.questions().size());
        for (var question : read.questions()) {
            var versions = replica.versions(question.key());
            answers.add(new Answer(question.operation(), question.bare() ? versions.bare() : versions));
        }
        Batches.of(answers, Quorum::bytes, some -> context.send(from, new ReadReply(read.incarnation(), some)));
    }

    private static long bytes(Answer answer) {
        return OVERHEAD_BYTES
                + answer.versions().overheadBytes()
                + answer.versions().valueBytes();
    }

    private void onWrite(NodeId from, Write write) {
        var held = new ArrayList<Long>(write.changes().size());
        for (var change : write.changes()) {
            if (hold(change)) {
                held.add(change.operation());
            }
        }
        Batches.of(held, each -> Long.BYTES, some -> context.send(from, new WriteReply(write.incarnation(), some)));
    }

    private boolean hold(Change change) {
        return change.owedTo()
                .map(owner -> replica.takeFor(owner, change.key(), change.versions()))
                .orElseGet(() -> replica.isOwner(change.key()) && replica.take(change.key(), change.versions()));
    }

    private void onReadReply(NodeId from, ReadReply reply) {
        if (reply.incarnation() == context.incarnation()) {
            coordinator.onReadReply(from, reply.answers());
        }
    }

    private void onWriteReply(NodeId from, WriteReply reply) {
        if (reply.incarnation() == context.incarnation()) {
            coordinator.onWriteReply(from, reply.operations());
        }
    }

    @Override
    public void onTimer(QuorumTimer timer) {
        switch (timer) {
            case RESEND -> coordinator.onResendTimer();
            case HANDOFF -> handoff.onTimer();
            case COMPARE -> antiEntropy.onTimer();
            case PURGE -> replica.purge();
        }
    }

    @Override
    public void onRequest(Request request) {
        coordinator.onRequest(request);
    }

    @Override
    public void endTurn() {
        coordinator.post().endTurn(message -> onMessage(context.self(), message));
        repairs.flush();
        var holdings = replica.holdings();
        if (context.journalBytes() > Math.max(config.compactAbove().bytes(), 2 * holdings.bytes())) {
            context.compact(holdings.records());
        }
    }

    @Override
    public Status status() {
        var holdings = replica.holdings();
        var state = holdings.freeze();
        var details = new LinkedHashMap<String, Object>();
        details.put("keys", (long) state.size());
        details.put("store bytes", state.memoryBytes());
        details.put("store capacity", context.capacityBytes());
        details.put("deletions", (long) replica.graveCount());
        details.put("waiting requests", (long) coordinator.waitingCount());
        details.put("hints left", aftercare.hints());
        details.put("keys owed", holdings.owedCount());
        details.put("keys handed off", handoff.handedOff());
        details.put("read repairs", aftercare.readRepairs());
        details.put("keys repaired", repairs.sentCount());
        details.put("repair bytes", repairs.sentBytes());
        details.put("suspected nodes", peers.suspected().toString());
        details.put("ring", ring());
        if (!handoff.rebalance().isSettled()) {
            details.put(Status.UNDER_WAY, ring());
        }
        return new Status("replica", Optional.empty(), 0, state.hash(), details);
    }

    private String ring() {
        var rebalance = handoff.rebalance();
        return rebalance.isSettled()
                ? "settled"
                : "moving: " + rebalance.unseenCount() + " keys to look at, "
                        + replica.holdings().owedCount() + " to bring";
    }

    @Override
    public SortedMap<String, Object> durableState() {
        var holdings = replica.holdings();
        return new TreeMap<>(Map.of(
                "state hash", holdings.freeze().hash(),
                "owed", holdings.owedHash(),
                "ring", holdings.settled() + " from " + holdings.settledFrom()));
    }

    // What invariants look at

    NodeId self() {
        return context.self();
    }

    Replica replica() {
        return replica;
    }
}
