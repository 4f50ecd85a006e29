package dcluster.runtime.peer;

import dcluster.codec.ByteReader;
import dcluster.codec.ByteWriter;
import dcluster.codec.FrameReader;
import dcluster.codec.Frames;
import dcluster.codec.MalformedMessageException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;

/**
 * One TCP connection, cut into frames. Until it is {@linkplain #trust trusted} it takes no more bytes than a handshake
 * has. When it breaks its owner is told, once, and not if the owner closed it.
 */
final class Wire {
    /** The most that may come before a handshake is through. */
    static final int HANDSHAKE_BYTES = 2048;

    private final NetSocket socket;
    private final PeerCounters counters;
    private final Complaints complaints;
    private final String remote;
    private final FrameReader frames = new FrameReader();
    private String peer;
    private Consumer<ByteReader> onFrame = body -> {};
    private Consumer<String> onBroken = why -> {};
    private boolean closed;
    private boolean trusted;
    private int untrustedBytes;
    private int quietTicks;

    Wire(NetSocket socket, PeerCounters counters, Complaints complaints) {
        this.socket = socket;
        this.counters = counters;
        this.complaints = complaints;
        this.remote = String.valueOf(socket.remoteAddress());
        this.peer = remote.replaceFirst(":\\d+$", "");
    }

    /** Where the other end is, for people. */
    String remote() {
        return remote;
    }

    /**
     * Begins to read, or goes on for another owner. A frame that makes its owner throw for being malformed breaks the
     * wire.
     */
    void owner(Consumer<ByteReader> onFrame, Consumer<String> onBroken) {
        this.onFrame = onFrame;
        this.onBroken = onBroken;
        socket.handler(this::read);
        socket.closeHandler(closed -> broken("the connection was closed"));
        socket.exceptionHandler(failure -> broken(String.valueOf(failure.getMessage())));
    }

    /** The handshake is through: this is that peer. */
    void trust(String name) {
        trusted = true;
        peer = name;
    }

    private void read(Buffer buffer) {
        if (closed) {
            return;
        }
        quietTicks = 0;
        counters.reads++;
        counters.bytesReceived += buffer.length();
        try {
            if (!trusted) {
                admit(buffer.length());
            }
            frames.feed(buffer.getBytes(), 0, buffer.length());
            for (var body = frames.next(); body.isPresent() && !closed; body = frames.next()) {
                onFrame.accept(body.get());
            }
        } catch (MalformedMessageException e) {
            counters.malformed++;
            complaints.warn(
                    "malformed " + peer,
                    "closed the connection from " + peer + " at " + remote() + ", which sent what is no message: "
                            + e.getMessage());
            broken("malformed: " + e.getMessage());
        }
    }

    private void admit(int count) {
        untrustedBytes += count;
        if (untrustedBytes > HANDSHAKE_BYTES) {
            throw new MalformedMessageException("too much for a handshake", untrustedBytes);
        }
    }

    private void broken(String why) {
        if (!closed) {
            close();
            onBroken.accept(why);
        }
    }

    /** Writes at once; done when the socket has taken it. */
    Future<Void> write(byte[] bytes, int length) {
        counters.writes++;
        counters.bytesSent += length;
        return socket.write(Buffer.buffer(length).appendBytes(bytes, 0, length));
    }

    /** Writes one frame. */
    Future<Void> writeFrame(Consumer<ByteWriter> body) {
        var out = new ByteWriter(256);
        int start = Frames.begin(out);
        body.accept(out);
        Frames.end(out, start);
        return write(out.array(), out.size());
    }

    /** Writes a last frame, and closes when the socket has taken it. */
    void writeLastFrame(Consumer<ByteWriter> body) {
        closed = true;
        writeFrame(body).onComplete(taken -> abort());
    }

    /** Stops reading until {@link #resume}. */
    void pause() {
        socket.pause();
    }

    void resume() {
        quietTicks = 0;
        socket.resume();
    }

    /** How often this was called since anything came. */
    int countQuietTick() {
        return ++quietTicks;
    }

    /** Closes at once; what the socket has not taken is lost. */
    void close() {
        if (!closed) {
            closed = true;
            abort();
        }
    }

    /**
     * The socket's own close() first writes what is waiting: towards a peer that does not read that is for ever, and
     * would leak the connection. So the channel below is closed.
     */
    private void abort() {
        var unused = ((NetSocketInternal) socket).channelHandlerContext().close();
    }
}
