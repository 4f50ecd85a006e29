package dcluster.app.member;

import dcluster.app.process.LogReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes to the standard error, which somebody else redirected to a file to append to, and keeps that file from growing
 * without bound: when it is full, its content moves to the file of its name with {@code .1} behind it, in place of what
 * was there, and it begins again. So the two hold the latest lines, at least as many as fill one of them.
 *
 * <pre>
 *   n1.log     the latest lines           up to the bound
 *   n1.log.1   those before them          once it was full
 * </pre>
 *
 * The content is copied and the file cut, since the descriptor that Java and its virtual machine write to cannot be
 * exchanged. What the virtual machine itself prints between the two is lost; lines of the log never are, since they
 * pass through here. Whoever calls holds a lock, as logback's appenders do.
 */
final class BoundedLog extends OutputStream {
    static final long BOUND_BYTES = 16 << 20;

    private final OutputStream below;
    private final Path file;
    private final long bound;
    private long size;

    /** {@code below} appends to the file. */
    BoundedLog(OutputStream below, Path file, long bound) {
        this.below = below;
        this.file = file;
        this.bound = bound;
        this.size = LogReader.size(file);
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (size >= bound) {
            begin();
        }
        below.write(bytes, offset, length);
        size += length;
    }

    @Override
    public void flush() throws IOException {
        below.flush();
    }

    private void begin() throws IOException {
        below.flush();
        size = 0;
        var older = LogReader.older(file);
        var whole = older.resolveSibling(older.getFileName() + ".new");
        try (var log = FileChannel.open(file, StandardOpenOption.WRITE)) {
            Files.copy(file, whole, StandardCopyOption.REPLACE_EXISTING);
            Files.move(whole, older, StandardCopyOption.ATOMIC_MOVE);
            log.truncate(0);
        } catch (IOException e) {
            // A full disk, most likely. The log goes on where it is, and this is tried again when as much has come.
            Files.deleteIfExists(whole);
        }
    }
}
