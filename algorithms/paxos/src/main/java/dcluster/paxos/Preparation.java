package dcluster.paxos;

import dcluster.paxos.PaxosMessage.Prepare;
import dcluster.paxos.PaxosMessage.Promise;
import dcluster.spi.NodeId;
import dcluster.toolkit.Testimony;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Phase 1 of a ballot, once for all instances that are not known to be chosen (Paxos Made Simple, section 3): the promises
 * of a quorum, and what its acceptors have accepted.
 */
final class Preparation {
    private static final Value NO_OP = new Value.NoOp();

    /**
     * What one life of an acceptor has told: everything before an instance; and pieces of its answer that overtook others. A
     * later life may have been wiped, and must tell all anew.
     */
    private static final class Told {
        private final long first;
        private final TreeMap<Long, Long> early = new TreeMap<>();
        private long incarnation;
        private long next;

        Told(long first) {
            this.first = first;
            this.next = first;
        }

        /** Returns whether it has told everything by now. */
        boolean add(Promise piece) {
            if (piece.incarnation() > incarnation) {
                incarnation = piece.incarnation();
                early.clear();
                next = first;
            }
            if (piece.incarnation() == incarnation) {
                early.merge(piece.slot(), piece.through(), Math::max);
            }
            while (!early.isEmpty() && early.firstKey() <= next) {
                long last = early.pollFirstEntry().getValue();
                next = last == Long.MAX_VALUE ? last : Math.max(next, last + 1);
            }
            return isAll();
        }

        private boolean isAll() {
            return next == Long.MAX_VALUE;
        }

        /** From where it is to be asked; if what it told does not hold any more, all. */
        long from() {
            return isAll() ? first : next;
        }
    }

    private final Replica replica;
    private final Ballot ballot;
    private final boolean ordered;
    private final Map<NodeId, Told> told = new LinkedHashMap<>();
    private final Testimony promises;
    private final TreeMap<Long, Adoption> adoptions = new TreeMap<>();

    // The most that an acceptor knows to be chosen, and which one.
    private long chosen;
    private NodeId wisest;
    private long asked;

    Preparation(Replica replica, Ballot ballot, boolean ordered) {
        this.replica = replica;
        this.ordered = ordered;
        var quorums = replica.config().quorums();
        this.promises = new Testimony(replica.acceptors(), promised -> quorums.isPhase1(promised, replica.acceptors()));
        this.ballot = ballot;
        this.chosen = replica.durable().chosen();
        this.wisest = replica.self();
        replica.acceptors().forEach(acceptor -> told.put(acceptor, new Told(chosen + 1)));
    }

    /** Asks every acceptor that has not answered in full. */
    void ask() {
        told.forEach((acceptor, so) -> {
            if (!promises.has(acceptor) && !acceptor.equals(replica.self())) {
                // Eager: nobody ever chooses this ballot again, even if its promise here is forgotten; and the promise
                // counts here only once it is durable.
                replica.context().eagerly().send(acceptor, new Prepare(ballot, so.from(), ordered));
            }
        });
    }

    /**
     * Takes a piece of an answer; an acceptor has promised once there is no gap between any. Returns whether the piece has
     * brought that nearer.
     */
    boolean onPromise(NodeId from, Promise promise) {
        var before = told.get(from);
        if (before == null) {
            return false;
        }
        long former = before.next;
        promise.proposals().forEach(this::respond);
        if (promise.chosen() > chosen) {
            chosen = promise.chosen();
            wisest = from;
        }
        if (before.add(promise)) {
            promises.add(from, promise.incarnation(), promise.marks());
        }
        return before.next > former;
    }

    private void respond(Placed placed) {
        adoptions.computeIfAbsent(placed.slot(), slot -> new Adoption()).respond(placed.proposal());
    }

    boolean hasQuorum() {
        return promises.reached();
    }

    /** Every instance up to this one is known to be chosen by one of those that promised, or here. */
    long chosen() {
        return chosen;
    }

    /** Who knows them. */
    NodeId wisest() {
        return wisest;
    }

    /** Whether that one is to be asked for them: once, unless it turns out that even more is chosen. */
    boolean asksWisest() {
        boolean isNews = chosen > asked;
        asked = chosen;
        return isNews;
    }

    Ballot ballot() {
        return ballot;
    }

    int promises() {
        return promises.count();
    }

    /**
     * What must be proposed, from an instance on in which nothing is known to be chosen: in each the value that may be chosen
     * already, and nothing in those where none can be.
     */
    List<Value> inherited(long first) {
        var values = new ArrayList<Value>();
        long last = adoptions.isEmpty() ? 0 : adoptions.lastKey();
        for (long slot = first; slot <= last; slot++) {
            var adoption = adoptions.get(slot);
            values.add(adoption == null ? NO_OP : adoption.valueOr(NO_OP));
        }
        return values;
    }
}
