package dcluster.twophase;

import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import dcluster.toolkit.Pending;
import dcluster.twophase.TwoPhaseMessage.Executed;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a coordinator that are not decided, by name. What their participants have found takes no more memory in all
 * than a store may.
 */
final class Attempts {
    private static final TwoPhaseTimer RESEND = new TwoPhaseTimer.Resend();

    private final Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context;
    private final DecisionLog log;
    private final Pending<Attempt, TwoPhaseTimer> pending;
    private long foundBytes;

    Attempts(
            TwoPhaseCommitConfig config,
            Context<TwoPhaseMessage, TwoPhaseRecord, TwoPhaseTimer> context,
            DecisionLog log) {
        this.context = context;
        this.log = log;
        this.pending = new Pending<>(context, RESEND, config.resendAfter(), config.patience());
    }

    /** The {@code number}-th at a transaction, from 1. */
    Attempt begin(Transaction transaction, int number) {
        int name = log.number().orElseThrow();
        return pending.begin(
                serial -> new Attempt(new TransactionId(name, context.incarnation(), serial), transaction, number));
    }

    /** The attempt of that name; null if it is decided, or of another life. */
    @Nullable
    Attempt get(TransactionId id) {
        return log.isOwn(id) && id.incarnation() == context.incarnation() ? pending.get(id.serial()) : null;
    }

    void end(Attempt attempt) {
        if (pending.get(attempt.id().serial()) != null) {
            foundBytes -= attempt.foundBytes();
            pending.end(attempt.id().serial());
        }
    }

    /** A participant has executed its part. Returns why the attempt cannot go on with all that was found, if it cannot. */
    Optional<Response> executed(NodeId by, Attempt attempt, Execution execution, Result.Each results) {
        long before = attempt.foundBytes();
        attempt.executed(by, execution, results);
        foundBytes += attempt.foundBytes() - before;
        if (attempt.foundBytes() > Executed.MOST_BYTES) {
            return Optional.of(Executed.tooLarge(attempt.foundBytes()));
        }
        return foundBytes > context.capacityBytes()
                ? Optional.of(new Response.Failed(
                        Reason.OVERLOADED,
                        "what transactions under way have found takes " + foundBytes + " of " + context.capacityBytes()
                                + " bytes: try again, ask for less, or raise storage.capacity"))
                : Optional.empty();
    }

    /** The timer ran out: asks again, or gives up. */
    void onTimer(Consumer<Attempt> askAgain, Consumer<Attempt> giveUp) {
        pending.onTimer(askAgain, giveUp);
    }

    int size() {
        return pending.size();
    }
}
