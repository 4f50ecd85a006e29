package dcluster.app.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first failure of a stream, which a {@link java.io.PrintStream} over it hides. Safe for use by any thread,
 * as far as the stream below is.
 */
public final class WatchedStream extends FilterOutputStream {
    private volatile @Nullable IOException failure;

    public WatchedStream(OutputStream below) {
        super(below);
    }

    /** Why not everything was written; empty if everything was. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void write(int single) throws IOException {
        watch(() -> out.write(single));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        watch(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        watch(out::flush);
    }

    private interface Step {
        void run() throws IOException;
    }

    private void watch(Step step) throws IOException {
        try {
            step.run();
        } catch (IOException e) {
            if (failure == null) {
                failure = e;
            }
            throw e;
        }
    }
}
