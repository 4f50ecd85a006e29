package dcluster.codec;

import dcluster.spi.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Writes a node's id as its name. The same few come with each message, so those read last are kept by their hash and
 * found again without making, and checking, a new one.
 */
final class NodeIdCoder implements Coder {
    private static final int SLOTS = 64;

    // Threads may race for a slot without harm: an id is immutable, and one that was displaced is made again.
    private final @Nullable NodeId[] known = new NodeId[SLOTS];

    @Override
    public void write(Object value, ByteWriter out) {
        Leaves.writeString(((NodeId) value).name(), out);
    }

    @Override
    public Object read(ByteReader in) {
        int length = in.readCount(1);
        if (length > NodeId.MAX_LENGTH) {
            throw in.malformed("a node's name of " + length + " bytes");
        }
        int slot = in.hashAhead(length) & (SLOTS - 1);
        var last = known[slot];
        if (last != null && last.name().length() == length && in.skipIfNext(last.name())) {
            return last;
        }
        var id = new NodeId(in.readUtf8(length));
        known[slot] = id;
        return id;
    }
}
