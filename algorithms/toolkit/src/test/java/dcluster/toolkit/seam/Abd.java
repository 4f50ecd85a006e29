package dcluster.toolkit.seam;

import dcluster.spi.Algorithm;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.spi.Status;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.Tally;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Multi-writer atomic registers (Attiya, Bar-Noy and Dolev 1995; Lynch and Shvartsman 1997): query a majority, then
 * write.
 */
final class Abd implements Algorithm<Abd.Message, Abd.Stored, Abd.Resend> {
    /** Never issued twice: a restarted writer has a higher incarnation. */
    record Tag(long sequence, NodeId writer, long incarnation) implements Comparable<Tag> {
        static final Tag NONE = new Tag(0, new NodeId("none"), 0);

        @Override
        public int compareTo(Tag other) {
            int bySequence = Long.compare(sequence, other.sequence);
            int byWriter = bySequence != 0 ? bySequence : writer.compareTo(other.writer);
            return byWriter != 0 ? byWriter : Long.compare(incarnation, other.incarnation);
        }
    }

    record Tagged(Tag tag, Optional<Bytes> value) {
        static final Tagged NOTHING = new Tagged(Tag.NONE, Optional.empty());
    }

    record Operation(long incarnation, long number) {}

    sealed interface Message {}

    record Query(Operation operation, Bytes key) implements Message {}

    record QueryReply(Operation operation, Tagged held) implements Message {}

    record Write(Operation operation, Bytes key, Tagged tagged) implements Message {}

    record Written(Operation operation) implements Message {}

    record Stored(Bytes key, Tagged tagged) {}

    record Resend(Operation operation) {}

    /** An operation under way, in its first phase until {@code writing}. */
    private final class Pending {
        final Request request;
        final Operation operation;
        final Bytes key;
        Tally tally = Tally.majorityOf(context.members().ids());
        Tagged newest = Tagged.NOTHING;
        boolean agreed = true;
        Optional<Tagged> writing = Optional.empty();

        Pending(Request request, Operation operation, Bytes key) {
            this.request = request;
            this.operation = operation;
            this.key = key;
        }

        Message question() {
            return writing.<Message>map(tagged -> new Write(operation, key, tagged))
                    .orElse(new Query(operation, key));
        }
    }

    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Context<Message, Stored, Resend> context;
    private final HandlerTable<NodeId, Message> messages = HandlerTable.of(Message.class)
            .on(Query.class, this::onQuery)
            .on(QueryReply.class, this::onQueryReply)
            .on(Write.class, this::onWrite)
            .on(Written.class, this::onWritten)
            .build();

    // Durable state
    private final Map<Bytes, Tagged> registers = new TreeMap<>();

    private final Map<Long, Pending> pending = new TreeMap<>();
    private long operations;

    Abd(Context<Message, Stored, Resend> context) {
        this.context = context;
    }

    @Override
    public void replay(Stored record) {
        registers.put(record.key(), record.tagged());
    }

    @Override
    public void start() {}

    @Override
    public void onMessage(NodeId from, Message message) {
        messages.dispatch(from, message);
    }

    @Override
    public void onRequest(Request request) {
        if (!(request.command() instanceof Command.Get
                || request.command() instanceof Command.Delete
                || (request.command() instanceof Command.Put put
                        && put.condition() == Command.Condition.ALWAYS
                        && !put.previous()))) {
            context.reply(request, new Response.Failed(Response.Reason.UNSUPPORTED, "abd cannot decide on conditions"));
            return;
        }
        var operation = new Operation(context.incarnation(), ++operations);
        var started = new Pending(request, operation, ((Command.OnKey) request.command()).key());
        pending.put(operation.number(), started);
        ask(started);
    }

    /** To itself as to all: its own answer counts, and for a write it comes only when the write is durable here. */
    private void ask(Pending operation) {
        for (var node : context.members().ids()) {
            if (!operation.tally.has(node)) {
                context.send(node, operation.question());
            }
        }
        context.startTimer(new Resend(operation.operation), PATIENCE);
    }

    @Override
    public void onTimer(Resend timer) {
        with(timer.operation(), this::ask);
    }

    private void onQuery(NodeId from, Query query) {
        context.send(from, new QueryReply(query.operation(), held(query.key())));
    }

    private void onQueryReply(NodeId from, QueryReply reply) {
        with(reply.operation(), operation -> {
            if (operation.writing.isPresent() || operation.tally.reached() || !operation.tally.add(from)) {
                return;
            }
            operation.agreed &= operation.tally.count() == 1 || reply.held().equals(operation.newest);
            if (reply.held().tag().compareTo(operation.newest.tag()) > 0) {
                operation.newest = reply.held();
            }
            if (operation.tally.reached()) {
                queried(operation);
            }
        });
    }

    private void queried(Pending operation) {
        var command = operation.request.command();
        if (command.isRead() && operation.agreed) {
            finish(operation);
            return;
        }
        var next = new Tag(operation.newest.tag().sequence() + 1, context.self(), context.incarnation());
        operation.writing = Optional.of(
                command instanceof Command.Put put
                        ? new Tagged(next, Optional.of(put.value()))
                        : command.isRead() ? operation.newest : new Tagged(next, Optional.empty()));
        operation.tally = Tally.majorityOf(context.members().ids());
        ask(operation);
    }

    private void onWrite(NodeId from, Write write) {
        if (write.tagged().tag().compareTo(held(write.key()).tag()) > 0) {
            context.journal(new Stored(write.key(), write.tagged()));
        }
        context.send(from, new Written(write.operation()));
    }

    private void onWritten(NodeId from, Written reply) {
        with(reply.operation(), operation -> {
            if (operation.writing.isPresent() && operation.tally.add(from) && operation.tally.reached()) {
                finish(operation);
            }
        });
    }

    private void finish(Pending operation) {
        pending.remove(operation.operation.number());
        context.stopTimer(new Resend(operation.operation));
        var command = operation.request.command();
        Result result = command.isRead()
                ? operation.newest.value().<Result>map(Result.Found::new).orElse(new Result.Absent())
                : command instanceof Command.Put
                        ? new Result.Applied(true)
                        : new Result.WholeNumber(operation.newest.value().isPresent() ? 1 : 0);
        // Eager: a majority holds what this says durably, whatever this node's own disk still does.
        context.eagerly().reply(operation.request, new Response.Ok(result));
    }

    private void with(Operation operation, Consumer<Pending> action) {
        var found = pending.get(operation.number());
        if (found != null && operation.incarnation() == context.incarnation()) {
            action.accept(found);
        }
    }

    private Tagged held(Bytes key) {
        return registers.getOrDefault(key, Tagged.NOTHING);
    }

    @Override
    public Status status() {
        return new Status("replica", Optional.empty(), 0, registers.hashCode(), Map.of());
    }
}
