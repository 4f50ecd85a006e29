package dcluster.runtime.gateway;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** A socket in memory: what was sent is kept; where its client does not read, nothing counts as taken. */
final class FakeWire implements Wire {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Deque<Runnable> untaken = new ArrayDeque<>();
    private boolean clientReads = true;
    private boolean paused;
    private boolean closed;
    private int writes;
    private long progress;
    private Runnable whenClosed = () -> {};

    void onClose(Runnable task) {
        whenClosed = task;
    }

    /** From now on what is sent stays in the wire. */
    void clientStopsReading() {
        clientReads = false;
    }

    /** The client takes all that was sent, and goes on reading. */
    void clientReads() {
        clientReads = true;
        while (!untaken.isEmpty()) {
            untaken.remove().run();
        }
    }

    /** The client takes a little of what was sent. */
    void progresses() {
        progress++;
    }

    /** What was sent since the last call, a character a byte. */
    String takeSent() {
        var text = sent.toString(StandardCharsets.ISO_8859_1);
        sent.reset();
        return text;
    }

    long sentBytes() {
        return sent.size();
    }

    int writes() {
        return writes;
    }

    boolean isPaused() {
        return paused;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void write(Buffer bytes, Runnable whenGone) {
        if (!closed) {
            sent.writeBytes(bytes.getBytes());
            writes++;
        }
        if (clientReads || closed) {
            whenGone.run();
        } else {
            untaken.add(whenGone);
        }
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public long progress() {
        return progress;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            whenClosed.run();
            clientReads();
        }
    }
}
