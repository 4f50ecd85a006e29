package dcluster.quorum;

import dcluster.spi.Bytes;
import dcluster.spi.Eager;
import dcluster.spi.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * What nodes say to each other; all that a turn has for one node is one message of each kind. Each may arrive late, twice,
 * out of order or never. An operation has a number of its own in the life of its coordinator, whose incarnation the
 * messages of operations repeat: an answer from an earlier life is none.
 */
sealed interface QuorumMessage {
    // Operations

    /** What do you hold of these keys? Eager: it claims nothing. */
    record Read(long incarnation, List<Question> questions) implements QuorumMessage, Eager {
        public Read {
            questions = List.copyOf(questions);
        }
    }

    /**
     * One of them.
     *
     * @param bare whether to answer {@linkplain Versions#bare without the bytes} of values
     */
    record Question(long operation, Bytes key, boolean bare) {}

    /** Held: what it says must outlive a crash, for whoever hears it may answer its client. */
    record ReadReply(long incarnation, List<Answer> answers) implements QuorumMessage {
        public ReadReply {
            answers = List.copyOf(answers);
        }
    }

    /** What a replica holds, bare if it was asked so. */
    record Answer(long operation, Versions versions) {}

    /**
     * Hold these, too. Eager where the clock on the wall tells versions apart, and held where a vector clock does: then its
     * sender has counted up, and must not forget that it has.
     */
    record Write(long incarnation, List<Change> changes) implements QuorumMessage, Eager {
        public Write {
            changes = List.copyOf(changes);
        }

        /** The coordinator is a replica, too, perhaps, and journals them itself. */
        @Override
        public boolean mayBeForgotten() {
            return true;
        }
    }

    /**
     * One of them.
     *
     * @param owedTo for whom the receiver stands in; empty if the key is its own
     */
    record Change(long operation, Bytes key, Versions versions, Optional<NodeId> owedTo) {}

    /** Held: I hold that, durably. */
    record WriteReply(long incarnation, List<Long> operations) implements QuorumMessage {
        public WriteReply {
            operations = List.copyOf(operations);
        }
    }

    // Repair

    /** Hold these, too; nobody waits for it. */
    record Repair(List<Item> items) implements QuorumMessage {
        public Repair {
            items = List.copyOf(items);
        }
    }

    /** What somebody holds of a key. */
    record Item(Bytes key, Versions versions) {}

    /** Take these, which are yours; I forget what I owe you once you hold it. */
    record Handoff(List<Item> items) implements QuorumMessage {
        public Handoff {
            items = List.copyOf(items);
        }
    }

    /** Held: I hold what you gave me of these keys, durably; what I cannot take now is refused. */
    record HandoffReply(List<Receipt> receipts, List<Bytes> refused) implements QuorumMessage {
        public HandoffReply {
            receipts = List.copyOf(receipts);
            refused = List.copyOf(refused);
        }
    }

    /** That versions of that hash were taken. */
    record Receipt(Bytes key, long hash) {}

    // Anti-entropy

    /** These are my hashes at that level of the tree of the keys that we share; answered where yours are others. */
    record Compare(int level, List<TreeHash> hashes) implements QuorumMessage {
        public Compare {
            hashes = List.copyOf(hashes);
            if (level < 0
                    || level > MerkleTrees.LEAVES
                    || hashes.stream().anyMatch(each -> each.name() < 0 || each.name() >= MerkleTrees.width(level))) {
                throw new IllegalArgumentException("no such place in a tree: level " + level + " " + hashes);
            }
        }
    }

    /** The hash of a node of a Merkle tree, or of a key below a leaf. */
    record TreeHash(long name, long hash) {}

    /** All that I hold below a leaf of the tree, by the hashes of the keys. */
    record Leaf(int leaf, List<TreeHash> keys) implements QuorumMessage {
        public Leaf {
            MerkleTrees.requireLeaf(leaf);
            keys = List.copyOf(keys);
        }
    }

    /** Give me what you hold of these, be it values or their deletion. */
    record Want(int leaf, List<Long> keys) implements QuorumMessage {
        public Want {
            MerkleTrees.requireLeaf(leaf);
            keys = List.copyOf(keys);
        }
    }

    // Rebalance

    /** I have brought all that I held to where the ring of these nodes has it. */
    record Drained(List<NodeId> nodes) implements QuorumMessage {
        public Drained {
            nodes = List.copyOf(nodes);
        }
    }
}
