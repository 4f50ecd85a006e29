package dcluster.runtime.peer;

import dcluster.codec.ByteReader;
import dcluster.codec.ByteWriter;
import dcluster.codec.MalformedMessageException;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;

/**
 * What two nodes tell each other before anything else, as HELLO and as WELCOME.
 *
 * <pre>
 *  | kind 1 | magic 4 | version 4 | cluster | sender | incarnation 8 | process 8 | receiver | algorithm | fingerprint 8 |
 *
 *  kind     1 HELLO, 2 WELCOME
 *  magic    "dclu"
 *  process  a random number that the sender's process drew at its start
 *  texts    length as a varint, at most 255, and UTF-8
 * </pre>
 *
 * <p>What stands before the incarnation stays as it is in every version, so that nodes of different versions can still
 * tell each other why they do not get along. Of another version only that much is read.
 */
record Hello(
        int version,
        String cluster,
        NodeId sender,
        long incarnation,
        long process,
        NodeId receiver,
        String algorithm,
        long fingerprint) {
    static final int VERSION = 1;

    private static final int MAGIC = 0x64636c75;
    private static final int LONGEST_TEXT = 255;

    void write(int kind, ByteWriter out) {
        out.writeByte(kind);
        out.writeInt(MAGIC);
        out.writeInt(version);
        writeText(cluster, out);
        writeText(sender.name(), out);
        out.writeLong(incarnation);
        out.writeLong(process);
        writeText(receiver.name(), out);
        writeText(algorithm, out);
        out.writeLong(fingerprint);
    }

    private static void writeText(String text, ByteWriter out) {
        var bytes = Bytes.utf8(text);
        if (bytes.size() > LONGEST_TEXT) {
            throw new IllegalArgumentException("too long for a handshake: " + text);
        }
        out.writeVarLong(bytes.size());
        out.write(bytes);
    }

    /**
     * Reads what stands behind the kind.
     *
     * @throws MalformedMessageException if it is something else
     */
    static Hello read(ByteReader in) {
        if (in.readInt() != MAGIC) {
            throw in.malformed("this is no node of dcluster");
        }
        int version = in.readInt();
        String cluster = readText(in);
        var sender = readNodeId(in);
        if (version != VERSION) {
            return new Hello(version, cluster, sender, 0, 0, sender, "", 0);
        }
        var hello = new Hello(
                version, cluster, sender, in.readLong(), in.readLong(), readNodeId(in), readText(in), in.readLong());
        in.end();
        return hello;
    }

    private static NodeId readNodeId(ByteReader in) {
        String name = readText(in);
        try {
            return new NodeId(name);
        } catch (IllegalArgumentException e) {
            throw in.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static String readText(ByteReader in) {
        int length = in.readCount(1);
        if (length > LONGEST_TEXT) {
            throw in.malformed("a text of " + length + " bytes in a handshake");
        }
        return printable(in.readBytes(length).toUtf8());
    }

    /** What comes from outside and goes to a log has no line breaks or terminal controls. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
