package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.nio.ByteOrder;

/**
 * The arithmetic of the state hash: 64 bits, the same in every virtual machine. It finds replicas that went apart by
 * mistake; it does not withstand someone who wants two states to have one hash.
 */
public final class StateHash {
    /** Odd, so that it has an inverse and multiplying by it loses nothing. */
    static final long PRIME = 0x9e3779b97f4a7c15L;

    private StateHash() {}

    /** The hash of some bytes. */
    public static long of(Bytes bytes) {
        var buffer = bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long hash = mix(bytes.size());
        int i = 0;
        for (; i + 8 <= bytes.size(); i += 8) {
            hash = step(hash, buffer.getLong(i));
        }
        long rest = 0;
        for (; i < bytes.size(); i++) {
            rest = rest << 8 | (bytes.at(i) & 0xff);
        }
        return mix(step(hash, rest));
    }

    private static long step(long hash, long word) {
        return Long.rotateLeft((hash ^ word) * PRIME, 29);
    }

    /** The hash of a key and its value, from theirs; the sum over all is the state's, whatever their order. */
    static long mapping(long key, long value) {
        return mix(key + PRIME * value);
    }

    /** The hash of two things of which these are the hashes, in that order. */
    public static long both(long one, long other) {
        return mix(one * PRIME + other);
    }

    /** Spreads each bit over all others and maps no two numbers to one (the final step of MurmurHash3). */
    static long mix(long number) {
        long hash = number;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
