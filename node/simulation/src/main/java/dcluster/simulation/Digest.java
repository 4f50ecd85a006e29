package dcluster.simulation;

import dcluster.spi.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** One number for all that a run told, in its order: runs that differ anywhere have, but for chance, different ones. */
public final class Digest implements Trace {
    private final CRC32C crc = new CRC32C();
    private long hash = 1;
    private long events;

    @Override
    public void message(long at, Fate fate, Message message) {
        begin(at);
        text(fate.name());
        number(message.link().number());
        number(message.number());
        crc.update(message.encoded().asByteBuffer());
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
        crc.reset();
        number(at);
    }

    private void end() {
        events++;
        hash = hash * 0x5851f42d4c957f2dL + crc.getValue() + 1;
    }

    private void text(String text) {
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        crc.update(0);
    }

    private void number(long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            crc.update((int) (value >>> shift));
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
