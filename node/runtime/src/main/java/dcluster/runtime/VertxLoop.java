package dcluster.runtime;

import dcluster.host.Loop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * The event loop of a member as the loop of its resident. A task runs when every socket that was ready has been read.
 * What a task throws goes to the context's exception handler.
 */
final class VertxLoop implements Loop {
    private final Vertx vertx;
    private final Context context;

    VertxLoop(Vertx vertx, Context context) {
        this.vertx = vertx;
        this.context = context;
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(nothing -> task.run());
    }

    @Override
    public void schedule(long delayNanos, Runnable task) {
        // Timers have milliseconds; rounded up, so that none is early.
        long millis = TimeUnit.NANOSECONDS.toMillis(delayNanos + 999_999);
        vertx.setTimer(Math.max(1, millis), id -> task.run());
    }
}
