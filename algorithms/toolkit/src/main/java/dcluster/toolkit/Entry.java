package dcluster.toolkit;

import dcluster.spi.Command;

/** An entry of a replicated {@link Log}: the term of the leader that made it, and what it asks of the state machine. */
public sealed interface Entry {
    /** The term in which a leader appended it, from 1. */
    long term();

    /** About its encoded size. */
    long bytes();

    /** Asks nothing: a new leader appends it to learn what is committed (Raft, section 8). */
    record NoOp(long term) implements Entry {
        @Override
        public long bytes() {
            return OVERHEAD_BYTES;
        }
    }

    /** A client's command for the state machine. */
    record Apply(long term, Command command) implements Entry {
        @Override
        public long bytes() {
            return OVERHEAD_BYTES + command.bytes();
        }
    }

    /** What an entry takes beside its command. */
    int OVERHEAD_BYTES = 8;
}
