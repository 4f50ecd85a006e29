package dcluster.quorum;

import dcluster.spi.Bytes;
import dcluster.toolkit.Footprint;
import dcluster.toolkit.Weighed;
import java.util.Optional;

/**
 * What a replica holds of one key.
 *
 * @param mine who this replica is as a maker of versions; empty if it has made none since it holds the key
 */
record Held(Versions versions, Optional<Actor> mine, long hash) implements Weighed {
    private static final int OBJECT_BYTES = 72;
    private static final int ACTOR_BYTES = 48;

    /** What {@link Graves} keeps of it. */
    static final int GRAVE_BYTES = 96;

    Held(Versions versions, Optional<Actor> mine) {
        this(versions, mine, versions.stateHash());
    }

    static Held none(Versioning versioning) {
        return new Held(Versions.none(versioning), Optional.empty());
    }

    @Override
    public long bytes() {
        return OBJECT_BYTES / 2 + versions.overheadBytes() / 2 + versions.valueBytes();
    }

    @Override
    public long memoryBytes() {
        long values = versions.eachValue()
                .mapToLong(value -> Footprint.ofBytes(value.size()))
                .sum();
        int around = (mine.isPresent() ? ACTOR_BYTES : 0) + (versions.isTombstone() ? GRAVE_BYTES : 0);
        return OBJECT_BYTES + around + versions.overheadBytes() + values;
    }

    /** What it would take once all that a context covers is deleted, and the context remembered. */
    long memoryBytesWithout(Clock context) {
        return OBJECT_BYTES
                + GRAVE_BYTES
                + ACTOR_BYTES
                + versions.overheadBytes()
                + Versions.VERSION_BYTES * context.dots().size();
    }

    /** What it would take with another version, beside those that it holds or in their place. */
    long memoryBytesWith(Bytes value, boolean beside) {
        long before = beside ? memoryBytes() : OBJECT_BYTES + versions.overheadBytes();
        return before + ACTOR_BYTES + Versions.VERSION_BYTES + Footprint.ofBytes(value.size());
    }
}
