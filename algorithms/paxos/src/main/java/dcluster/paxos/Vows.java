package dcluster.paxos;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an acceptor must remember (Paxos Made Simple, 2.2): "the highest-numbered proposal that it has ever accepted and
 * the number of the highest-numbered prepare request to which it has responded". One promise covers every instance
 * (section 3); of each instance it keeps what it has accepted, until it is known to be chosen and handed to the log.
 */
final class Vows {
    private @Nullable Ballot promised;
    private final Window<Proposal> accepted = new Window<>();
    private long bytes;
    private long changes;

    /** P1a, of a prepare request: it may be promised unless a higher-numbered one was. */
    boolean mayPromise(Ballot ballot) {
        return promised == null || !ballot.isBelow(promised);
    }

    /**
     * P1a: "an acceptor can accept a proposal numbered n iff it has not responded to a prepare request having a number
     * greater than n".
     */
    boolean mayAccept(Ballot ballot) {
        return promised == null || !ballot.isBelow(promised);
    }

    /** Promises to accept nothing below that ballot any more. */
    void promise(Ballot ballot) {
        if (!mayPromise(ballot)) {
            throw new IllegalStateException(
                    "a promise is never taken back: promised=" + promised + " ballot=" + ballot);
        }
        promised = ballot;
        changes++;
    }

    /** Accepts a proposal in an instance; and promises its ballot, for it has responded to it. */
    void accept(long slot, Proposal proposal) {
        if (!mayAccept(proposal.ballot())) {
            throw new IllegalStateException("a proposal is accepted below the promise: promised=" + promised + " slot="
                    + slot + " ballot=" + proposal.ballot());
        }
        promised = proposal.ballot();
        changes++;
        var former = accepted.get(slot);
        if (former == null || former.ballot().isBelow(proposal.ballot())) {
            put(slot, proposal);
        }
    }

    /** It is known what an instance has chosen. That is no vote, and so binds no promise. */
    void learn(long slot, Value value) {
        put(slot, new Proposal(Ballot.CHOSEN, value));
    }

    private void put(long slot, Proposal proposal) {
        var former = accepted.get(slot);
        accepted.put(slot, proposal);
        changes++;
        bytes += proposal.bytes() - (former == null ? 0 : former.bytes());
    }

    /** Forgets all instances up to one, whose values the log has, or a snapshot includes. */
    void removeThrough(long slot) {
        for (long each = accepted.floor() + 1; each <= Math.min(slot, accepted.last()); each++) {
            var former = accepted.get(each);
            bytes -= former == null ? 0 : former.bytes();
        }
        accepted.raiseTo(slot);
    }

    /** The greatest ballot to which it has responded; null before any. */
    @Nullable
    Ballot promised() {
        return promised;
    }

    /** What it has accepted in an instance, if that is not known to be chosen and handed over; null if nothing. */
    @Nullable
    Proposal accepted(long slot) {
        return accepted.get(slot);
    }

    /** All that it has accepted from an instance on and not handed over, in the order of their instances. */
    List<Placed> acceptedFrom(long slot) {
        var all = new ArrayList<Placed>();
        for (long each = Math.max(slot, accepted.floor() + 1); each <= accepted.last(); each++) {
            var proposal = accepted.get(each);
            if (proposal != null) {
                all.add(new Placed(each, proposal));
            }
        }
        return all;
    }

    /** The last instance in which it has accepted something; the last that was handed over if there is none. */
    long last() {
        return accepted.last();
    }

    /** About the encoded size of what was accepted and not handed over. */
    long bytes() {
        return bytes;
    }

    /** How often it promised, accepted or learned something. */
    long changes() {
        return changes;
    }
}
