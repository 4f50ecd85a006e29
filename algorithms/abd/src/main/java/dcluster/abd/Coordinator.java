package dcluster.abd;

import dcluster.abd.AbdMessage.Answer;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.toolkit.Pending;
import dcluster.toolkit.Quorums;
import dcluster.toolkit.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The half of a node that serves clients: asks a majority, then has a majority hold the outcome. */
final class Coordinator {
    private final AbdConfig config;
    private final Context<AbdMessage, AbdRecord, AbdTimer> context;
    private final Room room;
    private final List<NodeId> members;
    private final List<Letters> letters = new ArrayList<>();
    private final int majority;
    private final Pending<Operation, AbdTimer> operations;
    private long lastSequence;
    private long fastReads;
    private long writeBacks;

    Coordinator(AbdConfig config, Context<AbdMessage, AbdRecord, AbdTimer> context, Room room) {
        this.config = config;
        this.context = context;
        this.room = room;
        this.members = context.members().ids();
        this.majority = Quorums.majority(members.size());
        this.operations = new Pending<>(context, AbdTimer.RESEND, config.resendAfter(), config.patience());
        members.forEach(member -> letters.add(new Letters()));
    }

    void onRequest(Request request) {
        long growth = request.command() instanceof Command.Put put
                ? room.growth(put.key(), Register.memoryBytes(Optional.of(put.value())))
                : 0;
        if (!room.reserve(growth)) {
            context.reply(request, room.full());
            return;
        }
        ask(operations.begin(number -> new Operation(number, request, growth)));
    }

    /** Asks whoever has not answered in this phase, itself among them. */
    private void ask(Operation operation) {
        for (int member = 0; member < members.size(); member++) {
            if (!operation.hasAnswered(member)) {
                letters.get(member).add(operation);
            }
        }
    }

    void onQueryReply(NodeId from, List<Answer> answers) {
        int member = members.indexOf(from);
        for (var answer : answers) {
            var operation = operations.get(answer.operation());
            if (operation != null && operation.propagated == null && member >= 0) {
                queried(operation, member, answer);
            }
        }
    }

    private void queried(Operation operation, int member, Answer held) {
        if (!operation.queried(member, held) || operation.answers() < majority) {
            return;
        }
        if (!operation.changesSomething()) {
            answerOrWriteBack(operation);
        } else {
            propagate(operation, nextTag(operation), operation.written());
        }
    }

    /** What a majority holds all reads to come find; what only some hold may be forgotten again. */
    private void answerOrWriteBack(Operation operation) {
        if (operation.isUnanimous()) {
            fastReads++;
            finish(operation);
        } else {
            writeBacks++;
            propagate(operation, operation.newest.tag(), operation.newest.value());
        }
    }

    private void propagate(Operation operation, Tag tag, Optional<Bytes> value) {
        operation.propagate(tag, value);
        operations.asked(operation.number);
        ask(operation);
    }

    /** The tag of a write: above all that its majority knows, and above all that this node has given. */
    private Tag nextTag(Operation operation) {
        lastSequence = Math.max(lastSequence, operation.newest.tag().sequence()) + 1;
        return new Tag(lastSequence, context.self(), context.incarnation());
    }

    void onPropagateReply(NodeId from, List<Long> held) {
        int member = members.indexOf(from);
        for (long number : held) {
            var operation = operations.get(number);
            if (operation != null && operation.propagated != null && member >= 0) {
                operation.held(member);
                if (operation.answers() >= majority) {
                    finish(operation);
                }
            }
        }
    }

    private void finish(Operation operation) {
        end(operation);
        // Eager: a majority holds durably what this says, whatever this node's own disk still does.
        context.eagerly().reply(operation.request, new Response.Ok(operation.result()));
    }

    private void end(Operation operation) {
        operations.end(operation.number);
        room.release(operation.growth);
    }

    /** Asks again who has not answered for long, and gives up what no majority has answered for longer. */
    void onResendTimer() {
        operations.onTimer(this::ask, this::giveUp);
    }

    private void giveUp(Operation operation) {
        end(operation);
        var silence = operation.answers() + " of " + members.size() + " nodes answered within "
                + config.patience().toMillis() + " ms, and it takes " + majority;
        boolean wrote = operation.propagated != null && operation.changesSomething();
        context.reply(
                operation.request,
                wrote ? new Response.Unknown(silence) : new Response.Failed(Reason.UNAVAILABLE, silence));
    }

    /** Sends what the turn gathered; what is for this node itself goes to its replica at once. */
    void endTurn(Consumer<AbdMessage> toOwnReplica) {
        for (int member = 0; member < members.size(); member++) {
            var to = members.get(member);
            letters.get(member).send(context.incarnation(), to.equals(context.self()) ? toOwnReplica : eagerlyTo(to));
        }
    }

    private Consumer<AbdMessage> eagerlyTo(NodeId to) {
        // Eager: neither a question nor a change claims anything of this node's disk.
        return message -> context.eagerly().send(to, message);
    }

    int waitingCount() {
        return operations.size();
    }

    long fastReads() {
        return fastReads;
    }

    long writeBacks() {
        return writeBacks;
    }
}
