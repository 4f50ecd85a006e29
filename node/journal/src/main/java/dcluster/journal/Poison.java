package dcluster.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the first failure of the disk and refuses everything after it. After a failed sync the kernel may have
 * dropped the dirty pages and marked them clean, so that the next sync succeeds without having written them: nothing
 * is tried again.
 */
final class Poison {
    interface Step {
        void run() throws IOException;
    }

    interface Source<T> {
        T make() throws IOException;
    }

    private volatile @Nullable IOException failure;

    void guard(Step step) throws IOException {
        make(() -> {
            step.run();
            return true;
        });
    }

    <T> T make(Source<T> source) throws IOException {
        check();
        try {
            return source.make();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Throws if anything has failed before. */
    void check() throws IOException {
        var first = failure;
        if (first != null) {
            throw new IOException("the journal failed before and takes nothing more: " + first.getMessage(), first);
        }
    }

    boolean spread() {
        return failure != null;
    }
}
