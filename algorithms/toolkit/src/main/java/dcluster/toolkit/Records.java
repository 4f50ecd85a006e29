package dcluster.toolkit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Makes the records of a rewritten journal one by one, from views that do not change: what {@link
 * dcluster.spi.Context#compact} asks for. All of them are lazy, and of a size that can be written without a stall.
 */
public final class Records {
    /** Makes a record of a snapshot's piece; pieces are numbered from 0. */
    public interface OfChunk<R> {
        R record(int number, StoreChunk chunk);
    }

    /** Makes a record of consecutive entries. */
    public interface OfEntries<E, R> {
        R record(long first, List<E> entries);
    }

    private Records() {}

    /** One part after the other. */
    public static <R> Iterator<R> concatenated(List<Iterator<? extends R>> parts) {
        return new Concatenated<>(parts);
    }

    /** A record for each piece of a snapshot. */
    public static <R> Iterator<R> ofChunks(Iterator<StoreChunk> chunks, OfChunk<R> maker) {
        return new Numbered<>(chunks, maker);
    }

    /** Records of entries from an index on, of about {@code mostBytes} each but for a single entry that is larger. */
    public static <E extends Sized, R> Iterator<R> ofEntries(
            long first, List<E> entries, int mostBytes, OfEntries<E, R> maker) {
        return new Slices<>(first, entries, mostBytes, maker);
    }

    private static final class Concatenated<R> implements Iterator<R> {
        private final Iterator<Iterator<? extends R>> parts;
        private Iterator<? extends R> part = List.<R>of().iterator();

        Concatenated(List<Iterator<? extends R>> parts) {
            this.parts = parts.iterator();
        }

        @Override
        public boolean hasNext() {
            while (!part.hasNext() && parts.hasNext()) {
                part = parts.next();
            }
            return part.hasNext();
        }

        @Override
        public R next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return part.next();
        }
    }

    private static final class Numbered<R> implements Iterator<R> {
        private final Iterator<StoreChunk> chunks;
        private final OfChunk<R> maker;
        private int number;

        Numbered(Iterator<StoreChunk> chunks, OfChunk<R> maker) {
            this.chunks = chunks;
            this.maker = maker;
        }

        @Override
        public boolean hasNext() {
            return chunks.hasNext();
        }

        @Override
        public R next() {
            return maker.record(number++, chunks.next());
        }
    }

    private static final class Slices<E extends Sized, R> implements Iterator<R> {
        private final long first;
        private final List<E> entries;
        private final int mostBytes;
        private final OfEntries<E, R> maker;
        private int given;

        Slices(long first, List<E> entries, int mostBytes, OfEntries<E, R> maker) {
            this.first = first;
            this.entries = entries;
            this.mostBytes = mostBytes;
            this.maker = maker;
        }

        @Override
        public boolean hasNext() {
            return given < entries.size();
        }

        @Override
        public R next() {
            var slice = new ArrayList<E>();
            long index = first + given;
            long bytes = 0;
            do {
                var entry = entries.get(given++);
                slice.add(entry);
                bytes += entry.bytes();
            } while (hasNext() && bytes + entries.get(given).bytes() <= mostBytes);
            return maker.record(index, slice);
        }
    }
}
