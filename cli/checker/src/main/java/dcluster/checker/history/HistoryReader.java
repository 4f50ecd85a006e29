package dcluster.checker.history;

import dcluster.checker.history.EventParser.Refused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Reads histories, compressed by gzip or not. The last line of a file whose recorder was killed may be cut: without a
 * line feed at its end it is left out if it is no event. Anything else that is no event is refused with its place.
 */
public final class HistoryReader {
    private static final int TELL_EVERY = 100_000;

    /** Takes events in the order of the file. */
    @FunctionalInterface
    public interface Sink {
        void take(Event event);
    }

    private interface Taker {
        void take(Event event) throws Refused;
    }

    private HistoryReader() {}

    /**
     * All of a file.
     *
     * @throws BadHistoryException if it is no history
     * @throws IOException if it cannot be read
     */
    public static History read(Path file) throws IOException {
        return read(file, lines -> {});
    }

    /** As {@link #read(Path)}, and tells from time to time how many lines are read. */
    public static History read(Path file, LongConsumer progress) throws IOException {
        var pairing = new Pairing();
        try (var in = open(file)) {
            return pairing.history(each(in, file.toString(), pairing::take, progress));
        }
    }

    /** As {@link #read(Path, LongConsumer)}, of a stream that is not closed; {@code name} is its name in errors. */
    public static History read(InputStream in, String name, LongConsumer progress) throws IOException {
        var pairing = new Pairing();
        return pairing.history(each(plain(in), name, pairing::take, progress));
    }

    /** As {@link #read(InputStream, String, LongConsumer)}, without being told. */
    public static History read(InputStream in, String name) throws IOException {
        return read(in, name, lines -> {});
    }

    /**
     * Gives each event of a file to the sink, one at a time; what does not belong together is not looked at.
     *
     * @return whether the last line is cut
     */
    public static boolean stream(Path file, Sink sink) throws IOException {
        try (var in = open(file)) {
            return each(in, file.toString(), sink::take, lines -> {});
        }
    }

    private static InputStream open(Path file) throws IOException {
        var in = Files.newInputStream(file);
        try {
            return plain(in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** What it says, if it is compressed, or else it. */
    private static InputStream plain(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(2);
        boolean isCompressed = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return isCompressed ? new Unzipped(buffered) : buffered;
    }

    private static boolean each(InputStream in, String name, Taker taker, LongConsumer progress) throws IOException {
        var lines = new Lines(in, name);
        var parser = new EventParser();
        while (lines.next()) {
            if (lines.number() % TELL_EVERY == 0) {
                progress.accept(lines.number());
            }
            boolean isParsed = false;
            try {
                var event = parser.parse(lines);
                isParsed = true;
                taker.take(event);
            } catch (Refused refused) {
                if (isParsed || lines.isWhole()) {
                    throw new BadHistoryException(name, lines.number(), String.valueOf(refused.getMessage()));
                }
                return true;
            }
        }
        return lines.isTorn();
    }
}
