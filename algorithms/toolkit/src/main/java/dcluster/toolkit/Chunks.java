package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Cuts a store's content into chunks, lazily. */
final class Chunks implements Iterator<StoreChunk> {
    private final Iterator<Map.Entry<Bytes, Value>> entries;
    private final int chunkBytes;

    // The entry of which a part at least was not given yet; if it is a list, its elements from `from` on remain.
    private Map.@Nullable Entry<Bytes, Value> entry;
    private int from;

    private List<StoreChunk.Part> parts = new ArrayList<>();
    private long bytes;

    Chunks(Iterator<Map.Entry<Bytes, Value>> entries, int chunkBytes) {
        this.entries = entries;
        this.chunkBytes = chunkBytes;
        advance();
    }

    private void advance() {
        entry = entries.hasNext() ? entries.next() : null;
        from = 0;
    }

    @Override
    public boolean hasNext() {
        return entry != null;
    }

    @Override
    public StoreChunk next() {
        if (entry == null) {
            throw new NoSuchElementException();
        }
        parts = new ArrayList<>();
        bytes = 0;
        while (entry != null && addPart(entry.getKey(), entry.getValue())) {
            advance();
        }
        return new StoreChunk(parts);
    }

    /** Adds what fits of an entry; returns whether that was all that remained of it. */
    private boolean addPart(Bytes key, Value value) {
        return value instanceof Value.Text text ? addText(key, text) : addElements(key, (Value.Elements) value);
    }

    private boolean addText(Bytes key, Value.Text text) {
        long size = Frozen.bytes(key) + text.bytes();
        if (!parts.isEmpty() && bytes + size > chunkBytes) {
            return false;
        }
        parts.add(new StoreChunk.TextPart(key, text.text()));
        bytes += size;
        return true;
    }

    private boolean addElements(Bytes key, Value.Elements list) {
        var elements = list.elements();
        long size = Frozen.bytes(key) + Value.Elements.NONE.bytes();
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
            parts.add(new StoreChunk.ListPart(key, from, elements.slice(from, to)));
            bytes += size;
            from = to;
        }
        return to == elements.size();
    }
}
