package dcluster.raft;

import dcluster.spi.Command;
import dcluster.toolkit.Requests;
import dcluster.toolkit.Sized;
import org.jspecify.annotations.Nullable;

/** An entry of the log: the term of the leader that made it, and what it asks of the state machine (section 5.3). */
sealed interface Entry extends Sized {
    /** The term in which a leader appended it, from 1. */
    long term();

    /** What it asks of the state machine; null if nothing. */
    @Nullable
    Command command();

    /** Asks nothing: a new leader appends it to learn what is committed (section 8). */
    record NoOp(long term) implements Entry {
        @Override
        public @Nullable Command command() {
            return null;
        }

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
    int OVERHEAD_BYTES = Requests.OVERHEAD_BYTES;
}
