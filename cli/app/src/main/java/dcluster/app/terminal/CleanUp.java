package dcluster.app.terminal;

import java.util.concurrent.CountDownLatch;

/**
 * Something that must be undone if the command is interrupted half way: by ctrl-C, a closed terminal or SIGTERM.
 * Closing it says that there is nothing left to undo. The action runs on a thread of its own while the command may
 * still be at work; what both touch, the action guards.
 */
public final class CleanUp implements AutoCloseable {
    private final Thread hook;

    private CleanUp(Thread hook) {
        this.hook = hook;
    }

    /** From now on, an interruption runs the action before the process ends. */
    public static CleanUp onInterrupt(Runnable action) {
        var cleanUp = new CleanUp(new Thread(action, "clean-up"));
        Runtime.getRuntime().addShutdownHook(cleanUp.hook);
        return cleanUp;
    }

    /** Takes the action back. If it is running already this never returns: the process is about to end. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            awaitEnd();
        }
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
}
