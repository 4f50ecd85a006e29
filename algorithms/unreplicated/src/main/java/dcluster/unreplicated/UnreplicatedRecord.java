package dcluster.unreplicated;

import dcluster.spi.Command;
import dcluster.toolkit.StoreChunk;

/** What the journal of {@code none} holds: first, if it was compacted, a count and chunks; then commands. */
sealed interface UnreplicatedRecord {
    /** A client's write. It is applied when journalled and again at each restart, with the same effect and answer. */
    record Applied(Command command) implements UnreplicatedRecord {}

    /** The journal was compacted: so many commands made the state that the chunks behind this record hold. */
    record Compacted(long applied) implements UnreplicatedRecord {}

    /** A piece of that state. */
    record Restored(StoreChunk chunk) implements UnreplicatedRecord {}
}
