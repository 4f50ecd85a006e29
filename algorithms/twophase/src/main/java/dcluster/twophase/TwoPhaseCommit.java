package dcluster.twophase;

import dcluster.spi.Algorithm;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Status;
import java.util.SortedMap;

/** One member of {@code two-phase-commit}: a participant, or the coordinator; see the package. */
final class TwoPhaseCommit implements Algorithm<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> {
    private final Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context;
    private final Shards shards;
    private final NodeId coordinator;
    private final Role role;

    TwoPhaseCommit(TwoPhaseCommitConfig config, Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context) {
        this.context = context;
        var members = context.members();
        this.shards = new Shards(members.ids(), config.tokens());
        this.coordinator = members.coordinator().orElseThrow().id();
        this.role = members.isCoordinator(context.self())
                ? new Coordinator(config, shards, context)
                : new Participant(config, coordinator, context);
    }

    @Override
    public void replay(TwoPhaseRecord record) {
        role.replay(record);
    }

    @Override
    public void start() {
        role.start();
    }

    @Override
    public void onMessage(NodeId from, TwoPhaseMessage message) {
        role.onMessage(from, message);
    }

    @Override
    public void onTimer(TwoPhaseTimer timer) {
        role.onTimer(timer);
    }

    /** What concerns one shard goes to its participant, which needs nobody else; all else goes to the coordinator. */
    @Override
    public void onRequest(Request request) {
        if (request.command() instanceof Command.Operation operation
                && operation.name().equals(Operators.OWNER)) {
            context.reply(request, shards.owners(operation.arguments()));
            return;
        }
        var place = place(request.command());
        if (place.equals(context.self())) {
            role.onRequest(request);
        } else {
            // It claims that nothing was done, and nothing was.
            context.eagerly().reply(request, new Response.Redirect(place));
        }
    }

    private NodeId place(Command command) {
        if (command instanceof Command.Operation) {
            return context.self();
        }
        return shards.isOfOne(command) ? shards.owner(command.keys().get(0)) : coordinator;
    }

    @Override
    public void endTurn() {
        role.endTurn();
    }

    @Override
    public Status status() {
        return role.status();
    }

    @Override
    public SortedMap<String, Object> durableState() {
        return role.durableState();
    }

    // What invariants look at

    NodeId self() {
        return context.self();
    }

    Role role() {
        return role;
    }
}
