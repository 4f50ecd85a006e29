package dcluster.toolkit;

import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.toolkit.Inquiry.Answer;
import dcluster.toolkit.Inquiry.Nonce;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a wiped replica comes back (after Liskov and Cowling 2012, "Viewstamped Replication Revisited", section 4.3):
 * <ol>
 *   <li>It asks all others. Each that recovers from nothing marks it, durably: what it said in earlier incarnations does
 *       not hold. Then it answers with the greatest promise that it knows of, its marks, and if it leads, with how far it
 *       has come.
 *   <li>Enough of them must answer one question that any quorum of earlier times has one among them, besides the asker; and
 *       one must lead under the greatest promise answered. What that leader held by then, the asker must hold, durably. If
 *       nobody leads, or somebody leads under a greater promise meanwhile, it asks anew.
 *   <li>It journals that it has recovered, under that promise, with the marks of all that answered. Once that is durable
 *       it counts again.
 * </ol>
 * Not thread-safe.
 *
 * @param <P> what replicas promise and leaders lead under: a term, a ballot
 * @param <T> the timers of the algorithm
 */
public final class Recovery<P extends Comparable<P>, T> {
    /** The replica that was wiped. */
    public interface Patient<P> {
        /** Asks all others this question. */
        void ask(Nonce nonce);

        /** The greatest promise that it has heard of since it was wiped. */
        P promised();

        /** Whether it holds, journalled, all that a leader held when it answered so. */
        boolean holds(Answer<P> leader);

        /** Journals that it has recovered under that promise, with these marks; and sends itself the proof. */
        void recover(P promised, Marks marks);
    }

    private final Context<?, ?, T> context;
    private final T timer;
    private final Duration every;
    private final Patient<P> patient;
    private @Nullable Inquiry<P> inquiry;
    private boolean journalled;

    /** Under way only once it is {@linkplain #start started}; the timer is this object's alone. */
    public Recovery(Context<?, ?, T> context, T timer, Duration every, Patient<P> patient) {
        this.context = context;
        this.timer = timer;
        this.every = every;
        this.patient = patient;
    }

    /** Asks until it has recovered; {@code enough} tells which others must have answered. */
    public void start(Predicate<Set<NodeId>> enough) {
        var asked = new Inquiry<P>(context.members().others(context.self()), enough, context.incarnation());
        inquiry = asked;
        context.note("recovers from a wipe", "incarnation", context.incarnation());
        ask(asked);
    }

    /** Whether this replica has forgotten what it promised, and does not know yet what that may have been. */
    public boolean isUnderWay() {
        return inquiry != null;
    }

    /**
     * Whether this replica may answer the question of another, which it then has marked: {@code mark} journals that, if
     * these marks do not hold it yet. What is void already, or asked of one that recovers itself, is not answered.
     */
    public boolean mayAnswer(NodeId from, Nonce question, Marks marks, Runnable mark) {
        long incarnation = question.incarnation();
        if (isUnderWay() || marks.isVoid(from, incarnation)) {
            return false;
        }
        if (!marks.has(from, incarnation)) {
            mark.run();
        }
        return true;
    }

    private void ask(Inquiry<P> asked) {
        patient.ask(asked.nonce());
        context.startTimer(timer, every);
    }

    /** Asks again; anew if nobody leads of whom it could learn. */
    public void onTimer() {
        var asked = inquiry;
        if (asked != null && !journalled) {
            if (asked.isAnswered() && !isLeaderKnown(asked)) {
                asked.askAgain();
            }
            ask(asked);
        }
    }

    /** Whether one leads under the greatest promise that was answered, and none is known here to have begun since. */
    private boolean isLeaderKnown(Inquiry<P> asked) {
        return asked.leader()
                .filter(leader -> leader.promised().compareTo(patient.promised()) >= 0)
                .isPresent();
    }

    /** An answer came. */
    public void onReply(NodeId from, Nonce nonce, Answer<P> answer) {
        if (inquiry != null) {
            inquiry.add(from, nonce, answer);
        }
    }

    /** Journals that it has recovered, once it holds all. */
    public void endTurn() {
        var asked = inquiry;
        if (asked == null || journalled) {
            return;
        }
        var leader = asked.leader().filter(patient::holds);
        if (leader.isPresent()) {
            journalled = true;
            patient.recover(leader.get().promised(), asked.marks());
            context.stopTimer(timer);
        }
    }

    /** The disk has caught up: this replica counts again. */
    public void onDurable() {
        inquiry = null;
    }
}
