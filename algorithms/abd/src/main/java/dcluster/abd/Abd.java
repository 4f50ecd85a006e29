package dcluster.abd;

import dcluster.abd.AbdMessage.Answer;
import dcluster.abd.AbdMessage.Propagate;
import dcluster.abd.AbdMessage.PropagateReply;
import dcluster.abd.AbdMessage.Query;
import dcluster.abd.AbdMessage.QueryReply;
import dcluster.spi.Algorithm;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Status;
import dcluster.toolkit.Batches;
import dcluster.toolkit.Consensus;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.KeyedState;
import dcluster.toolkit.Room;
import java.util.LinkedHashMap;
import java.util.Optional;

/** One node of {@code abd}: coordinator of what its clients ask, and replica for all coordinators; see the package. */
final class Abd implements Algorithm<AbdMessage, AbdRecord, AbdTimer> {
    /** Why it refuses what it cannot do, as a clause. */
    static final String TAKES_CONSENSUS =
            "it cannot look at a register and change it as one; that takes consensus, as raft has it";

    private final AbdConfig config;
    private final Context<AbdMessage, AbdRecord, AbdTimer> context;
    private final Replica replica;
    private final Coordinator coordinator;
    private final HandlerTable<NodeId, AbdMessage> messages = HandlerTable.of(AbdMessage.class)
            .on(Query.class, this::onQuery)
            .on(QueryReply.class, this::onQueryReply)
            .on(Propagate.class, this::onPropagate)
            .on(PropagateReply.class, this::onPropagateReply)
            .build();

    Abd(AbdConfig config, Context<AbdMessage, AbdRecord, AbdTimer> context) {
        this.config = config;
        this.context = context;
        this.replica = new Replica(context);
        this.coordinator = new Coordinator(config, context, new Room(context, replica::registers));
    }

    @Override
    public void replay(AbdRecord record) {
        replica.replay(record);
    }

    @Override
    public void start() {
        // Whoever asks first finds everything ready.
    }

    @Override
    public void onMessage(NodeId from, AbdMessage message) {
        messages.dispatch(from, message);
    }

    private void onQuery(NodeId from, Query query) {
        Batches.of(
                replica.answers(query.questions()),
                Answer::bytes,
                some -> context.send(from, new QueryReply(query.incarnation(), some)));
    }

    private void onPropagate(NodeId from, Propagate propagate) {
        Batches.of(
                replica.hold(propagate.changes()),
                operation -> Long.BYTES,
                some -> context.send(from, new PropagateReply(propagate.incarnation(), some)));
    }

    private void onQueryReply(NodeId from, QueryReply reply) {
        if (reply.incarnation() == context.incarnation()) {
            coordinator.onQueryReply(from, reply.answers());
        }
    }

    private void onPropagateReply(NodeId from, PropagateReply reply) {
        if (reply.incarnation() == context.incarnation()) {
            coordinator.onPropagateReply(from, reply.operations());
        }
    }

    @Override
    public void onTimer(AbdTimer timer) {
        coordinator.onResendTimer();
    }

    @Override
    public void onRequest(Request request) {
        if (Consensus.isNeededFor(request.command())) {
            context.reply(request, new Response.Failed(Reason.UNSUPPORTED, TAKES_CONSENSUS));
            return;
        }
        coordinator.onRequest(request);
    }

    @Override
    public void endTurn() {
        coordinator.endTurn(message -> onMessage(context.self(), message));
        var state = replica.registers();
        if (context.journalBytes() > Math.max(config.compactAbove().bytes(), 2 * state.bytes())) {
            context.compact(Replica.records(state));
        }
    }

    @Override
    public Status status() {
        var state = replica.registers();
        var details = new LinkedHashMap<String, Object>();
        details.put("registers", (long) state.size());
        details.put("store bytes", state.memoryBytes());
        details.put("store capacity", context.capacityBytes());
        details.put("waiting requests", (long) coordinator.waitingCount());
        details.put("fast reads", coordinator.fastReads());
        details.put("write-backs", coordinator.writeBacks());
        return new Status("replica", Optional.empty(), 0, state.hash(), details);
    }

    // What invariants look at

    NodeId self() {
        return context.self();
    }

    KeyedState<Register> registers() {
        return replica.registers();
    }
}
