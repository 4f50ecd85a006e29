package dcluster.twophase;

import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import dcluster.spi.Status;
import dcluster.toolkit.HandlerTable;
import dcluster.twophase.TwoPhaseMessage.Abandon;
import dcluster.twophase.TwoPhaseMessage.Acknowledge;
import dcluster.twophase.TwoPhaseMessage.Decision;
import dcluster.twophase.TwoPhaseMessage.Died;
import dcluster.twophase.TwoPhaseMessage.Execute;
import dcluster.twophase.TwoPhaseMessage.Executed;
import dcluster.twophase.TwoPhaseMessage.Inquiry;
import dcluster.twophase.TwoPhaseMessage.LogLost;
import dcluster.twophase.TwoPhaseMessage.Prepare;
import dcluster.twophase.TwoPhaseMessage.ToCoordinator;
import dcluster.twophase.TwoPhaseMessage.Vote;
import dcluster.twophase.TwoPhaseRecord.Collecting;
import dcluster.twophase.TwoPhaseRecord.Decided;
import dcluster.twophase.TwoPhaseRecord.Ended;
import dcluster.twophase.TwoPhaseRecord.Founded;
import dcluster.twophase.TwoPhaseRecord.OfCoordinator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Carries transactions out over several participants: has all of them execute their parts, then asks all for their votes,
 * decides, and brings the decision to whom it concerns.
 *
 * <pre>{@code
 *            all executed            all yes, durably decided       all acknowledged
 *   executing -----------> preparing -----------------------> told ------------------> forgotten
 *    |    ^                    |
 *    |    | again, as old      | no, or silence
 *    +----+ somebody died      v
 *                           aborted
 * }</pre>
 */
final class Coordinator implements Role {
    private final TwoPhaseCommitConfig config;
    private final Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context;
    private final Shards shards;
    private final DecisionLog log = new DecisionLog();
    private final Attempts attempts;
    private final Retries retries;
    private final Deliveries deliveries;
    private final HandlerTable<NodeId, ToCoordinator> messages = HandlerTable.of(ToCoordinator.class)
            .on(Executed.class, this::executed)
            .on(Died.class, this::died)
            .on(Vote.class, this::vote)
            .on(Acknowledge.class, this::acknowledge)
            .on(Inquiry.class, this::inquiry)
            .build();

    /** Whether the number of the log, which names all its transactions, is known to outlive a crash. */
    private boolean isLogDurable;

    private long ages;
    private long commits;
    private long aborts;

    Coordinator(
            TwoPhaseCommitConfig config,
            Shards shards,
            Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context) {
        this.config = config;
        this.context = context;
        this.shards = shards;
        this.attempts = new Attempts(config, context, log);
        this.retries = new Retries(context);
        this.deliveries = new Deliveries(context, config.resendAfter());
    }

    @Override
    public void replay(TwoPhaseRecord record) {
        log.replay((OfCoordinator) record);
    }

    @Override
    public void start() {
        isLogDurable = log.number().isPresent();
        if (!isLogDurable) {
            context.journal(new Founded(context.random().nextInt()));
        }
        log.undelivered().forEach(deliveries::begin);
    }

    @Override
    public void onMessage(NodeId from, TwoPhaseMessage message) {
        messages.dispatch(from, (ToCoordinator) message);
    }

    // The work

    @Override
    public void onRequest(Request request) {
        if (request.command() instanceof Command.Operation operation) {
            context.reply(request, answer(operation));
            return;
        }
        var age = new Age(context.wallNanos(), context.self(), context.incarnation(), ++ages);
        var parts = shards.parts((Command.Transaction) request.command());
        execute(new Transaction(request, age, parts, context.nowNanos()), 1);
    }

    private Response answer(Command.Operation operation) {
        return operation.name().equals(Operators.IN_DOUBT)
                ? deliveries.undelivered()
                : new Response.Failed(Reason.UNSUPPORTED, "the coordinator is never in doubt: ask the participants");
    }

    private void execute(Transaction transaction, int number) {
        execute(attempts.begin(transaction, number));
    }

    /** Asks those that have not executed their parts. */
    private void execute(Attempt attempt) {
        for (var node : attempt.participants()) {
            if (!attempt.hasExecuted(node)) {
                // To ask for work claims nothing, and what was asked in vain is given up; but not under the number of a
                // log
                // that may be forgotten, for nobody could say later how that ended.
                var outbox = isLogDurable ? context.eagerly() : context;
                outbox.send(node, work(attempt, node));
            }
        }
    }

    private static Execute work(Attempt attempt, NodeId node) {
        var transaction = attempt.transaction();
        return new Execute(
                attempt.id(), transaction.age(), transaction.part(node).transaction());
    }

    private void executed(NodeId from, Executed message) {
        // Whoever was asked under the number of this log was asked once that was durable.
        isLogDurable |= log.isOwn(message.id());
        var attempt = attempts.get(message.id());
        if (attempt == null) {
            abandon(from, message.id());
        } else if (!attempt.isPreparing()) {
            executed(from, attempt, message);
        }
    }

    private void executed(NodeId from, Attempt attempt, Executed message) {
        if (!(message.found() instanceof Response.Ok ok) || !(ok.result() instanceof Result.Each results)) {
            // A command failed, or a watched key has another version: that is what the client is told.
            giveUp(attempt, message.found());
            return;
        }
        var refusal = attempts.executed(from, attempt, message.execution(), results);
        if (refusal.isPresent()) {
            giveUp(attempt, refusal.get());
        } else if (attempt.isExecuted()) {
            prepare(attempt);
        }
    }

    /** Nobody was asked to prepare yet, so it needs no decision. */
    private void giveUp(Attempt attempt, Response answer) {
        end(attempt);
        aborts++;
        context.reply(attempt.transaction().request(), answer);
    }

    private void end(Attempt attempt) {
        attempts.end(attempt);
        attempt.participants().forEach(node -> abandon(node, attempt.id()));
    }

    private void abandon(NodeId node, TransactionId id) {
        // What was not voted on may be dropped by anybody.
        context.eagerly().send(node, new Abandon(id));
    }

    private void died(NodeId from, Died message) {
        var attempt = attempts.get(message.id());
        if (attempt == null || attempt.isPreparing()) {
            return;
        }
        var transaction = attempt.transaction();
        if (context.nowNanos() - transaction.begunNanos() >= config.patience().toNanos()) {
            giveUp(attempt, aborted("at " + from + " " + message.why()));
            return;
        }
        end(attempt);
        retries.plan(attempt);
    }

    private static Response aborted(String why) {
        return new Response.Failed(Reason.ABORTED, "the transaction was aborted: " + why + "; try again");
    }

    // Phase 1

    private void prepare(Attempt attempt) {
        attempt.prepare();
        if (config.protocol().collects()) {
            context.journal(new Collecting(
                    attempt.id(), List.copyOf(attempt.transaction().parts().keySet())));
        }
        attempt.participants().forEach(node -> prepare(attempt, node));
    }

    private void prepare(Attempt attempt, NodeId node) {
        var message = new Prepare(attempt.id(), attempt.execution(node), config.protocol(), attempt.writers());
        if (config.protocol().collects()) {
            // Nobody may be prepared of whom the log does not know.
            context.send(node, message);
        } else {
            // Without a record it is aborted, and so it is if the question is forgotten.
            context.eagerly().send(node, message);
        }
    }

    private void vote(NodeId from, Vote message) {
        var attempt = attempts.get(message.id());
        // The first vote counts: who has only read, and is asked again, knows no more of it.
        if (attempt == null || !attempt.isPreparing() || attempt.hasVoted(from)) {
            return;
        }
        attempt.voted(from, message.ballot());
        if (message.ballot() == Ballot.NO) {
            decide(attempt, false, from + " has lost what it had executed");
        } else if (attempt.hasAllVotes()) {
            commit(attempt);
        }
    }

    // Phase 2

    private void commit(Attempt attempt) {
        if (attempt.concerned().isEmpty()) {
            endReading(attempt);
        } else {
            decide(attempt, true, "");
        }
    }

    /** All have only read: there is nothing to decide, and nobody to tell. */
    private void endReading(Attempt attempt) {
        attempts.end(attempt);
        commits++;
        context.reply(attempt.transaction().request(), attempt.transaction().committed(attempt.found()));
        if (config.protocol().collects()) {
            // Behind the answer, which need not wait for it.
            context.journal(new Ended(attempt.id()));
        }
    }

    private void decide(Attempt attempt, boolean commits, String why) {
        var protocol = config.protocol();
        attempts.end(attempt);
        var concerned = attempt.concerned();
        var decided = new Decided(attempt.id(), commits, protocol.isAcknowledged(commits) ? concerned : List.of());
        if (protocol.records(commits)) {
            context.journal(decided);
        }
        answer(attempt, commits, why);
        attempt.readers().forEach(node -> abandon(node, attempt.id()));
        if (!decided.awaited().isEmpty()) {
            deliveries.begin(decided);
        } else {
            concerned.forEach(node -> context.send(node, new Decision(attempt.id(), commits, false)));
            if (log.last(attempt.id()).isPresent()) {
                context.journal(new Ended(attempt.id()));
            }
        }
    }

    private void answer(Attempt attempt, boolean isCommitted, String why) {
        var transaction = attempt.transaction();
        commits += isCommitted ? 1 : 0;
        aborts += isCommitted ? 0 : 1;
        context.reply(transaction.request(), isCommitted ? transaction.committed(attempt.found()) : aborted(why));
    }

    private void acknowledge(NodeId from, Acknowledge message) {
        if (message.isContradicted() && deliveries.awaited(message.id()).contains(from)) {
            context.note("HEURISTIC-MIXED", "transaction", message.id(), "participant", from);
        }
        deliveries.acknowledged(from, message.id());
    }

    // In doubt

    /**
     * A participant asks. What is not decided yet will be, and told. Of what has no record the protocol presumes how it
     * ended; but nothing can be presumed of the transactions of another log.
     */
    private void inquiry(NodeId from, Inquiry message) {
        var id = message.id();
        if (!log.isOwn(id)) {
            // It remembers nothing, and can forget nothing.
            context.eagerly().send(from, new LogLost(id));
            return;
        }
        var decision = deliveries.decision(id);
        if (decision.isPresent()) {
            context.send(from, new Decision(id, decision.get(), true));
        } else if (attempts.get(id) == null) {
            context.send(from, new Decision(id, message.protocol().presumption(), false));
        }
    }

    // Timers

    @Override
    public void onTimer(TwoPhaseTimer timer) {
        if (timer instanceof TwoPhaseTimer.Retry retry) {
            retries.due(retry).ifPresent(attempt -> execute(attempt.transaction(), attempt.number() + 1));
        } else if (timer instanceof TwoPhaseTimer.Remind) {
            deliveries.onTimer();
        } else {
            attempts.onTimer(this::askAgain, this::giveUp);
        }
    }

    private void askAgain(Attempt attempt) {
        if (!attempt.isPreparing()) {
            execute(attempt);
            return;
        }
        for (var node : attempt.participants()) {
            if (!attempt.hasVoted(node)) {
                prepare(attempt, node);
            }
        }
    }

    private void giveUp(Attempt attempt) {
        String why = "not all participants answered within " + config.patience().toMillis() + " ms";
        if (attempt.isPreparing()) {
            decide(attempt, false, why);
        } else {
            giveUp(attempt, aborted(why));
        }
    }

    @Override
    public void endTurn() {
        if (context.journalBytes() > Math.max(config.compactAbove().bytes(), 2 * log.bytes())) {
            context.compact(log.state());
        }
    }

    // What it shows

    @Override
    public Status status() {
        var details = new LinkedHashMap<String, Object>();
        details.put("transactions", (long) attempts.size());
        details.put("unacknowledged", (long) deliveries.size());
        details.put("committed", commits);
        details.put("aborted", aborts);
        details.put("begun again", retries.count());
        return new Status("coordinator", Optional.empty(), 0, 0, details);
    }

    @Override
    public SortedMap<String, Object> durableState() {
        return log.durableState();
    }

    // What invariants look at

    DecisionLog log() {
        return log;
    }
}
