package dcluster.app.terminal;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * What must be undone if the command is interrupted half way: by ctrl-C, a closed terminal or SIGTERM. It is undone one
 * by one, the latest first, on a thread of its own while the command may still be at work; what both touch, an action
 * guards. Safe for use by any thread.
 */
public final class CleanUps {
    private final Deque<CleanUp> open = new ArrayDeque<>();
    private final PrintStream err;
    private boolean ending;

    private CleanUps(PrintStream err) {
        this.err = err;
    }

    /** Those of this process. */
    public static CleanUps ofProcess(PrintStream err) {
        var cleanUps = new CleanUps(err);
        Runtime.getRuntime().addShutdownHook(new Thread(cleanUps::run, "clean-up"));
        return cleanUps;
    }

    /** Those of a command that nobody interrupts, as in a test. */
    public static CleanUps ofNobody() {
        return new CleanUps(System.err);
    }

    /** Something that is to be undone. */
    public final class CleanUp {
        private final Runnable action;

        private CleanUp(Runnable action) {
            this.action = action;
        }

        /**
         * Says that there is nothing left to undo. If the command is interrupted already, this never returns: the
         * process is about to end.
         */
        public void close() {
            if (!remove(this)) {
                awaitEnd();
            }
        }
    }

    /** From now on an interruption runs the action, until what is returned is closed. */
    public CleanUp onInterrupt(Runnable action) {
        var cleanUp = new CleanUp(action);
        if (!add(cleanUp)) {
            awaitEnd();
        }
        return cleanUp;
    }

    /** Waits for the process to end, so that a thread neither goes on nor complains while another one tidies up. */
    public static void awaitEnd() {
        var never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // There is nothing to interrupt: this thread waits for nothing but the end.
            }
        }
    }

    /** What an interruption does. */
    void run() {
        for (var next = next(); next != null; next = next()) {
            try {
                next.action.run();
            } catch (RuntimeException e) {
                // The others are to be undone all the same.
                err.println("dcluster: while tidying up: " + e);
            }
        }
    }

    private synchronized boolean add(CleanUp cleanUp) {
        if (!ending) {
            open.push(cleanUp);
        }
        return !ending;
    }

    private synchronized boolean remove(CleanUp cleanUp) {
        return !ending && open.remove(cleanUp);
    }

    private synchronized @Nullable CleanUp next() {
        ending = true;
        return open.poll();
    }
}
