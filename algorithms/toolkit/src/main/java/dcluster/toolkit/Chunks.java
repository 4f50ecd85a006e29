package dcluster.toolkit;

import dcluster.spi.Bytes;
import dcluster.toolkit.PersistentMap.Mapping;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Cuts a store's content into chunks, lazily; the first is there even if there is no content. */
final class Chunks implements Iterator<StoreChunk> {
    private final Iterator<Mapping<Bytes, Value>> mappings;
    private final long changes;
    private final int chunkBytes;
    private boolean begun;

    // The mapping of which a part at least was not given yet; if it is a list, its elements from `from` on remain.
    private @Nullable Mapping<Bytes, Value> mapping;
    private int from;

    private List<StoreChunk.Part> parts = new ArrayList<>();
    private long bytes;

    Chunks(Iterator<Mapping<Bytes, Value>> mappings, long changes, int chunkBytes) {
        this.mappings = mappings;
        this.changes = changes;
        this.chunkBytes = chunkBytes;
        advance();
    }

    private void advance() {
        mapping = mappings.hasNext() ? mappings.next() : null;
        from = 0;
    }

    @Override
    public boolean hasNext() {
        return !begun || mapping != null;
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
        return new StoreChunk(changes, parts);
    }

    /** Adds what fits of a mapping; returns whether that was all that remained of it. */
    private boolean addPart(Bytes key, Value value) {
        return value instanceof Value.Text text ? addText(key, text) : addElements(key, (Value.Elements) value);
    }

    private boolean addText(Bytes key, Value.Text text) {
        long size = KeyedState.bytes(key) + text.bytes();
        if (!parts.isEmpty() && bytes + size > chunkBytes) {
            return false;
        }
        parts.add(new StoreChunk.TextPart(key, text.version(), text.text()));
        bytes += size;
        return true;
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
