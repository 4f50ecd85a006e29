package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.util.List;

/**
 * A piece of a {@link Store}'s content, fit to be a component of a message or of a journal record. All chunks of
 * {@link Frozen#chunks}, given to {@link Store#restore} in their order, make the same store again.
 *
 * @param changes how often the store had changed: its greatest version may be that of a key that was deleted
 */
public record StoreChunk(long changes, List<Part> parts) {
    /** All or a part of what one key holds. */
    public sealed interface Part {
        Bytes key();

        /** The version of what the key holds. */
        long version();

        /** About its encoded size. */
        long bytes();
    }

    /** A key and its text. */
    public record TextPart(Bytes key, long version, Bytes text) implements Part {
        @Override
        public long bytes() {
            return KeyedState.bytes(key) + Value.OVERHEAD_BYTES + Value.VERSION_BYTES + text.size();
        }
    }

    /** Some of a list's elements: those from index {@code from} on. The parts of one list follow each other. */
    public record ListPart(Bytes key, long version, int from, List<Bytes> elements) implements Part {
        public ListPart {
            elements = List.copyOf(elements);
        }

        @Override
        public long bytes() {
            long sum = KeyedState.bytes(key) + Value.Elements.NONE.bytes();
            for (var element : elements) {
                sum += Value.OVERHEAD_BYTES + element.size();
            }
            return sum;
        }
    }

    public StoreChunk {
        parts = List.copyOf(parts);
    }

    /** About its encoded size. */
    public long bytes() {
        long sum = 0;
        for (var part : parts) {
            sum += part.bytes();
        }
        return sum;
    }
}
