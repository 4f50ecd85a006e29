package dcluster.twophase;

import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.toolkit.StoreChunk;
import java.util.List;

/** What the journals hold: of the coordinator its decision log, of a participant its shard. */
sealed interface TwoPhaseRecord {
    sealed interface OfCoordinator extends TwoPhaseRecord {}

    sealed interface OfParticipant extends TwoPhaseRecord {}

    // The decision log

    /** It began, and has that number. */
    record Founded(int log) implements OfCoordinator {}

    /** These will be asked to prepare: without another record, it is aborted (presumed commit). */
    record Collecting(TransactionId id, List<NodeId> participants) implements OfCoordinator {
        public Collecting {
            participants = List.copyOf(participants);
        }
    }

    /**
     * It was decided.
     *
     * @param awaited who must acknowledge that before it may be forgotten
     */
    record Decided(TransactionId id, boolean commits, List<NodeId> awaited) implements OfCoordinator {
        public Decided {
            awaited = List.copyOf(awaited);
        }
    }

    /** Nobody will ask for it any more. */
    record Ended(TransactionId id) implements OfCoordinator {}

    // A shard

    /** A command was carried out at this participant alone. */
    record Applied(Command command) implements OfParticipant {}

    /** A yes-vote: what it will do and so what it keeps locked, in which order of ages, and whom it may ask. */
    record Prepared(TransactionId id, Age age, Protocol protocol, List<NodeId> writers, Command.Transaction part)
            implements OfParticipant {
        public Prepared {
            writers = List.copyOf(writers);
        }

        /** The locks that it keeps. */
        Claim claim() {
            return Claim.of(age, false, part);
        }
    }

    record Committed(TransactionId id) implements OfParticipant {}

    record Aborted(TransactionId id) implements OfParticipant {}

    /** An operator decided what was in doubt. */
    record Resolved(TransactionId id, boolean commits) implements OfParticipant {}

    /** The decision on what an operator had decided became known. */
    record Learned(TransactionId id, boolean commits) implements OfParticipant {}

    // A shard that was rewritten

    record Restored(StoreChunk chunk) implements OfParticipant {}

    /** What is known of transactions that have ended, and of each log the greatest of which that was forgotten. */
    record Remembered(List<Outcome> outcomes, List<TransactionId> forgotten) implements OfParticipant {
        public Remembered {
            outcomes = List.copyOf(outcomes);
            forgotten = List.copyOf(forgotten);
        }
    }

    /** What an operator has decided and nobody has confirmed. */
    record Unconfirmed(Prepared prepared, boolean commits) implements OfParticipant {}

    /** An operator had decided against that decision. */
    record Contradicted(TransactionId id, boolean commits) implements OfParticipant {}

    /** How a transaction ended here. */
    record Outcome(TransactionId id, boolean commits) {}
}
