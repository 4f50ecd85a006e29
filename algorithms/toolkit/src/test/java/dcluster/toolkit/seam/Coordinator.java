package dcluster.toolkit.seam;

import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.spi.Status;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.Tally;
import dcluster.toolkit.seam.TwoPhase.Acknowledged;
import dcluster.toolkit.seam.TwoPhase.Committed;
import dcluster.toolkit.seam.TwoPhase.Decision;
import dcluster.toolkit.seam.TwoPhase.Ended;
import dcluster.toolkit.seam.TwoPhase.Entry;
import dcluster.toolkit.seam.TwoPhase.Inquiry;
import dcluster.toolkit.seam.TwoPhase.Message;
import dcluster.toolkit.seam.TwoPhase.Prepare;
import dcluster.toolkit.seam.TwoPhase.Question;
import dcluster.toolkit.seam.TwoPhase.Timer;
import dcluster.toolkit.seam.TwoPhase.TransactionId;
import dcluster.toolkit.seam.TwoPhase.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The coordinator's role. */
final class Coordinator implements TwoPhase.Role {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** A transaction whose votes are not all in. */
    private record Voting(
            Request request, Tally votes, Map<NodeId, List<Command>> shares, Map<NodeId, List<Result>> results) {}

    private final Context<Message, Entry, Timer> context;
    private final HandlerTable<NodeId, Message> messages = HandlerTable.of(Message.class)
            .on(Vote.class, this::onVote)
            .on(Acknowledged.class, this::onAcknowledged)
            .on(Inquiry.class, this::onInquiry)
            .on(Prepare.class, Coordinator::ignored)
            .on(Decision.class, Coordinator::ignored)
            .build();

    // Durable state: committed and not yet acknowledged by all; who has is not, they are asked again.
    private final Map<TransactionId, List<NodeId>> committed = new LinkedHashMap<>();

    private final Map<TransactionId, Voting> voting = new LinkedHashMap<>();
    private final Map<TransactionId, Tally> acknowledged = new LinkedHashMap<>();
    private long transactions;

    Coordinator(Context<Message, Entry, Timer> context) {
        this.context = context;
    }

    @Override
    public void replay(Entry record) {
        if (record instanceof Committed decision) {
            committed.put(decision.id(), decision.participants());
        } else if (record instanceof Ended) {
            committed.remove(record.id());
        }
    }

    @Override
    public void start() {
        committed.keySet().forEach(this::announce);
    }

    @Override
    public void onMessage(NodeId from, Message message) {
        messages.dispatch(from, message);
    }

    private static void ignored(NodeId from, Message message) {}

    @Override
    public void onRequest(Request request) {
        var id = new TransactionId(context.self(), context.incarnation(), ++transactions);
        var shares = new TreeMap<NodeId, List<Command>>();
        for (var command : commands(request)) {
            shares.computeIfAbsent(owner(command), node -> new ArrayList<>()).add(command);
        }
        voting.put(id, new Voting(request, Tally.allOf(shares.keySet()), shares, new TreeMap<>()));
        shares.forEach((node, share) -> context.send(node, new Prepare(id, share)));
        context.startTimer(new Timer(Question.VOTES_MISSING, id), PATIENCE);
    }

    private static List<Command> commands(Request request) {
        return request.command() instanceof Command.Transaction many ? many.commands() : List.of(request.command());
    }

    private NodeId owner(Command command) {
        return TwoPhase.owner(((Command.OnKey) command).key(), context.members().ids());
    }

    private void onVote(NodeId from, Vote vote) {
        var transaction = voting.get(vote.id());
        if (transaction == null) {
            return;
        }
        if (vote.yes().isEmpty()) {
            abort(vote.id(), "a participant voted no");
        } else if (transaction.votes().add(from)) {
            transaction.results().put(from, vote.yes().get());
            if (transaction.votes().reached()) {
                commit(vote.id(), transaction);
            }
        }
    }

    /** The one forced write: reply and decisions are held until it is durable. */
    private void commit(TransactionId id, Voting transaction) {
        forget(id);
        context.journal(new Committed(id, List.copyOf(transaction.shares().keySet())));
        context.reply(transaction.request(), new Response.Ok(result(transaction)));
        announce(id);
    }

    /** Presumed abort: nothing is written, for a coordinator that knows nothing of a transaction says abort. */
    private void abort(TransactionId id, String why) {
        var transaction = forget(id);
        context.reply(transaction.request(), TwoPhase.aborted(why));
        transaction.shares().keySet().forEach(node -> context.send(node, new Decision(id, false)));
    }

    private Voting forget(TransactionId id) {
        context.stopTimer(new Timer(Question.VOTES_MISSING, id));
        var transaction = voting.remove(id);
        if (transaction == null) {
            throw new IllegalStateException("not voting: " + id);
        }
        return transaction;
    }

    /** As it was asked: of a transaction one for each of its commands, in their order. */
    private Result result(Voting transaction) {
        var rest = new TreeMap<NodeId, Iterator<Result>>();
        transaction.results().forEach((node, results) -> rest.put(node, results.iterator()));
        var request = transaction.request();
        var results = commands(request).stream()
                .map(command -> Objects.requireNonNull(rest.get(owner(command))).next())
                .toList();
        return request.command() instanceof Command.Transaction ? new Result.Each(results) : results.get(0);
    }

    private void announce(TransactionId id) {
        var participants = committed.getOrDefault(id, List.of());
        var heard = acknowledged.computeIfAbsent(id, unheard -> Tally.allOf(participants));
        for (var node : participants) {
            if (!heard.has(node)) {
                context.send(node, new Decision(id, true));
            }
        }
        context.startTimer(new Timer(Question.ACKNOWLEDGEMENTS_MISSING, id), PATIENCE);
    }

    private void onAcknowledged(NodeId from, Acknowledged message) {
        var heard = acknowledged.get(message.id());
        if (heard != null && heard.add(from) && heard.reached()) {
            acknowledged.remove(message.id());
            context.stopTimer(new Timer(Question.ACKNOWLEDGEMENTS_MISSING, message.id()));
            // Not forced: no output waits for it. Forgotten in a crash, the decision is announced once more.
            context.journal(new Ended(message.id()));
        }
    }

    private void onInquiry(NodeId from, Inquiry inquiry) {
        if (!voting.containsKey(inquiry.id())) {
            context.send(from, new Decision(inquiry.id(), committed.containsKey(inquiry.id())));
        }
    }

    @Override
    public void onTimer(Timer timer) {
        if (timer.question() == Question.VOTES_MISSING && voting.containsKey(timer.id())) {
            abort(timer.id(), "a participant did not vote in time");
        } else if (timer.question() == Question.ACKNOWLEDGEMENTS_MISSING) {
            announce(timer.id());
        }
    }

    @Override
    public Status status() {
        return TwoPhase.status("coordinator", 0, Map.of("committed", (long) committed.size()));
    }
}
