package dcluster.app.processes;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what processes do, so long that only something that never happens fails, however busy the machine is. */
final class Until {
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration POLL = Duration.ofMillis(20);

    private Until() {}

    /** Waits until the condition, which {@code what} describes, holds. */
    static void holds(String what, Callable<Boolean> condition) {
        waiting(what).until(condition);
    }

    /** Waits until the assertions pass. */
    static void passes(String what, ThrowingRunnable assertions) {
        waiting(what).untilAsserted(assertions);
    }

    /** Waits until there is one, and returns it. */
    static <T> T there(String what, Callable<Optional<T>> source) {
        return waiting(what).until(source, Optional::isPresent).orElseThrow();
    }

    private static ConditionFactory waiting(String what) {
        return await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(POLL);
    }
}
