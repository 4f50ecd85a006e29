package dcluster.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The real disk: a folder of the file system, made durable by {@code fdatasync} of its files and {@code fsync} of
 * itself.
 *
 * <p>A thread that uses it must not be interrupted: {@link FileChannel} closes the file then, which ends the journal.
 */
public final class FolderDisk implements Disk {
    private final Path folder;

    private FolderDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * The disk in a folder, which is made if it is not there, durably.
     *
     * @throws RefusedFolderException if it can be neither found nor made
     */
    public static FolderDisk at(Path folder) throws IOException {
        var path = folder.toAbsolutePath().normalize();
        try {
            make(path);
        } catch (IOException e) {
            throw new RefusedFolderException("folder " + path + " cannot be made: " + reason(e), e);
        }
        return new FolderDisk(path.toRealPath());
    }

    @Override
    public String folder() {
        return folder.toString();
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return opened(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public DiskFile create(String name) throws IOException {
        return opened(
                name,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(folder.resolve(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void sync() throws IOException {
        syncFolder(folder);
    }

    @Override
    public Closeable lock() throws IOException {
        return FolderLock.take(folder);
    }

    /** What went wrong, for people: the message of a file system's exception is its file's name and no more. */
    static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private DiskFile opened(String name, OpenOption... options) throws IOException {
        var path = folder.resolve(name);
        return new ChannelFile(path, FileChannel.open(path, options));
    }

    /** A new folder is an entry of its parent, to be made durable like any other. */
    private static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var parent = folder.getParent();
        if (parent != null) {
            make(parent);
        }
        Files.createDirectories(folder);
        if (parent != null) {
            syncFolder(parent);
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private record ChannelFile(Path path, FileChannel channel) implements DiskFile {
        /** The JDK copies what is read and written through native memory of this size, which the thread then keeps. */
        private static final int PIECE_BYTES = 1 << 20;

        @Override
        public int read(ByteBuffer target, long offset) throws IOException {
            int start = target.position();
            try {
                int count = 0;
                while (target.hasRemaining() && count >= 0) {
                    count = channel.read(piece(target), offset + target.position() - start);
                    target.position(target.position() + Math.max(0, count));
                }
            } catch (IOException e) {
                throw failed("read at offset " + offset, e);
            }
            return target.position() - start;
        }

        @Override
        public void write(ByteBuffer source, long offset) throws IOException {
            int start = source.position();
            try {
                while (source.hasRemaining()) {
                    int count = channel.write(piece(source), offset + source.position() - start);
                    source.position(source.position() + count);
                }
            } catch (IOException e) {
                throw failed("write of " + (source.limit() - start) + " bytes at offset " + offset, e);
            }
        }

        @Override
        public void force() throws IOException {
            try {
                channel.force(false);
            } catch (IOException e) {
                throw failed("sync", e);
            }
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }

        private static ByteBuffer piece(ByteBuffer whole) {
            return whole.slice(whole.position(), Math.min(whole.remaining(), PIECE_BYTES));
        }

        private IOException failed(String action, IOException e) {
            return new IOException(action + " failed on " + path + ": " + reason(e), e);
        }
    }
}
