package dcluster.app.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a log from some offset on, and again as it grows, and when it has begun anew because it was full:
 * what it held then is in the {@linkplain #older older} file. A line counts once its end is there. One thread.
 */
public final class LogReader {
    private static final int PIECE_BYTES = 64 << 10;

    private final Path file;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private final Path older;
    private long offset;
    private @Nullable Object olderKey;

    /** Where to go on in the older file, before this one is read from its beginning; negative if not at all. */
    private long olderOffset = -1;

    /** From an offset in bytes on, where a line begins; from the beginning if the log is shorter by now. */
    public LogReader(Path file, long offset) {
        this.file = file;
        this.older = older(file);
        this.offset = offset <= size(file) ? offset : 0;
        this.olderKey = key(older);
    }

    /** From the first line that there is, be it in the older file. */
    public static LogReader ofAll(Path file) {
        var reader = new LogReader(file, 0);
        reader.olderOffset = 0;
        return reader;
    }

    /** The file to which the content of a full log moves. */
    public static Path older(Path file) {
        return file.resolveSibling(file.getFileName() + ".1");
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
        return new LogReader(file, from).last(count);
    }

    /** All that is there and was not read, at most {@code count} lines of it; an unfinished one counts. */
    public List<String> last(int count) {
        var last = new ArrayDeque<String>();
        for (var lines = next(); !lines.isEmpty(); lines = next()) {
            lines.forEach(line -> push(last, line, count));
        }
        if (unfinished.size() > 0) {
            push(last, unfinished.toString(StandardCharsets.UTF_8), count);
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
        if (olderOffset < 0 && hasBegunAnew()) {
            olderOffset = offset;
            offset = 0;
        }
        if (olderOffset >= 0) {
            var piece = piece(older, olderOffset);
            olderOffset = piece.hasRemaining() ? olderOffset + piece.remaining() : -1;
            if (piece.hasRemaining()) {
                return piece;
            }
        }
        var piece = piece(file, offset);
        offset += piece.remaining();
        return piece;
    }

    /** The older file appears first and the log is cut then; until then nothing has changed for a reader. */
    private boolean hasBegunAnew() {
        var key = key(older);
        if (Objects.equals(key, olderKey) || size(file) >= size(older)) {
            return false;
        }
        olderKey = key;
        return true;
    }

    private static ByteBuffer piece(Path file, long offset) {
        var piece = ByteBuffer.allocate(PIECE_BYTES);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(piece, offset);
        } catch (NoSuchFileException e) {
            // Nothing was logged yet.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return piece.flip();
    }

    /** What tells a file from the one that had its name before; null if there is none. */
    private static @Nullable Object key(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return List.of(String.valueOf(attributes.fileKey()), attributes.lastModifiedTime());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
