package dcluster.toolkit;

import dcluster.spi.Bytes;

/**
 * What the content of a {@link Store}, or of another {@link KeyedState}, takes on the heap, in bytes: an estimate that is
 * rather too high, for a virtual machine of 64 bits with compressed references. {@code FootprintTest} holds it against
 * the real heap. It depends on the content alone, so it is the same in every replica.
 */
public final class Footprint {
    /**
     * A mapping beside its key and value: a leaf of 24 bytes, and of the branches above it a share of about 20. Keys
     * that are chosen to share the first bits of their hashes can make that share about 140.
     */
    static final int MAPPING_BYTES = 48;

    /** A text beside its bytes. */
    static final int TEXT_BYTES = 40;

    /** A list without elements: six objects, of which an array grows with each element. */
    static final int LIST_BYTES = 200;

    /** An element beside its bytes: a slot, and a share of the arrays that lead to it. */
    static final int ELEMENT_BYTES = 8;

    /** An object with its cached hash, and the header of its array. */
    private static final int BYTES_BYTES = 40;

    private Footprint() {}

    /** Of a key or a value alone; objects begin at multiples of 8. */
    static long of(Bytes bytes) {
        return ofBytes(bytes.size());
    }

    /** Of so many bytes as a key or value. */
    public static long ofBytes(int size) {
        return BYTES_BYTES + ((size + 7L) & -8);
    }

    /** Of a mapping, but for its value. */
    static long ofMapping(Bytes key) {
        return MAPPING_BYTES + of(key);
    }

    static long ofElement(Bytes element) {
        return ELEMENT_BYTES + of(element);
    }
}
