package dcluster.runtime.peer;

import dcluster.host.Envelope;
import dcluster.spi.Bytes;

/** Messages for tests. */
sealed interface Note {
    /** A message that can be told from all others. */
    record Numbered(long number, Bytes load) implements Note {}

    /** A message of another type. */
    record Plain() implements Note {}

    static Envelope<Note> numbered(long number) {
        return numbered(number, 0);
    }

    static Envelope<Note> numbered(long number, int loadBytes) {
        return new Envelope.Message<>(new Numbered(number, Bytes.copyOf(new byte[loadBytes])));
    }
}
