package dcluster.twophase;

import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.Store;
import dcluster.twophase.TwoPhaseMessage.Died;
import dcluster.twophase.TwoPhaseMessage.Execute;
import dcluster.twophase.TwoPhaseMessage.Executed;
import org.jspecify.annotations.Nullable;

/** A transaction's part at one participant, from when it came until it is voted on. */
final class Branch implements Admission.Work {
    private final Branches branches;
    private final Site site;
    private final Execute message;
    private final Execution execution;
    private final Claim claim;
    private @Nullable Response found;
    private long heardNanos;

    Branch(Branches branches, Site site, Execute message, Execution execution, long nowNanos) {
        this.branches = branches;
        this.site = site;
        this.message = message;
        this.execution = execution;
        this.claim = Claim.of(message.age(), false, message.part());
        this.heardNanos = nowNanos;
    }

    Execute message() {
        return message;
    }

    TransactionId id() {
        return message.id();
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
            site.space().reserve(id(), message.part());
        } else {
            branches.drop(id());
        }
        tell();
    }

    private Response execute() {
        if (!site.space().fits(message.part())) {
            return site.space().full();
        }
        return sendable(new Store(site.shard().store().freeze()).apply(message.part()));
    }

    /** What was found, or that it fits into no message. */
    private static Response sendable(Response found) {
        return found instanceof Response.Ok ok && ok.result().bytes() > Executed.MOST_BYTES
                ? Executed.tooLarge(ok.result().bytes())
                : found;
    }

    /** Whether all its commands found what they want. */
    private boolean isWorthAVote() {
        return found instanceof Response.Ok ok && ok.result() instanceof Result.Each;
    }

    private void tell() {
        if (found != null) {
            branches.tell(new Executed(id(), execution, found));
        }
    }

    @Override
    public void die(String why) {
        branches.drop(id());
        branches.tell(new Died(id(), why));
    }

    /** The coordinator has not heard what was found. */
    void askedAgain(long nowNanos) {
        heardNanos = nowNanos;
        tell();
    }

    /** Whether it can be voted on in the name of that execution. */
    boolean isExecuted(Execution asked) {
        return execution.equals(asked) && isWorthAVote();
    }

    boolean isSilent(long sinceNanos) {
        return heardNanos - sinceNanos <= 0;
    }
}
