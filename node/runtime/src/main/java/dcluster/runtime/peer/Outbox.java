package dcluster.runtime.peer;

import dcluster.codec.ByteWriter;
import dcluster.codec.Frames;
import dcluster.host.Envelope;
import dcluster.host.EnvelopeCodec;
import dcluster.spi.Limits;

/**
 * What waits for one peer, for as long as one connection lives: encoded frames that the next flush gives to the socket.
 */
final class Outbox<M> {
    private static final int KEPT_BYTES = 256 << 10;

    private final EnvelopeCodec<M> codec;
    private final Wire wire;
    private final int mostBytes;
    private final ByteWriter frames = new ByteWriter(4096);

    /** Given to the socket, and not yet taken by it. */
    private long untakenBytes;

    private boolean wroteSinceTick;

    Outbox(EnvelopeCodec<M> codec, Wire wire, int mostBytes) {
        this.codec = codec;
        this.wire = wire;
        this.mostBytes = mostBytes;
    }

    /**
     * Encodes it; or returns false and forgets it if that is more than may wait, or more than a frame holds.
     *
     * @throws IllegalStateException if an algorithm made a message that is larger than a frame
     */
    boolean add(Envelope<M> envelope) {
        int start = frames.size();
        if (untakenBytes + start >= mostBytes) {
            return false;
        }
        Frames.begin(frames);
        codec.encode(envelope, frames);
        if (bytes() > mostBytes || isClientsFault(envelope, frames.size() - start)) {
            frames.truncate(start);
            return false;
        }
        Frames.end(frames, start);
        return true;
    }

    /** How large a command's answer gets is up to clients; how large a message gets is not. */
    private boolean isClientsFault(Envelope<M> envelope, int frameBytes) {
        return !(envelope instanceof Envelope.Message) && frameBytes - Frames.HEADER_BYTES > Limits.MAX_FRAME_BYTES;
    }

    boolean isDirty() {
        return frames.size() > 0;
    }

    /** How much waits, here and in the socket. */
    long bytes() {
        return untakenBytes + frames.size();
    }

    /** Gives all to the socket in one write. */
    void flush() {
        int count = frames.size();
        if (count == 0) {
            return;
        }
        untakenBytes += count;
        wroteSinceTick = true;
        wire.write(frames.array(), count).onSuccess(taken -> untakenBytes -= count);
        frames.clear(KEPT_BYTES);
    }

    /** Gives a sign of life if nothing was written since the last tick, and nothing waits that would be one. */
    void tick() {
        if (!wroteSinceTick && bytes() == 0) {
            int start = Frames.begin(frames);
            frames.writeByte(FrameKind.PING);
            Frames.end(frames, start);
            flush();
        }
        wroteSinceTick = false;
    }
}
