package dcluster.twophase;

import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Status;
import dcluster.toolkit.HandlerTable;
import dcluster.twophase.TwoPhaseMessage.Abandon;
import dcluster.twophase.TwoPhaseMessage.Acknowledge;
import dcluster.twophase.TwoPhaseMessage.Consultation;
import dcluster.twophase.TwoPhaseMessage.Decision;
import dcluster.twophase.TwoPhaseMessage.Execute;
import dcluster.twophase.TwoPhaseMessage.LogLost;
import dcluster.twophase.TwoPhaseMessage.Prepare;
import dcluster.twophase.TwoPhaseMessage.ToParticipant;
import dcluster.twophase.TwoPhaseRecord.Aborted;
import dcluster.twophase.TwoPhaseRecord.Committed;
import dcluster.twophase.TwoPhaseRecord.Learned;
import dcluster.twophase.TwoPhaseRecord.OfParticipant;
import dcluster.twophase.TwoPhaseRecord.Prepared;
import dcluster.twophase.TwoPhaseRecord.Resolved;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One shard and who works on it. A command that concerns no other shard is carried out as soon as it has its locks. A
 * transaction's part is executed under locks without changing anything, voted on, and carried out or dropped as decided:
 *
 * <pre>{@code
 *              locks              prepare             decision
 *   execute ---------> executed ----------> prepared ----------> committed or aborted
 *      |                  |                    |
 *      | lost, or too     | coordinator is     | never alone: it asks, and is in doubt
 *      v late             v silent, abandoned  v until it knows
 *    died              dropped
 * }</pre>
 */
final class Participant implements Role {
    private static final TwoPhaseTimer PATROL = new TwoPhaseTimer.Patrol();

    private final TwoPhaseCommitConfig config;
    private final Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context;
    private final NodeId coordinator;
    private final Site site;
    private final Shard shard;
    private final Admission admission;
    private final Branches branches;
    private final Doubts doubts;
    private final Operators operators;
    private final HandlerTable<NodeId, ToParticipant> messages = HandlerTable.of(ToParticipant.class)
            .on(Execute.class, this::execute)
            .on(Abandon.class, this::abandon)
            .on(Prepare.class, this::prepare)
            .on(Decision.class, this::decision)
            .on(Consultation.class, this::consultation)
            .on(LogLost.class, this::logLost)
            .build();

    private long ages;
    private boolean isPatrolling;
    private boolean isStarted;

    Participant(
            TwoPhaseCommitConfig config,
            NodeId coordinator,
            Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context) {
        this.config = config;
        this.context = context;
        this.coordinator = coordinator;
        this.site = Site.of(config, context);
        this.shard = site.shard();
        this.admission = site.admission();
        this.branches = new Branches(context, coordinator, site);
        this.doubts = new Doubts(config, coordinator, context, shard);
        this.operators = new Operators(shard, doubts, admission, this::resolve);
    }

    @Override
    public void replay(TwoPhaseRecord record) {
        shard.replay((OfParticipant) record);
    }

    /** What is prepared has its locks again before anybody else can ask for any. */
    @Override
    public void start() {
        for (var prepared : shard.prepared()) {
            admission.ask(new Held(prepared.claim()), context.nowNanos());
            site.space().reserve(prepared.id(), prepared.part());
            doubts.begin(prepared.id());
        }
        shard.unconfirmed().forEach(each -> doubts.begin(each.prepared().id()));
        if (doubts.isAny()) {
            patrol();
        }
        isStarted = true;
    }

    @Override
    public void onMessage(NodeId from, TwoPhaseMessage message) {
        messages.dispatch(from, (ToParticipant) message);
    }

    // Commands that concern this shard alone: one phase

    @Override
    public void onRequest(Request request) {
        if (request.command() instanceof Command.Operation operation) {
            context.reply(request, operators.answer(operation));
            return;
        }
        if (!admission.isAnyLocked(request.command().keys())) {
            // It would have its locks at once, and be done with them before anybody asks for any.
            context.reply(request, Single.carryOut(context, site, request.command()));
            return;
        }
        var age = new Age(context.wallNanos(), context.self(), context.incarnation(), ++ages);
        admission.ask(new Single(context, site, age, request), context.nowNanos());
        patrol();
    }

    // The work, and phase 1

    private void execute(NodeId from, Execute message) {
        branches.execute(message);
        patrol();
    }

    private void abandon(NodeId from, Abandon message) {
        branches.drop(message.id());
    }

    private void prepare(NodeId from, Prepare message) {
        if (branches.prepare(message)) {
            doubts.begin(message.id());
        }
    }

    // Phase 2

    private void decision(NodeId from, Decision message) {
        var id = message.id();
        var prepared = shard.prepared(id);
        if (prepared.isPresent()) {
            context.journal(message.commits() ? new Committed(id) : new Aborted(id));
            doubts.end(id);
            release(prepared.get());
        } else if (shard.unconfirmed(id).isPresent()) {
            learn(message);
        } else if (!message.commits()) {
            branches.drop(id);
        }
        boolean isContradicted = isContradicted(message);
        if (message.isAcknowledged()) {
            context.send(coordinator, new Acknowledge(id, isContradicted));
        }
    }

    /** Whether something else was carried out here: as an operator decided, or because a disk has lost what it held. */
    private boolean isContradicted(Decision message) {
        var done = shard.outcomes().of(message.id());
        if (done.isPresent() && done.get() != message.commits()) {
            context.note("decided otherwise than carried out here", "transaction", message.id());
            return true;
        }
        return shard.isContradicted(message.id());
    }

    private void release(Prepared prepared) {
        site.space().release(prepared.id());
        admission.release(prepared.age());
    }

    /** An operator decides: locks are free, and what was decided elsewhere is asked for on, to tell whether it was right. */
    private void resolve(Prepared prepared, boolean commits) {
        context.journal(new Resolved(prepared.id(), commits));
        release(prepared);
        context.note("resolved by an operator", "transaction", prepared.id(), "commits", commits);
    }

    private void learn(Decision message) {
        var id = message.id();
        context.journal(new Learned(id, message.commits()));
        doubts.end(id);
        if (shard.isContradicted(id)) {
            context.note("HEURISTIC-MIXED", "transaction", id, "decided", message.commits() ? "commit" : "abort");
        }
    }

    // In doubt

    private void consultation(NodeId from, Consultation message) {
        var id = message.id();
        var known = shard.outcomes().of(id);
        if (known.isPresent()) {
            context.send(from, new Decision(id, known.get(), false));
        } else if (shard.everPrepared(id).equals(Optional.of(false))) {
            // Who asks names this participant as a writer: without its vote there is no commit, and there will be none,
            // since what it has executed is dropped now.
            branches.drop(id);
            context.send(from, new Decision(id, false, false));
        }
    }

    private void logLost(NodeId from, LogLost message) {
        doubts.logLost(message.id());
    }

    /** Looks from time to time while anybody waits for anything. */
    private void patrol() {
        if (!isPatrolling) {
            isPatrolling = true;
            context.startTimer(PATROL, config.patrolEvery());
        }
    }

    @Override
    public void onTimer(TwoPhaseTimer timer) {
        isPatrolling = false;
        long now = context.nowNanos();
        admission.endWaiting(
                now - config.lockTimeout().toNanos(),
                "waited for longer than " + config.lockTimeout().toMillis() + " ms");
        branches.dropSilent(now - config.patience().toNanos());
        doubts.ask();
        if (admission.isAnyWaiting() || branches.size() > 0 || doubts.isAny()) {
            patrol();
        }
    }

    /** What was prepared in an earlier life has its locks as before: they were its own, so nobody else can have them. */
    private record Held(Claim claim) implements Admission.Work {
        @Override
        public void begin() {
            // It goes on where it was.
        }

        @Override
        public void die(String why) {
            throw new IllegalStateException("what is prepared has no locks: " + why + " " + claim);
        }
    }

    @Override
    public void endTurn() {
        if (context.journalBytes() > config.compactAbove().bytes() && context.journalBytes() > 2 * shard.bytes()) {
            context.compact(shard.state());
        }
    }

    // What it shows

    @Override
    public Status status() {
        var store = shard.store();
        var details = new LinkedHashMap<String, Object>();
        details.put("keys", (long) store.size());
        details.put("state bytes", store.bytes());
        details.put("store bytes", store.memoryBytes());
        details.put("store capacity", context.capacityBytes());
        details.put("locked keys", (long) admission.lockedKeys());
        details.put("waiting for locks", (long) admission.waitingCount());
        details.put("executed", (long) branches.size());
        details.put("prepared", (long) shard.prepared().size());
        details.put("oldest prepared ms", doubts.oldestAgeNanos() / 1_000_000);
        details.put("resolved by operators", (long) shard.unconfirmed().size());
        details.put("heuristic-mixed", (long) shard.contradicted().size());
        return new Status("participant", Optional.empty(), 0, store.hash(), details);
    }

    @Override
    public SortedMap<String, Object> durableState() {
        return shard.durableState();
    }

    // What invariants look at

    /** Whether what was replayed has its locks again. */
    boolean isStarted() {
        return isStarted;
    }

    Shard shard() {
        return shard;
    }

    Admission admission() {
        return admission;
    }
}
