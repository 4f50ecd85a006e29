package dcluster.app.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the lines of a log from some offset on, and again as it grows. A line counts once its end is there. One thread.
 */
public final class LogReader {
    private static final int PIECE_BYTES = 64 << 10;

    private final Path file;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long offset;

    /** From an offset in bytes on, where a line begins. */
    public LogReader(Path file, long offset) {
        this.file = file;
        this.offset = offset;
    }

    /** The length of a log in bytes; 0 if there is none yet. */
    public static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines from an offset on, at most {@code count} of them. */
    public static List<String> last(int count, Path file, long from) {
        var reader = new LogReader(file, from);
        var last = new ArrayDeque<String>();
        for (var lines = reader.next(); !lines.isEmpty(); lines = reader.next()) {
            lines.forEach(line -> push(last, line, count));
        }
        if (reader.unfinished.size() > 0) {
            push(last, reader.unfinished.toString(StandardCharsets.UTF_8), count);
        }
        return List.copyOf(last);
    }

    private static void push(ArrayDeque<String> last, String line, int most) {
        last.addLast(line);
        if (last.size() > most) {
            last.removeFirst();
        }
    }

    /** The lines that were completed since the last call, a bounded number of them; none if there is nothing new. */
    public List<String> next() {
        var lines = new ArrayList<String>();
        var piece = piece();
        while (piece.hasRemaining()) {
            cut(piece, lines);
            piece = lines.isEmpty() ? piece() : piece;
        }
        return lines;
    }

    private void cut(ByteBuffer piece, List<String> lines) {
        while (piece.hasRemaining()) {
            byte next = piece.get();
            if (next == '\n') {
                lines.add(unfinished.toString(StandardCharsets.UTF_8));
                unfinished.reset();
            } else {
                unfinished.write(next);
            }
        }
    }

    private ByteBuffer piece() {
        var piece = ByteBuffer.allocate(PIECE_BYTES);
        if (!Files.exists(file)) {
            return piece.flip();
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            offset += Math.max(0, channel.read(piece, offset));
            return piece.flip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
