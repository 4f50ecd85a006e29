package dcluster.twophase;

import dcluster.spi.Command;
import dcluster.spi.Eager;
import dcluster.spi.Limits;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import java.util.List;

/** What coordinator and participants say to each other of a transaction. */
sealed interface TwoPhaseMessage {
    TransactionId id();

    /** What participants are told and asked. */
    sealed interface ToParticipant extends TwoPhaseMessage {}

    /** What the coordinator is told and asked. */
    sealed interface ToCoordinator extends TwoPhaseMessage {}

    // The work

    /** Do this, keep the locks, and change nothing yet. */
    record Execute(TransactionId id, Age age, Command.Transaction part) implements ToParticipant, Eager {}

    /** What that execution has found; all but an {@link Response.Ok} of all results says that nothing can come of it. */
    record Executed(TransactionId id, Execution execution, Response found) implements ToCoordinator {
        /** Of all that a transaction may find: a message or an answer holds it, with what is around it. */
        static final int MOST_BYTES = Limits.MAX_FRAME_BYTES - (1 << 10);

        /** The answer where it finds more. */
        static Response tooLarge(long bytes) {
            return new Response.Failed(
                    Response.Reason.UNSUPPORTED,
                    "what the transaction finds takes " + bytes + " bytes, above the limit of " + MOST_BYTES
                            + ": ask for less");
        }
    }

    /** It lost against another transaction and holds no locks. */
    record Died(TransactionId id, String why) implements ToCoordinator {}

    /** Drop what you have executed and not voted on; whoever has voted yes ignores this. */
    record Abandon(TransactionId id) implements ToParticipant, Eager {}

    // Phase 1

    /**
     * Vote on that execution.
     *
     * @param writers the participants that have something to commit
     */
    record Prepare(TransactionId id, Execution execution, Protocol protocol, List<NodeId> writers)
            implements ToParticipant, Eager {
        public Prepare {
            writers = List.copyOf(writers);
        }
    }

    record Vote(TransactionId id, Ballot ballot) implements ToCoordinator {}

    // Phase 2

    /** The coordinator's decision, by whomever it is told; it is to be acknowledged to the coordinator, or not. */
    record Decision(TransactionId id, boolean commits, boolean isAcknowledged) implements ToParticipant {}

    /**
     * The decision was carried out, durably.
     *
     * @param isContradicted whether an operator had decided otherwise before
     */
    record Acknowledge(TransactionId id, boolean isContradicted) implements ToCoordinator {}

    // In doubt

    /** I have voted yes: what was decided? */
    record Inquiry(TransactionId id, Protocol protocol) implements ToCoordinator, Eager {}

    /** The same to another participant; it answers with a {@link Decision} if it knows or can make sure that it is one. */
    record Consultation(TransactionId id) implements ToParticipant, Eager {}

    /** I have lost the log of that transaction, and cannot know. */
    record LogLost(TransactionId id) implements ToParticipant, Eager {}
}
