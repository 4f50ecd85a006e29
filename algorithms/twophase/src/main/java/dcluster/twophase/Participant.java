package dcluster.twophase;

import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Limits;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import dcluster.spi.Status;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.Store;
import dcluster.twophase.TwoPhaseMessage.Abandon;
import dcluster.twophase.TwoPhaseMessage.Acknowledge;
import dcluster.twophase.TwoPhaseMessage.Consultation;
import dcluster.twophase.TwoPhaseMessage.Decision;
import dcluster.twophase.TwoPhaseMessage.Died;
import dcluster.twophase.TwoPhaseMessage.Execute;
import dcluster.twophase.TwoPhaseMessage.Executed;
import dcluster.twophase.TwoPhaseMessage.LogLost;
import dcluster.twophase.TwoPhaseMessage.Prepare;
import dcluster.twophase.TwoPhaseMessage.ToParticipant;
import dcluster.twophase.TwoPhaseMessage.Vote;
import dcluster.twophase.TwoPhaseRecord.Aborted;
import dcluster.twophase.TwoPhaseRecord.Applied;
import dcluster.twophase.TwoPhaseRecord.Committed;
import dcluster.twophase.TwoPhaseRecord.Learned;
import dcluster.twophase.TwoPhaseRecord.OfParticipant;
import dcluster.twophase.TwoPhaseRecord.Prepared;
import dcluster.twophase.TwoPhaseRecord.Resolved;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
    /** Of what is sent to the coordinator, with room for what is around it. */
    private static final int MOST_RESULT_BYTES = Limits.MAX_FRAME_BYTES - (1 << 10);

    private static final TwoPhaseTimer PATROL = new TwoPhaseTimer.Patrol();

    private final TwoPhaseCommitConfig config;
    private final Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context;
    private final NodeId coordinator;
    private final Shard shard;
    private final Locks locks;
    private final Admission admission;
    private final Doubts doubts;
    private final Operators operators;
    private final HandlerTable<NodeId, ToParticipant> messages = HandlerTable.of(ToParticipant.class)
            .on(Execute.class, this::execute)
            .on(Abandon.class, (from, message) -> drop(message.id()))
            .on(Prepare.class, this::prepare)
            .on(Decision.class, this::decision)
            .on(Consultation.class, this::consultation)
            .on(LogLost.class, this::logLost)
            .build();

    /** What is executed, or waits to be, and is not voted on. */
    private final SortedMap<TransactionId, Branch> branches = new TreeMap<>();

    private long ages;
    private long executions;
    private boolean isPatrolling;
    private boolean isStarted;
    private @Nullable Space space;

    Participant(
            TwoPhaseCommitConfig config,
            NodeId coordinator,
            Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context) {
        this.config = config;
        this.context = context;
        this.coordinator = coordinator;
        this.shard = new Shard(config.outcomes());
        this.locks = new Locks(config.locking());
        this.admission = new Admission(locks);
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
            space().reserve(prepared.id(), prepared.part());
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
        var age = new Age(context.wallNanos(), context.self(), context.incarnation(), ++ages);
        admission.ask(new Single(Claim.of(age, true, request.command()), request), context.nowNanos());
        patrol();
    }

    private final class Single implements Admission.Work {
        private final Claim claim;
        private final Request request;

        Single(Claim claim, Request request) {
            this.claim = claim;
            this.request = request;
        }

        @Override
        public Claim claim() {
            return claim;
        }

        /** Its locks end with the turn in which it is journalled: whatever sees its effect waits for the disk as it does. */
        @Override
        public void begin() {
            context.reply(request, carryOut());
            admission.release(claim.age());
        }

        private Response carryOut() {
            var command = request.command();
            if (command.isRead()) {
                return shard.store().apply(command);
            }
            if (!space().fits(command)) {
                return space().full();
            }
            context.journal(new Applied(command));
            return shard.answer();
        }

        @Override
        public void die(String why) {
            context.reply(
                    request,
                    new Response.Failed(
                            Reason.UNAVAILABLE,
                            "the key is locked by a transaction, and " + why + "; 'dcluster txn in-doubt' shows what"
                                    + " holds locks for long"));
        }
    }

    private Space space() {
        if (space == null) {
            space = new Space(context, shard.store());
        }
        return space;
    }

    // A transaction's part: work

    private void execute(NodeId from, Execute message) {
        var branch = branches.get(message.id());
        if (branch != null) {
            branch.askedAgain();
        } else if (!shard.everPrepared(message.id()).orElse(false)) {
            begin(message);
        }
        patrol();
    }

    /** Of several attempts at a transaction the last one counts, and whatever of an earlier one is still here is dropped. */
    private void begin(Execute message) {
        branches.values().stream()
                .filter(other -> other.isEarlierAttempt(message))
                .map(other -> other.message.id())
                .findFirst()
                .ifPresent(this::drop);
        if (admission.isKnown(message.age())) {
            return;
        }
        var branch = new Branch(message);
        branches.put(message.id(), branch);
        admission.ask(branch, context.nowNanos());
    }

    /** A transaction's part from when it came until it is voted on. */
    private final class Branch implements Admission.Work {
        private final Execute message;
        private final Claim claim;
        private final Execution execution = new Execution(context.incarnation(), ++executions);
        private @Nullable Response found;
        private long heardNanos = context.nowNanos();

        Branch(Execute message) {
            this.message = message;
            this.claim = Claim.of(message.age(), false, message.part());
        }

        @Override
        public Claim claim() {
            return claim;
        }

        /** Executes it on a copy, which is what the store will become if it is committed: no one else changes its keys. */
        @Override
        public void begin() {
            found = execute();
            if (isWorthAVote()) {
                space().reserve(message.id(), message.part());
            } else {
                drop(message.id());
            }
            tell();
        }

        private Response execute() {
            if (!space().fits(message.part())) {
                return space().full();
            }
            return sendable(new Store(shard.store().freeze()).apply(message.part()));
        }

        /** Whether all its commands found what they want. */
        boolean isWorthAVote() {
            return found instanceof Response.Ok ok && ok.result() instanceof Result.Each;
        }

        private void tell() {
            if (found != null) {
                // Held: what it has read may not be durable yet.
                context.send(coordinator, new Executed(message.id(), execution, found));
            }
        }

        @Override
        public void die(String why) {
            branches.remove(message.id());
            context.send(coordinator, new Died(message.id(), why));
        }

        void askedAgain() {
            heardNanos = context.nowNanos();
            tell();
        }

        boolean isEarlierAttempt(Execute later) {
            return message.age().equals(later.age()) && message.id().compareTo(later.id()) < 0;
        }

        boolean isSilent(long sinceNanos) {
            return heardNanos - sinceNanos <= 0;
        }
    }

    /** What was found, or that it fits into no message. */
    private static Response sendable(Response found) {
        if (!(found instanceof Response.Ok ok) || ok.result().bytes() <= MOST_RESULT_BYTES) {
            return found;
        }
        return new Response.Failed(
                Reason.UNSUPPORTED,
                "what the transaction reads at one participant is "
                        + ok.result().bytes() + " bytes, above the limit of " + MOST_RESULT_BYTES + ": ask for less");
    }

    private void drop(TransactionId id) {
        var branch = branches.remove(id);
        if (branch != null) {
            space().release(id);
            admission.release(branch.claim.age());
        }
    }

    // Phase 1

    private void prepare(NodeId from, Prepare message) {
        var id = message.id();
        var branch = branches.get(id);
        if (branch != null && branch.execution.equals(message.execution()) && branch.isWorthAVote()) {
            vote(id, branch.message.part().isRead() ? readOnly(branch) : yes(branch, message));
        } else if (shard.prepared(id).isPresent()) {
            vote(id, Ballot.YES);
        } else if (shard.outcomes().of(id).isEmpty() && shard.unconfirmed(id).isEmpty()) {
            // That execution was dropped, or forgotten in a crash, and will never be prepared.
            vote(id, Ballot.NO);
        }
    }

    private void vote(TransactionId id, Ballot ballot) {
        context.send(coordinator, new Vote(id, ballot));
    }

    private Ballot readOnly(Branch branch) {
        drop(branch.message.id());
        return Ballot.READ_ONLY;
    }

    private Ballot yes(Branch branch, Prepare message) {
        var execute = branch.message;
        var id = execute.id();
        branches.remove(id);
        context.journal(new Prepared(id, execute.age(), message.protocol(), message.writers(), execute.part()));
        doubts.begin(id);
        return Ballot.YES;
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
            drop(id);
        }
        if (message.isAcknowledged()) {
            context.send(coordinator, new Acknowledge(id, shard.isContradicted(id)));
        }
    }

    private void release(Prepared prepared) {
        space().release(prepared.id());
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
            drop(id);
            context.send(from, new Decision(id, false, false));
        }
    }

    private void logLost(NodeId from, LogLost message) {
        doubts.logLost(message.id());
    }

    /** Looks at once, and then from time to time while anybody waits for anything. */
    private void patrol() {
        if (!isPatrolling) {
            isPatrolling = true;
            context.startTimer(PATROL, config.resendAfter());
        }
    }

    @Override
    public void onTimer(TwoPhaseTimer timer) {
        isPatrolling = false;
        long now = context.nowNanos();
        admission.endWaiting(
                now - config.lockTimeout().toNanos(),
                "waited for longer than " + config.lockTimeout().toMillis() + " ms");
        dropSilent(now - config.patience().toNanos());
        doubts.ask();
        if (admission.isAnyWaiting() || !branches.isEmpty() || doubts.isAny()) {
            patrol();
        }
    }

    /** Nobody has voted on them, so each may be dropped. */
    private void dropSilent(long sinceNanos) {
        var silent = branches.values().stream()
                .filter(branch -> branch.isSilent(sinceNanos))
                .toList();
        for (var branch : silent) {
            drop(branch.message.id());
            context.note("gave up without a vote", "transaction", branch.message.id());
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
