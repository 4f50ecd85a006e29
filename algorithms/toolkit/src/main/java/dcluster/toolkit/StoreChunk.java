package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.util.List;

/**
 * A piece of a {@link Store}'s content, fit to be a component of a message or of a journal record. All chunks of
 * {@link Frozen#chunks}, given to {@link Store#restore} in their order, make the same store again.
 */
public record StoreChunk(List<Part> parts) {
    /** All or a part of what one key holds. */
    public sealed interface Part {
        Bytes key();
    }

    /** A key and its text. */
    public record TextPart(Bytes key, Bytes text) implements Part {}

    /** Some of a list's elements: those from index {@code from} on. The parts of one list follow each other. */
    public record ListPart(Bytes key, int from, List<Bytes> elements) implements Part {
        public ListPart {
            elements = List.copyOf(elements);
        }
    }

    public StoreChunk {
        parts = List.copyOf(parts);
    }
}
