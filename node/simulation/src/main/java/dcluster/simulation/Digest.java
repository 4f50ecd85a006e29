package dcluster.simulation;

import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** One number for all that a run told, in its order: runs that differ anywhere have, but for chance, different ones. */
public final class Digest implements Trace {
    private final CRC32C crc = new CRC32C();
    /** What is told of one event, which is summed up as a whole: byte by byte that takes several times as long. */
    private byte[] event = new byte[256];

    private int size;
    private long hash = 1;
    private long events;

    @Override
    public void message(long at, Fate fate, Message message) {
        begin(at);
        text(fate.name());
        number(message.link().number());
        number(message.number());
        bytes(message.encoded());
        end();
    }

    @Override
    public void node(long at, NodeId node, Event event, String what, Object... details) {
        begin(at);
        text(node.name());
        text(event.name());
        text(what);
        details(details);
        end();
    }

    @Override
    public void told(long at, String what, Object... details) {
        begin(at);
        text(what);
        details(details);
        end();
    }

    private void details(Object... details) {
        for (var detail : details) {
            text(String.valueOf(detail));
        }
    }

    private void begin(long at) {
        size = 0;
        number(at);
    }

    private void end() {
        crc.reset();
        crc.update(event, 0, size);
        events++;
        hash = hash * 0x5851f42d4c957f2dL + crc.getValue() + 1;
    }

    private void bytes(Bytes bytes) {
        makeRoom(bytes.size());
        bytes.copyTo(event, size);
        size += bytes.size();
    }

    private void text(String text) {
        makeRoom(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes(Bytes.utf8(text.substring(i)));
                break;
            }
            event[size++] = (byte) c;
        }
        makeRoom(1);
        event[size++] = 0;
    }

    private void number(long value) {
        makeRoom(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            event[size++] = (byte) (value >>> shift);
        }
    }

    private void makeRoom(int count) {
        if (event.length - size < count) {
            event = Arrays.copyOf(event, 2 * (size + count));
        }
    }

    /** The number. */
    public long value() {
        return hash;
    }

    /** How many events it stands for. */
    public long events() {
        return events;
    }
}
