package dcluster.toolkit;

import dcluster.spi.Bytes;
import dcluster.spi.Response;
import java.util.List;

/**
 * A piece of a {@link Store}'s content, fit to be a component of a message or of a journal record. All chunks of
 * {@link Frozen#chunks}, given to {@link Store#restore} in their order, make the same store again.
 *
 * @param changes how often the store had changed: its greatest version may be that of a key that was deleted
 * @param opened how many sessions were ever opened: the last ones may have expired
 */
public record StoreChunk(long changes, long opened, List<Part> parts) {
    /** What one key holds, or a part of it, or a session. */
    public sealed interface Part {
        /** About its encoded size. */
        long bytes();
    }

    /** All or a part of what one key holds. */
    public sealed interface KeyPart extends Part {
        Bytes key();

        /** The version of what the key holds. */
        long version();
    }

    /** A key and its text. */
    public record TextPart(Bytes key, long version, Bytes text) implements KeyPart {
        @Override
        public long bytes() {
            return KeyedState.bytes(key) + Value.OVERHEAD_BYTES + Value.VERSION_BYTES + text.size();
        }
    }

    /** Some of a list's elements: those from index {@code from} on. The parts of one list follow each other. */
    public record ListPart(Bytes key, long version, int from, List<Bytes> elements) implements KeyPart {
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

    /**
     * A session. They follow each other by their uses, the earliest first.
     *
     * @param sequence of the last command that was applied; 0 before the first
     * @param command the hash of that command
     * @param use the number of the change of the store that was its last use
     * @param answer what is remembered of that command's answer
     */
    public record SessionPart(long id, long sequence, long command, long use, Response answer) implements Part {
        public SessionPart {
            if (id < 1 || sequence < 0 || use < 1) {
                throw new IllegalArgumentException("no session: id=" + id + " sequence=" + sequence + " use=" + use);
            }
        }

        SessionPart(long id, Session session) {
            this(
                    id,
                    session.sequence(),
                    session.command(),
                    session.use(),
                    session.answer().response());
        }

        Session session() {
            return new Session(sequence, command, Answer.kept(answer), use);
        }

        @Override
        public long bytes() {
            return Sessions.bytes(session());
        }
    }

    public StoreChunk {
        parts = List.copyOf(parts);
    }

    /** Of a store that never had a session. */
    public StoreChunk(long changes, List<Part> parts) {
        this(changes, 0, parts);
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
