package dcluster.journal;

import java.io.Closeable;
import java.io.IOException;

/**
 * What is remembered of a journal outside of its folder. A folder that was lost, emptied or replaced by an older copy of
 * itself looks whole, and nothing in it can tell; who remembers how far it had come can.
 *
 * <p>Used by the thread that uses the journal. A failure of any method is one of the journal, which ends: what could not
 * be remembered is not acknowledged either.
 */
public interface Witness extends Closeable {
    /** Remembers nothing, so that every folder will do. */
    Witness NONE = new Witness() {
        @Override
        public Past past() {
            return Past.NONE;
        }

        @Override
        public boolean isWiped() {
            return false;
        }

        @Override
        public void wiped() {}

        @Override
        public void opened(Past now) {}

        @Override
        public void reached(long position) {}

        @Override
        public void close() {}
    };

    /** How far the folder must have come, at least. Asked once, before anything in the folder is changed. */
    Past past() throws IOException;

    /**
     * Whether the node was wiped: its folder may begin empty although something is remembered of it, and knows from then
     * on that it did. May be asked more than once, and answers alike until {@link #wiped} or {@link #opened}.
     */
    boolean isWiped() throws IOException;

    /**
     * The node is wiped. Remembered durably when this returns, and until the folder was {@linkplain #opened opened}.
     *
     * @throws RefusedFolderException if nothing is remembered of it, so that its incarnations could not be counted on
     */
    void wiped() throws IOException;

    /** The folder was opened, and is durable so far. Remembered durably when this returns. */
    void opened(Past now) throws IOException;

    /**
     * The journal is durable below this position. Remembered when this returns, also if the process dies then; after a
     * loss of power an earlier position may be remembered, which lets more pass, but refuses nobody wrongly. Called
     * after each sync while clients wait, so it must not sync itself.
     */
    void reached(long position) throws IOException;

    /** Called when the journal is closed or has failed. */
    @Override
    void close() throws IOException;
}
