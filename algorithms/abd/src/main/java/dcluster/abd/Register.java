package dcluster.abd;

import dcluster.spi.Bytes;
import dcluster.toolkit.Footprint;
import dcluster.toolkit.StateHash;
import dcluster.toolkit.Weighed;
import java.util.Optional;

/** What a replica holds of one key: the value of the greatest tag that it has seen, and no value if that is a deletion. */
record Register(Tag tag, Optional<Bytes> value, long hash) implements Weighed {
    static final Register UNWRITTEN = new Register(Tag.NONE, Optional.empty());

    /** About what a tag takes encoded. */
    private static final int TAG_BYTES = 24;

    /** Of this, its tag and the optional value. */
    private static final int OBJECT_BYTES = 88;

    Register(Tag tag, Optional<Bytes> value) {
        this(tag, value, hash(tag, value));
    }

    private static long hash(Tag tag, Optional<Bytes> value) {
        long writer = StateHash.of(Bytes.utf8(tag.writer().name()));
        long written = value.map(StateHash::of).orElse(0L);
        return StateHash.both(StateHash.both(tag.sequence(), tag.incarnation()), StateHash.both(writer, written));
    }

    @Override
    public long bytes() {
        return TAG_BYTES + (long) value.map(Bytes::size).orElse(0);
    }

    @Override
    public long memoryBytes() {
        return memoryBytes(value);
    }

    /** Of any register that holds this. */
    static long memoryBytes(Optional<Bytes> value) {
        return OBJECT_BYTES
                + value.map(bytes -> Footprint.ofBytes(bytes.size())).orElse(0L);
    }
}
