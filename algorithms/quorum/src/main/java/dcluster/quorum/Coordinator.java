package dcluster.quorum;

import dcluster.quorum.QuorumMessage.Answer;
import dcluster.quorum.Versions.Concurrent;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.toolkit.Pending;
import java.util.List;
import java.util.Optional;

/** The half of a node that serves clients: asks the owners of a key until enough have answered (Dynamo, section 4.5). */
final class Coordinator {
    private final QuorumConfig config;
    private final Context<QuorumMessage, QuorumRecord, QuorumTimer> context;
    private final Replica replica;
    private final Peers peers;
    private final Post post;
    private final Writer writer;
    private final Aftercare aftercare;
    private final Pending<Operation, QuorumTimer> operations;

    Coordinator(
            QuorumConfig config,
            Context<QuorumMessage, QuorumRecord, QuorumTimer> context,
            Replica replica,
            Peers peers,
            Aftercare aftercare) {
        this.config = config;
        this.context = context;
        this.replica = replica;
        this.peers = peers;
        this.aftercare = aftercare;
        this.post = new Post(config, context, peers);
        this.writer = new Writer(config, context, replica);
        this.operations = new Pending<>(context, QuorumTimer.RESEND, config.resendAfter(), config.patience());
    }

    Post post() {
        return post;
    }

    void onRequest(Request request) {
        var key = ((Command.OnKey) request.command()).key();
        var route = replica.placement().route(key);
        var refusal = writer.refusal(request.command());
        var owner = isForAnOwner(request.command()) ? ownerHeardLately(route) : Optional.<NodeId>empty();
        if (refusal.isPresent()) {
            context.reply(request, refusal.get());
        } else if (owner.isPresent()) {
            context.reply(request, new Response.Redirect(owner.get()));
        } else {
            begin(operations.begin(number -> new Operation(number, request, route, Versions.none(config.versions()))));
        }
    }

    /** With vector clocks a version is made by a replica that holds the key, for it must know how far it had counted. */
    private boolean isForAnOwner(Command command) {
        return config.hasVectorClocks() && !command.isRead() && !replica.isOwner(((Command.OnKey) command).key());
    }

    private Optional<NodeId> ownerHeardLately(Route route) {
        long since = context.nowNanos() - config.resendAfter().toNanos();
        return route.owners().stream()
                .filter(owner -> peers.wasHeardSince(owner, since))
                .findFirst();
    }

    private void begin(Operation operation) {
        if (!writer.reserve(operation)) {
            end(operation);
            context.reply(operation.request, writer.full());
        } else if (operation.isRead() || !writer.mayWriteUnread(operation)) {
            ask(operation);
        } else {
            write(operation);
        }
    }

    private void ask(Operation operation) {
        post.ask(operation);
        operations.asked(operation.number);
    }

    // Reading

    void onReadReply(NodeId from, List<Answer> answers) {
        for (var answer : answers) {
            var operation = operations.get(answer.operation());
            boolean isFit = answer.versions() instanceof Concurrent == config.hasVectorClocks();
            if (isFit && operation != null && !operation.isWriting()) {
                read(operation, from, answer.versions());
            }
        }
    }

    private void read(Operation operation, NodeId from, Versions versions) {
        int place = operation.place(from);
        if (place < 0 || !operation.read(place, versions)) {
            return;
        }
        if (operation.isAnswered) {
            endIfComplete(operation);
        } else if (operation.isRead(config.reads())) {
            known(operation);
        }
    }

    /** Enough have answered. */
    private void known(Operation operation) {
        if (operation.isRead() || writer.isPointless(operation)) {
            answer(operation);
        } else if (isForAnOwner(operation.request.command()) && operation.answeringOwner() >= 0) {
            redirect(operation);
        } else {
            write(operation);
        }
    }

    private void redirect(Operation operation) {
        end(operation);
        var owner = operation.node(operation.answeringOwner());
        // Eager: nothing was done here.
        context.eagerly().reply(operation.request, new Response.Redirect(owner));
    }

    // Writing

    private void write(Operation operation) {
        var refusal = writer.write(operation);
        if (refusal.isPresent()) {
            end(operation);
            context.reply(operation.request, refusal.get());
        } else {
            ask(operation);
        }
    }

    void onWriteReply(NodeId from, List<Long> held) {
        for (long number : held) {
            var operation = operations.get(number);
            if (operation != null && operation.isWriting()) {
                held(operation, operation.place(from));
            }
        }
    }

    private void held(Operation operation, int place) {
        if (place < 0) {
            return;
        }
        operation.held(place);
        if (operation.isAnswered) {
            endIfComplete(operation);
        } else if (operation.isWritten(config.writes())) {
            answer(operation);
        }
    }

    // Endings

    private void answer(Operation operation) {
        operation.isAnswered = true;
        // Eager: a quorum holds durably what this says, whatever this node's own disk still does.
        context.eagerly().reply(operation.request, new Response.Ok(operation.result()));
        endIfComplete(operation);
    }

    /** The client has its answer; some owners may not have given theirs. */
    private void endIfComplete(Operation operation) {
        boolean isComplete = operation.isWriting() ? operation.isComplete(peers::isSuspected) : operation.isComplete();
        if (isComplete || !aftercare.isWorthWaiting(operation, operations.size())) {
            end(operation);
            aftercare.end(operation);
        }
    }

    private void end(Operation operation) {
        operations.end(operation.number);
        writer.release(operation);
    }

    void onResendTimer() {
        operations.onTimer(this::askAgain, this::giveUp);
    }

    private void askAgain(Operation operation) {
        post.suspectTheSilent(operation);
        if (operation.isAnswered) {
            end(operation);
            aftercare.end(operation);
        } else {
            ask(operation);
        }
    }

    private void giveUp(Operation operation) {
        end(operation);
        if (!operation.isAnswered) {
            var silence = operation.answers() + " of " + operation.route.ownerCount() + " owners answered within "
                    + config.patience().toMillis() + " ms, and it takes "
                    + (operation.isWriting() ? config.writes() : config.reads());
            context.reply(
                    operation.request,
                    operation.isWriting()
                            ? new Response.Unknown(silence)
                            : new Response.Failed(Reason.UNAVAILABLE, silence));
        }
        aftercare.end(operation);
    }

    /** How many clients wait, and operations that owners have not all answered. */
    int waitingCount() {
        return operations.size();
    }
}
