package dcluster.toolkit.seam;

import dcluster.spi.Algorithm;
import dcluster.spi.Context;
import dcluster.spi.Limits;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Status;
import dcluster.toolkit.Store;
import dcluster.toolkit.StoreChunk;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A replica that is given the whole store of another, chunk by chunk: larger than any frame or record. */
final class LargeSnapshot implements Algorithm<LargeSnapshot.Message, LargeSnapshot.Piece, LargeSnapshot.None> {
    enum None {}

    sealed interface Message {}

    record Chunk(int number, StoreChunk content, boolean last) implements Message {}

    record Received(int chunks) implements Message {}

    sealed interface Piece {}

    record ChunkKept(int number, StoreChunk content) implements Piece {}

    /** Makes the chunks before it count, all at once. */
    record Installed() implements Piece {}

    private final Context<Message, Piece, None> context;

    // Durable state
    private Store store = new Store();
    private final List<StoreChunk> kept = new ArrayList<>();

    private @Nullable Iterator<StoreChunk> sending;
    private int sent;

    LargeSnapshot(Context<Message, Piece, None> context) {
        this.context = context;
    }

    @Override
    public void replay(Piece record) {
        if (record instanceof ChunkKept chunk) {
            if (chunk.number() == 0) {
                kept.clear();
            }
            kept.add(chunk.content());
        } else {
            store = new Store();
            kept.forEach(store::restore);
            kept.clear();
        }
    }

    @Override
    public void start() {}

    void give(Store content, NodeId to) {
        sending = content.freeze().chunks(Limits.CHUNK_BYTES);
        sent = 0;
        next(to);
    }

    private void next(NodeId to) {
        if (sending != null && sending.hasNext()) {
            var content = sending.next();
            context.send(to, new Chunk(sent++, content, !sending.hasNext()));
        }
    }

    @Override
    public void onMessage(NodeId from, Message message) {
        if (message instanceof Received received) {
            if (received.chunks() == sent) {
                next(from);
            }
            return;
        }
        var chunk = (Chunk) message;
        if (chunk.number() == kept.size() || chunk.number() == 0) {
            context.journal(new ChunkKept(chunk.number(), chunk.content()));
            if (chunk.last()) {
                context.journal(new Installed());
            }
            context.send(from, new Received(chunk.number() + 1));
        }
    }

    @Override
    public void onTimer(None timer) {}

    @Override
    public void onRequest(Request request) {}

    @Override
    public Status status() {
        return new Status("copy", Optional.empty(), store.size(), store.hash(), Map.of());
    }
}
