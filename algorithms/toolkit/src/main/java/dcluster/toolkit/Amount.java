package dcluster.toolkit;

import dcluster.spi.ByteSize;

/** A bound on entries of the log, by their count and by their bytes, whichever is reached first; both from 1. */
public record Amount(int entries, ByteSize bytes) {
    public Amount {
        if (entries < 1 || bytes.bytes() < 1) {
            throw new IllegalArgumentException(
                    "at least one entry and one byte must fit: entries=" + entries + " bytes=" + bytes.bytes());
        }
    }

    /** Whether so many entries of so many bytes are more than that. */
    public boolean exceededBy(long entryCount, long byteCount) {
        return entryCount > entries || byteCount > bytes.bytes();
    }
}
