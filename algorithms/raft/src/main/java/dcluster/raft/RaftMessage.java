package dcluster.raft;

import dcluster.spi.Eager;
import dcluster.toolkit.Inquiry.Answer;
import dcluster.toolkit.Inquiry.Nonce;
import dcluster.toolkit.Marks;
import dcluster.toolkit.StoreChunk;
import java.util.List;

/**
 * What replicas say to each other. Every message carries the term of its sender, and each may arrive late, twice, out
 * of order or never: a reply says what it acknowledges, never merely that something was received.
 *
 * <p>Those that are {@link Eager} claim nothing that their sender's disk would have to remember; the others are held
 * until what they claim is durable.
 */
sealed interface RaftMessage {
    /** The sender's term; of a {@link PreVote} and its granting reply, the term that the sender would stand in. */
    long term();

    /** Would you vote for me in this term? (thesis, section 9.6) */
    record PreVote(long term, long lastIndex, long lastTerm) implements RaftMessage {
        public PreVote {
            checkTerm(term);
            checkPlace(lastIndex, lastTerm);
        }
    }

    /** If granted, {@code term} is that of the question, else the voter's own. */
    record PreVoteReply(long term, boolean granted) implements RaftMessage {
        public PreVoteReply {
            checkNotNegative("term", term);
        }
    }

    /**
     * Vote for me in this term (figure 2). Held: the candidate's vote for itself must outlive a crash first.
     *
     * @param ordered whether the leader told the candidate to stand, so that whoever hears the leader votes, too (thesis,
     *     section 4.2.3)
     */
    record RequestVote(long term, long lastIndex, long lastTerm, boolean ordered) implements RaftMessage {
        public RequestVote {
            checkTerm(term);
            checkPlace(lastIndex, lastTerm);
        }
    }

    /**
     * Held: a vote that could be forgotten could be given twice.
     *
     * @param incarnation the voter's
     * @param marks those that it had when it voted: a vote of whom they mark as wiped since does not count beside this one
     */
    record VoteReply(long term, boolean granted, long incarnation, Marks marks) implements RaftMessage {
        public VoteReply {
            checkTerm(term);
        }
    }

    /**
     * Entries that follow index and term of {@code previous...} (figure 2). Eager: sent in parallel with the leader's
     * own write (thesis, section 10.2.1).
     *
     * @param commit the leader's commit index
     * @param round the latest round of heartbeats, see {@link Heartbeat}
     */
    record AppendEntries(long term, long previousIndex, long previousTerm, long commit, long round, List<Entry> entries)
            implements RaftMessage, Eager {
        public AppendEntries {
            checkTerm(term);
            checkPlace(previousIndex, previousTerm);
            checkNotNegative("commit", commit);
            checkNotNegative("round", round);
            entries = List.copyOf(entries);
        }

        @Override
        public boolean mayBeForgotten() {
            return !entries.isEmpty();
        }
    }

    /**
     * My log agrees with yours up to {@code matchIndex}, durably. Never eager.
     *
     * @param incarnation the sender's
     * @param counts whether that counts for commitment: not while the sender recovers, which may have promised a later term
     */
    record AppendReply(long term, long matchIndex, long incarnation, boolean counts) implements RaftMessage {
        public AppendReply {
            checkTerm(term);
            checkNotNegative("matchIndex", matchIndex);
        }
    }

    /**
     * My log does not hold {@code previousIndex} with the term you said.
     *
     * @param conflictTerm the term that it holds there; 0 if it ends before
     * @param conflictIndex the first uncommitted index of that term; one after the end of the log if it ends before
     */
    record AppendRejected(long term, long previousIndex, long conflictTerm, long conflictIndex) implements RaftMessage {
        public AppendRejected {
            checkTerm(term);
            checkNotNegative("conflictTerm", conflictTerm);
            if (conflictIndex < 1 || conflictIndex > previousIndex) {
                throw new IllegalArgumentException(
                        "conflictIndex=" + conflictIndex + " is not within 1..previousIndex=" + previousIndex);
            }
        }
    }

    /**
     * I lead. The reply repeats {@code round}, which counts up within the term: it proves that the receiver had not
     * left the term when it heard of that round, so that reads which arrived before the round began may be answered
     * (thesis, section 6.4).
     *
     * @param commit an index that is committed and that the receiver is known to hold durably
     */
    record Heartbeat(long term, long commit, long round) implements RaftMessage, Eager {
        public Heartbeat {
            checkTerm(term);
            checkNotNegative("commit", commit);
            checkNotNegative("round", round);
        }
    }

    /** I still follow you. It says nothing of the log, and so need not wait for the disk. */
    record HeartbeatReply(long term, long round) implements RaftMessage, Eager {
        public HeartbeatReply {
            checkTerm(term);
            checkNotNegative("round", round);
        }
    }

    /** A piece of a snapshot (section 7); pieces are numbered from 0, and the {@code last} one installs it. */
    record InstallSnapshot(long term, SnapshotId snapshot, int number, boolean last, StoreChunk chunk)
            implements RaftMessage {
        public InstallSnapshot {
            checkTerm(term);
            checkNotNegative("number", number);
        }
    }

    /**
     * I hold the first {@code received} pieces of that snapshot durably. An {@link AppendReply} says that it is
     * installed.
     */
    record SnapshotReply(long term, SnapshotId snapshot, int received) implements RaftMessage {
        public SnapshotReply {
            checkTerm(term);
            checkNotNegative("received", received);
        }
    }

    /** Stand at once: I lead this term, and hand over to you (thesis, section 3.10). Harmless whenever it comes. */
    record TimeoutNow(long term) implements RaftMessage, Eager {
        public TimeoutNow {
            checkTerm(term);
        }
    }

    /**
     * I was wiped: how far have promises gone, and who leads? Repeated until enough have answered one nonce and their leader
     * has sent all that it held by then.
     */
    record Recover(long term, Nonce nonce) implements RaftMessage {
        public Recover {
            checkNotNegative("term", term);
        }
    }

    /** The answer to {@link Recover}, of one that recovers from nothing. Held: its mark of the asker must be durable. */
    record RecoverReply(long term, Nonce nonce, long incarnation, boolean leads, long lastIndex, Marks marks)
            implements RaftMessage {
        public RecoverReply {
            checkNotNegative("term", term);
            checkNotNegative("lastIndex", lastIndex);
        }

        Answer<Long> answer() {
            return new Answer<>(incarnation, term, leads, lastIndex, marks);
        }
    }

    /** To oneself: that it has recovered is durable. */
    record RecoveryDurable(long term) implements RaftMessage {}

    /** You are no leader any more: the answer to whoever leads an earlier term. */
    record StaleTerm(long term) implements RaftMessage {
        public StaleTerm {
            checkTerm(term);
        }
    }

    private static void checkTerm(long term) {
        if (term < 1) {
            throw new IllegalArgumentException("a term is from 1: " + term);
        }
    }

    private static void checkPlace(long index, long term) {
        if (index < 0 || term < 0 || (index == 0) != (term == 0)) {
            throw new IllegalArgumentException("no place in a log: index=" + index + " term=" + term);
        }
    }

    private static void checkNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
    }
}
