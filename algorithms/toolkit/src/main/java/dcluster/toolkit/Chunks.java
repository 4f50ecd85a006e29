package dcluster.toolkit;

import dcluster.spi.Bytes;
import dcluster.toolkit.PersistentMap.Mapping;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a store's content into chunks, lazily: keys, then sessions in the order of their uses. The first chunk is there
 * even if there is no content.
 */
final class Chunks implements Iterator<StoreChunk> {
    private final Frozen content;
    private final Iterator<Mapping<Bytes, Value>> mappings;
    private final int chunkBytes;
    private boolean begun;

    // The mapping of which a part at least was not given yet; if it is a list, its elements from `from` on remain.
    private @Nullable Mapping<Bytes, Value> mapping;
    private int from;

    // The session that comes next, once there are no more keys; 0 if there is none.
    private long session;

    private List<StoreChunk.Part> parts = new ArrayList<>();
    private long bytes;

    Chunks(Frozen content, int chunkBytes) {
        this.content = content;
        this.mappings = content.values().iterator();
        this.chunkBytes = chunkBytes;
        this.session = content.sessions().byUse().first();
        advance();
    }

    private void advance() {
        mapping = mappings.hasNext() ? mappings.next() : null;
        from = 0;
    }

    @Override
    public boolean hasNext() {
        return !begun || mapping != null || session != 0;
    }

    @Override
    public StoreChunk next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        begun = true;
        parts = new ArrayList<>();
        bytes = 0;
        while (mapping != null && addPart(mapping.key(), mapping.value())) {
            advance();
        }
        while (mapping == null && session != 0 && addSession()) {
            session = content.sessions().byUse().after(session);
        }
        return new StoreChunk(content.changes(), content.sessions().opened(), parts);
    }

    private boolean addSession() {
        var remembered = Objects.requireNonNull(content.sessions().get(session), "a use of no session");
        return addWhole(new StoreChunk.SessionPart(session, remembered), Sessions.bytes(remembered));
    }

    /** Adds a part unless it is too large to stand beside the others; returns whether it did. */
    private boolean addWhole(StoreChunk.Part part, long size) {
        if (!parts.isEmpty() && bytes + size > chunkBytes) {
            return false;
        }
        parts.add(part);
        bytes += size;
        return true;
    }

    /** Adds what fits of a mapping; returns whether that was all that remained of it. */
    private boolean addPart(Bytes key, Value value) {
        return value instanceof Value.Text text ? addText(key, text) : addElements(key, (Value.Elements) value);
    }

    private boolean addText(Bytes key, Value.Text text) {
        var part = new StoreChunk.TextPart(key, text.version(), text.text());
        return addWhole(part, KeyedState.bytes(key) + text.bytes());
    }

    private boolean addElements(Bytes key, Value.Elements list) {
        var elements = list.elements();
        long size = KeyedState.bytes(key) + Value.Elements.NONE.bytes();
        int to = from;
        while (to < elements.size()) {
            long next = Value.OVERHEAD_BYTES + (long) elements.get(to).size();
            boolean first = parts.isEmpty() && to == from;
            if (!first && bytes + size + next > chunkBytes) {
                break;
            }
            size += next;
            to++;
        }
        if (to > from) {
            parts.add(new StoreChunk.ListPart(key, list.version(), from, elements.slice(from, to)));
            bytes += size;
            from = to;
        }
        return to == elements.size();
    }
}
