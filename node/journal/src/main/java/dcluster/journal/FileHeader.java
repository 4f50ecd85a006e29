package dcluster.journal;

import dcluster.codec.ByteReader;
import dcluster.codec.ByteWriter;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The first bytes of a segment or state file, durable before the file has its final name and never written again: the
 * rest of their page stays empty, so that no torn write of data reaches them. Frames begin at {@link #DATA_START}.
 *
 * <pre>
 *  0       8       12     16       24         32            40     48         56       64       4096
 * +-------+-------+------+--------+----------+-------------+------+----------+--------+-- ... --+-- -
 * | magic | check | kind | number | position | incarnation | salt | identity | format |  zeros  | frames
 * +-------+-------+------+--------+----------+-------------+------+----------+--------+-- ... --+-- -
 * </pre>
 *
 * The check is the CRC32C of all that follows it.
 *
 * @param kind {@link #SEGMENT} or {@link #STATE}
 * @param number of the segment, from 1; of a state, that of the first segment that it does not replace
 * @param position where that segment begins in the journal; 0 in a segment, which is made before that is known
 * @param incarnation of the process that wrote a state; 0 in a segment, whose marks tell
 * @param salt random; part of each frame's check
 * @param identity the {@linkplain Identity#hash hash} of the folder's identity
 */
record FileHeader(int kind, long number, long position, long incarnation, long salt, long identity) {
    static final int SEGMENT = 1;
    static final int STATE = 2;
    static final int BYTES = 64;
    static final int DATA_START = 4096;

    private static final long MAGIC = 0x64636c7573746572L; // "dcluster" in ASCII
    private static final int CHECK_AT = 8;
    private static final int CHECKED_FROM = 12;

    /** The whole first page. */
    ByteBuffer encode() {
        var out = new ByteWriter(DATA_START);
        out.writeLong(MAGIC);
        out.writeInt(0);
        out.writeInt(kind);
        out.writeLong(number);
        out.writeLong(position);
        out.writeLong(incarnation);
        out.writeLong(salt);
        out.writeLong(identity);
        out.writeLong(Identity.FORMAT);
        out.setInt(CHECK_AT, check(out.array()));
        out.skip(DATA_START - out.size());
        return ByteBuffer.wrap(out.array(), 0, DATA_START);
    }

    /** What the bytes say, unless they are no valid header of this format. */
    static Optional<FileHeader> decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        if (bytes.length < BYTES || in.readLong() != MAGIC || in.readInt() != check(bytes)) {
            return Optional.empty();
        }
        var header =
                new FileHeader(in.readInt(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        return in.readLong() == Identity.FORMAT ? Optional.of(header) : Optional.empty();
    }

    private static int check(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, CHECKED_FROM, BYTES - CHECKED_FROM);
        return (int) crc.getValue();
    }
}
