package dcluster.app.command;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.spi.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A value as the command line gives it. */
final class KvValue {
    /** How a parameter's description says it. */
    static final String FROM_INPUT = " '-' reads it from the standard input, byte by byte.";

    private static final char REPLACEMENT = '\ufffd';

    private KvValue() {}

    /**
     * A word's bytes.
     *
     * @throws Failure if some of them got lost on their way here: different words would else come to the same
     */
    static Bytes text(String word) {
        if (word.indexOf(REPLACEMENT) >= 0) {
            throw new Failure(
                    Exit.USAGE,
                    "'" + word
                            + "' has bytes that are no UTF-8; for a value '-' reads any bytes from the standard input,"
                            + " for a key any Redis client takes them");
        }
        return Bytes.utf8(word);
    }

    /** The word's bytes, or all of the standard input for {@code -}. */
    static Bytes of(String word, Session session) {
        if (!word.equals("-")) {
            return text(word);
        }
        try {
            return Bytes.copyOf(session.in().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
