package dcluster.app.command;

import dcluster.spi.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A value as the command line gives it. */
final class KvValue {
    /** How a parameter's description says it. */
    static final String FROM_INPUT = " '-' reads it from the standard input, byte by byte.";

    private KvValue() {}

    /** The word's bytes, or all of the standard input for {@code -}. */
    static Bytes of(String word, Session session) {
        if (!word.equals("-")) {
            return Bytes.utf8(word);
        }
        try {
            return Bytes.copyOf(session.in().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
