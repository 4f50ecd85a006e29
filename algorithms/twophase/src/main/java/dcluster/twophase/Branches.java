package dcluster.twophase;

import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.twophase.TwoPhaseMessage.Execute;
import dcluster.twophase.TwoPhaseMessage.Prepare;
import dcluster.twophase.TwoPhaseMessage.ToCoordinator;
import dcluster.twophase.TwoPhaseMessage.Vote;
import dcluster.twophase.TwoPhaseRecord.Prepared;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts of transactions that are executed at one participant, or wait for their locks, and are not voted on: so each may
 * be dropped at any time. Takes them through the first phase.
 */
final class Branches {
    private final Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context;
    private final NodeId coordinator;
    private final Site site;
    private final SortedMap<TransactionId, Branch> branches = new TreeMap<>();

    /** By age; attempts at one transaction share theirs. Looked up and never iterated over. */
    private final Map<Age, TransactionId> latest = new HashMap<>();

    private long executions;

    Branches(Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context, NodeId coordinator, Site site) {
        this.context = context;
        this.coordinator = coordinator;
        this.site = site;
    }

    int size() {
        return branches.size();
    }

    // The work

    void execute(Execute message) {
        var branch = branches.get(message.id());
        if (branch != null) {
            branch.askedAgain(context.nowNanos());
        } else if (isNew(message)) {
            begin(message);
        }
    }

    /** Of several attempts at a transaction the last one counts, and none begins that was voted on. */
    private boolean isNew(Execute message) {
        var other = latest.get(message.age());
        if (other != null && other.compareTo(message.id()) < 0) {
            drop(other);
        }
        return !site.admission().isKnown(message.age())
                && !site.shard().everPrepared(message.id()).orElse(false);
    }

    private void begin(Execute message) {
        var execution = new Execution(context.incarnation(), ++executions);
        var branch = new Branch(this, site, message, execution, context.nowNanos());
        branches.put(message.id(), branch);
        latest.put(message.age(), message.id());
        site.admission().ask(branch, context.nowNanos());
    }

    /** Tells the coordinator, once what was seen is durable. */
    void tell(ToCoordinator message) {
        context.send(coordinator, message);
    }

    /** Gives up a branch and its locks; nothing happens if there is none. */
    void drop(TransactionId id) {
        var branch = forget(id);
        if (branch != null) {
            site.space().release(id);
            site.admission().release(branch.claim().age());
        }
    }

    private @Nullable Branch forget(TransactionId id) {
        var branch = branches.remove(id);
        if (branch != null) {
            latest.remove(branch.claim().age());
        }
        return branch;
    }

    /** Drops those of which nothing was heard since then. */
    void dropSilent(long sinceNanos) {
        var silent = branches.values().stream()
                .filter(branch -> branch.isSilent(sinceNanos))
                .map(Branch::id)
                .toList();
        for (var id : silent) {
            drop(id);
            context.note("gave up without a vote", "transaction", id);
        }
    }

    // Phase 1

    /** Votes; with yes the branch ends here, and its locks stay. Returns whether it did so now. */
    boolean prepare(Prepare message) {
        var id = message.id();
        var branch = branches.get(id);
        if (branch == null || !branch.isExecuted(message.execution())) {
            // Of another execution the coordinator knows nothing: it ends with this transaction, whatever becomes of
            // that.
            drop(id);
            voteAgain(id);
            return false;
        }
        if (branch.message().part().isRead()) {
            drop(id);
            tell(new Vote(id, Ballot.READ_ONLY));
            return false;
        }
        var execute = branch.message();
        forget(id);
        context.journal(new Prepared(id, execute.age(), message.protocol(), message.writers(), execute.part()));
        tell(new Vote(id, Ballot.YES));
        return true;
    }

    private void voteAgain(TransactionId id) {
        if (site.shard().prepared(id).isPresent()) {
            tell(new Vote(id, Ballot.YES));
        } else if (!site.shard().everPrepared(id).orElse(false)) {
            // That execution was dropped, or forgotten in a crash, and will never be prepared.
            tell(new Vote(id, Ballot.NO));
        }
    }
}
