package dcluster.paxos;

import dcluster.spi.Eager;
import dcluster.toolkit.Inquiry.Answer;
import dcluster.toolkit.Inquiry.Nonce;
import dcluster.toolkit.Marks;
import dcluster.toolkit.StoreChunk;
import java.util.List;

/**
 * What replicas say to each other, in the words of Paxos Made Simple. Each may arrive late, twice, out of order or never:
 * an answer says what it is about, never merely that something was received.
 *
 * <p>Those that are {@link Eager} claim nothing that their sender's disk would have to remember; the others are held until
 * what they claim is durable.
 */
sealed interface PaxosMessage {
    /** I hear no leader: do you? Whoever is not alone in that may begin a ballot (Kirsch and Amir 2008, section 5.3). */
    record Suspect(long question) implements PaxosMessage, Eager {
        public Suspect {
            checkNotNegative("question", question);
        }
    }

    /** I hear none either. It promises nothing. */
    record Suspected(long question) implements PaxosMessage, Eager {
        public Suspected {
            checkNotNegative("question", question);
        }
    }

    /**
     * Phase 1a, for every instance from {@code slot} on: promise to accept nothing below this ballot, and say what you
     * have accepted. Eager: the ballot is never chosen again, even if its proposer forgets that it has.
     *
     * @param ordered whether the leader told the proposer to take over, so that whoever hears the leader promises, too
     */
    record Prepare(Ballot ballot, long slot, boolean ordered) implements PaxosMessage, Eager {
        public Prepare {
            checkSlot(slot);
        }

        @Override
        public boolean mayBeForgotten() {
            return true;
        }
    }

    /**
     * Phase 1b: I promise, and from instance {@code slot} to instance {@code through} I have accepted just these proposals,
     * but for those that I know to be chosen.
     *
     * @param through {@link Long#MAX_VALUE} in the last piece of the answer
     * @param chosen every instance up to this one is known here to be chosen
     * @param incarnation the acceptor's
     * @param marks those that it had when it promised: a promise of whom they mark as wiped since does not count beside
     *     this one
     */
    record Promise(
            Ballot ballot, long slot, long through, long chosen, List<Placed> proposals, long incarnation, Marks marks)
            implements PaxosMessage {
        public Promise {
            checkSlot(slot);
            checkNotNegative("chosen", chosen);
            if (through < slot) {
                throw new IllegalArgumentException("through=" + through + " is before slot=" + slot);
            }
            proposals = List.copyOf(proposals);
        }
    }

    /**
     * Phase 2a: accept these values in consecutive instances from {@code slot} on. Eager: sent in parallel with the
     * leader's own write, which counts only once it is durable.
     *
     * @param chosen every instance up to this one is chosen
     * @param round the latest round of heartbeats, see {@link Heartbeat}
     */
    record Accept(Ballot ballot, long slot, List<Value> values, long chosen, long round)
            implements PaxosMessage, Eager {
        public Accept {
            checkSlot(slot);
            checkNotNegative("chosen", chosen);
            checkNotNegative("round", round);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("nothing is to be accepted");
            }
            values = List.copyOf(values);
        }

        long last() {
            return slot + values.size() - 1;
        }

        @Override
        public boolean mayBeForgotten() {
            return true;
        }
    }

    /**
     * Phase 2b: I have accepted what was proposed in this ballot, in every instance from one to another. Never eager.
     *
     * @param incarnation the acceptor's: what it said before it was wiped does not count
     */
    record Accepted(Ballot ballot, long first, long last, long incarnation) implements PaxosMessage {
        public Accepted {
            checkSlot(first);
            if (last < first) {
                throw new IllegalArgumentException("last=" + last + " is before first=" + first);
            }
        }
    }

    /** I do not do what you ask, for I know of this ballot, which is higher than yours. */
    record Rejected(Ballot ballot) implements PaxosMessage {}

    /**
     * I lead. The reply repeats {@code round}, which counts up within the ballot: it proves that its sender had promised
     * no higher ballot when it heard of that round, so that reads which arrived before the round began may be answered.
     *
     * @param chosen every instance up to this one is chosen
     */
    record Heartbeat(Ballot ballot, long chosen, long round) implements PaxosMessage, Eager {
        public Heartbeat {
            checkNotNegative("chosen", chosen);
            checkNotNegative("round", round);
        }
    }

    /**
     * I have promised no higher ballot. What I have promised is on my disk, so this need not wait for it.
     *
     * @param chosen every instance up to this one is known here to be chosen
     */
    record HeartbeatReply(Ballot ballot, long round, long chosen) implements PaxosMessage, Eager {
        public HeartbeatReply {
            checkNotNegative("round", round);
            checkNotNegative("chosen", chosen);
        }
    }

    /** Prepare a ballot at once: I lead this one, and hand over to you. Harmless whenever it comes. */
    record TakeOver(Ballot ballot) implements PaxosMessage, Eager {}

    /**
     * I was wiped: how far have promises gone, and who leads? Repeated until enough have answered one nonce and their leader
     * has sent all that it held by then.
     */
    record Recover(Nonce nonce) implements PaxosMessage {}

    /**
     * The answer to {@link Recover}, of one that recovers from nothing. Held: its mark of the asker must be durable.
     *
     * @param last if it leads, the last instance in which it has proposed
     */
    record RecoverReply(Nonce nonce, long incarnation, Ballot promised, boolean leads, long last, Marks marks)
            implements PaxosMessage {
        public RecoverReply {
            checkNotNegative("last", last);
        }

        Answer<Ballot> answer() {
            return new Answer<>(incarnation, promised, leads, last, marks);
        }
    }

    /** To oneself: that it has recovered is durable. */
    record RecoveryDurable(Ballot ballot) implements PaxosMessage {}

    /** Tell me what is chosen, from instance {@code slot} on. */
    record Learn(long slot) implements PaxosMessage, Eager {
        public Learn {
            checkSlot(slot);
        }
    }

    /**
     * These values are chosen, in consecutive instances from {@code slot} on; and so is something in every instance up to
     * {@code chosen}. Eager: what is chosen stays so, whatever its sender forgets.
     *
     * @param last whether no more follows in answer to the same question
     */
    record Learned(long slot, List<Value> values, long chosen, boolean last) implements PaxosMessage, Eager {
        public Learned {
            checkSlot(slot);
            checkNotNegative("chosen", chosen);
            values = List.copyOf(values);
        }
    }

    /** A piece of a snapshot; pieces are numbered from 0, and the {@code last} one installs it. */
    record InstallSnapshot(SnapshotId snapshot, int number, boolean last, StoreChunk chunk) implements PaxosMessage {
        public InstallSnapshot {
            checkNotNegative("number", number);
        }
    }

    /** I hold the first {@code received} pieces of that snapshot durably. */
    record SnapshotReply(SnapshotId snapshot, int received) implements PaxosMessage {
        public SnapshotReply {
            checkNotNegative("received", received);
        }
    }

    private static void checkSlot(long slot) {
        if (slot < 1) {
            throw new IllegalArgumentException("a slot is from 1: " + slot);
        }
    }

    private static void checkNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
    }
}
