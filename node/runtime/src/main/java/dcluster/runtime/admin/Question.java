package dcluster.runtime.admin;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something asked of the node's loop from the admin's. At most one asking is under way; who asks meanwhile shares its
 * answer.
 */
final class Question<T> {
    private final Vertx vertx;
    private final Context context;
    private final Executor loop;
    private final Supplier<T> answer;
    private @Nullable Future<T> underWay;

    /** Made on the admin's loop; {@code answer} is computed on the node's. */
    Question(Vertx vertx, Executor loop, Supplier<T> answer) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.loop = loop;
        this.answer = answer;
    }

    /** Fails with a {@link TimeoutException} if no answer comes in time. */
    Future<T> ask(long timeoutMillis) {
        Promise<T> mine = Promise.promise();
        long timer = vertx.setTimer(timeoutMillis, id -> mine.tryFail(new TimeoutException()));
        asked().onSuccess(value -> {
            vertx.cancelTimer(timer);
            mine.tryComplete(value);
        });
        return mine.future();
    }

    private Future<T> asked() {
        var present = underWay;
        if (present != null) {
            return present;
        }
        Promise<T> promise = Promise.promise();
        underWay = promise.future();
        loop.execute(() -> {
            T value = answer.get();
            context.runOnContext(ignored -> {
                underWay = null;
                promise.complete(value);
            });
        });
        return promise.future();
    }
}
