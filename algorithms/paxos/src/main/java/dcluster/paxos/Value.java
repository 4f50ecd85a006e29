package dcluster.paxos;

import dcluster.spi.Command;
import dcluster.toolkit.Requests;
import dcluster.toolkit.Sized;
import org.jspecify.annotations.Nullable;

/** What an instance chooses: what the state machine is asked there. */
sealed interface Value extends Sized {
    /** What it asks of the state machine; null if nothing. */
    @Nullable
    Command command();

    /** Asks nothing: fills an instance for which nothing was proposed (Paxos Made Simple, section 3). */
    record NoOp() implements Value {
        @Override
        public @Nullable Command command() {
            return null;
        }

        @Override
        public long bytes() {
            return Requests.OVERHEAD_BYTES;
        }
    }

    /** A client's command for the state machine. */
    record Apply(Command command) implements Value {
        @Override
        public long bytes() {
            return Requests.OVERHEAD_BYTES + command.bytes();
        }
    }
}
