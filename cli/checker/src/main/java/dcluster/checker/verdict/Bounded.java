package dcluster.checker.verdict;

import dcluster.checker.linear.Budget;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a check on a thread of its own, so that the verdict comes in time even if the check does not. Checkers look at
 * the clock and at their memory themselves, and say more if they end themselves; this is for what they cannot foresee:
 * a single step that takes for ever, or a history that fills the memory. A check that is given up goes on in the
 * background until it notices; it keeps no process from ending.
 */
final class Bounded {
    private static final long TELL_EVERY_MILLIS = 250;

    private final Budget budget;
    private final BiConsumer<Duration, String> progress;
    private volatile String stage = "";

    Bounded(Terms terms) {
        budget = terms.budget();
        progress = terms.progress();
    }

    /** What the check says, which is told whom to tell how far it is; or that nobody knows. */
    Ruling run(Function<Consumer<String>, Ruling> check) {
        var task = new FutureTask<>(() -> check.apply(now -> stage = now));
        var thread = new Thread(task, "check");
        thread.setDaemon(true);
        thread.start();
        try {
            return await(task);
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Ruling.unknown("the check was interrupted");
        }
    }

    /** A little longer than the check may take, so that it can say itself why it ends. */
    private Ruling await(FutureTask<Ruling> task) throws ExecutionException, InterruptedException {
        long start = System.nanoTime();
        long grace = TimeUnit.SECONDS.toNanos(1);
        while (true) {
            long nanos = System.nanoTime() - start;
            if (nanos > budget.time().toNanos() + grace) {
                return Ruling.unknown("the time was up after " + Texts.span(budget.time()));
            }
            try {
                return task.get(TELL_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                progress.accept(Duration.ofNanos(nanos), stage);
            }
        }
    }

    private static Ruling failed(@Nullable Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return Ruling.unknown("the memory of this process is full");
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }
}
