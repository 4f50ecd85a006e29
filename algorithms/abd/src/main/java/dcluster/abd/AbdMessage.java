package dcluster.abd;

import dcluster.spi.Bytes;
import dcluster.spi.Eager;
import java.util.List;
import java.util.Optional;

/**
 * What a coordinator and its replicas say to each other; all that a turn has for one node is one message of each kind.
 * Each may arrive late, twice, out of order or never. An operation has a number of its own in the life of its
 * coordinator, whose incarnation each message repeats: an answer from an earlier life is none.
 */
sealed interface AbdMessage {
    /** About what a part takes encoded, beside its key and value. */
    int PART_BYTES = 48;

    /** The coordinator's. */
    long incarnation();

    /** What do you hold of these keys? Eager: it claims nothing. */
    record Query(long incarnation, List<Question> questions) implements AbdMessage, Eager {
        public Query {
            questions = List.copyOf(questions);
        }
    }

    /** One of them. A write wants to know the tag alone. */
    record Question(long operation, Bytes key, boolean tagOnly) {
        long bytes() {
            return PART_BYTES + (long) key.size();
        }
    }

    /** Held: what it says must outlive a crash, for whoever hears it may answer its client. */
    record QueryReply(long incarnation, List<Answer> answers) implements AbdMessage {
        public QueryReply {
            answers = List.copyOf(answers);
        }
    }

    /** What a replica holds; without the value if only the tag was asked for. */
    record Answer(long operation, Tag tag, Optional<Bytes> value) {
        /** Before anybody has answered: older than all answers. */
        static final Answer UNWRITTEN = new Answer(0, Tag.NONE, Optional.empty());

        long bytes() {
            return PART_BYTES + (long) value.map(Bytes::size).orElse(0);
        }
    }

    /** Hold these, unless you hold something newer. Eager: it claims nothing of its sender's disk. */
    record Propagate(long incarnation, List<Change> changes) implements AbdMessage, Eager {
        public Propagate {
            changes = List.copyOf(changes);
        }

        /** The coordinator is a replica, too, and journals them itself. */
        @Override
        public boolean mayBeForgotten() {
            return true;
        }
    }

    /** One of them. */
    record Change(long operation, Bytes key, Tag tag, Optional<Bytes> value) {
        long bytes() {
            return PART_BYTES + key.size() + (long) value.map(Bytes::size).orElse(0);
        }
    }

    /** Held: I hold that, or something newer, durably. */
    record PropagateReply(long incarnation, List<Long> operations) implements AbdMessage {
        public PropagateReply {
            operations = List.copyOf(operations);
        }
    }
}
