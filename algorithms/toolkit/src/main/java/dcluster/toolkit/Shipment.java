package dcluster.toolkit;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot on its way to one replica. Chunks are made from an immutable view when there is room for them in the
 * window, and let go when the receiver holds them durably:
 *
 * <pre>
 *        acknowledged            out                  to be sent again        not made yet
 *   +---+---+---+---+---+---+---+---+---+---+---+---+---+---+---+---+ . . .
 *   | 0 | 1 |           |   |       |   |                   |   |
 *   +---+---+---+---+---+---+---+---+---+---+---+---+---+---+---+---+ . . .
 *                         ^               ^                       ^
 *                   acknowledged         next       acknowledged + kept.size()
 * </pre>
 *
 * <p>What is out is bounded in bytes, beyond which the latest chunk may reach. The bound begins with little and grows with each
 * acknowledgement, as TCP's slow start does (Jacobson, Congestion Avoidance and Control, 1988): a receiver whose disk
 * is slow is not flooded, and chunks are made between other work. When nothing is heard for too long everything that
 * was out counts as lost, and goes out again from the first (go-back-N). Not thread-safe.
 *
 * @param <I> what names a snapshot
 */
public final class Shipment<I> {
    /** A piece of the snapshot; they are numbered from 0. */
    public record Piece(int number, StoreChunk chunk, boolean last) {}

    private record Made(StoreChunk chunk, long bytes, boolean last) {}

    private final I id;
    private final Iterator<StoreChunk> rest;
    private final long mostBytes;

    // Made and not acknowledged, from number `acknowledged` on. The last chunk stays: what answers it is that the
    // snapshot is installed.
    private final ArrayDeque<Made> kept = new ArrayDeque<>();
    private int acknowledged;

    // The next number to be sent, what is out before it, and how much may be.
    private int next;
    private long outBytes;
    private long windowBytes;

    // Since the receiver acknowledged more: whether chunks were sent again, and whether it said then that it holds
    // less.
    private boolean wentBack;
    private boolean denied;

    private boolean complete;

    /**
     * Nothing is out yet.
     *
     * @param chunks of the state; one at least
     * @param mostBytes the most that may be out, beyond which the latest chunk may reach
     */
    public Shipment(I id, Iterator<StoreChunk> chunks, long mostBytes) {
        this.id = id;
        this.rest = chunks;
        this.mostBytes = mostBytes;
    }

    /** The next chunk that may go out, which is then out; null if none may. */
    public @Nullable Piece send() {
        int offset = next - acknowledged;
        boolean full = outBytes > 0 && outBytes >= windowBytes;
        if (full || (offset == kept.size() && complete)) {
            return null;
        }
        if (offset == kept.size()) {
            make();
        }
        var piece = at(offset);
        outBytes += piece.bytes();
        return new Piece(next++, piece.chunk(), piece.last());
    }

    private void make() {
        var chunk = rest.next();
        complete = !rest.hasNext();
        kept.add(new Made(chunk, Math.max(1, chunk.bytes()), complete));
    }

    private Made at(int offset) {
        if (offset == kept.size() - 1) {
            return kept.getLast();
        }
        var pieces = kept.iterator();
        for (int i = 0; i < offset; i++) {
            pieces.next();
        }
        return pieces.next();
    }

    /** The receiver holds that many chunks durably, or did when it said so. Returns whether that is more than known. */
    public boolean acknowledge(int received) {
        if (received > acknowledged + kept.size()) {
            throw new IllegalStateException("chunks are acknowledged that were never made: snapshot=" + id
                    + " received=" + received + " made=" + (acknowledged + kept.size()));
        }
        denied |= wentBack && received < acknowledged;
        boolean news = false;
        while (acknowledged < received && !kept.element().last()) {
            var piece = kept.remove();
            outBytes -= acknowledged < next ? piece.bytes() : 0;
            acknowledged++;
            windowBytes = Math.min(mostBytes, Math.max(windowBytes, piece.bytes()) + piece.bytes());
            news = true;
        }
        next = Math.max(next, acknowledged);
        wentBack &= !news;
        denied &= !news;
        return news;
    }

    /** What is out may be lost: it goes out again, little at first. */
    public void goBack() {
        next = acknowledged;
        outBytes = 0;
        windowBytes = 0;
        wentBack = true;
    }

    /** Whether a chunk is out. */
    public boolean isOut() {
        return next > acknowledged;
    }

    /**
     * Whether the receiver denies to hold chunks that it acknowledged. A late answer does so too, so it counts only
     * after chunks were sent again.
     */
    public boolean isDenied() {
        return denied;
    }

    /** Which snapshot it is. */
    public I id() {
        return id;
    }
}
