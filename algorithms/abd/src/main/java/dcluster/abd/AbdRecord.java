package dcluster.abd;

import dcluster.spi.Bytes;
import java.util.Optional;

/** What the journal of a replica holds. */
sealed interface AbdRecord {
    /** The register of a key holds that from now on. */
    record Stored(Bytes key, Tag tag, Optional<Bytes> value) implements AbdRecord {}
}
