package dcluster.runtime.gateway;

import dcluster.host.CommandSink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A gateway on a free port of loopback, with an event loop of its own. */
final class GatewayRig implements AutoCloseable {
    static final NodeFacts FACTS = new NodeFacts("1.2.3", id -> Optional.empty(), () -> Map.of("role", "leader"));

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context context = vertx.getOrCreateContext();
    private final Gateway gateway;

    GatewayRig(GatewayOptions options, CommandSink sink) {
        gateway = await(() -> Gateway.listen(vertx, options, sink, FACTS));
    }

    static GatewayOptions anyPort() {
        return GatewayOptions.at("127.0.0.1", 0);
    }

    int port() {
        return gateway.port();
    }

    GatewayMetrics metrics() {
        return ask(gateway::metrics);
    }

    Future<Void> closeGateway() {
        return ask(gateway::close);
    }

    /** Runs a task on the loop, and waits for it. */
    void onLoop(Runnable task) {
        ask(() -> {
            task.run();
            return true;
        });
    }

    /** What is so on the loop. */
    <T> T ask(Supplier<T> question) {
        return await(() -> Future.succeededFuture(question.get()));
    }

    private <T> T await(Supplier<Future<T>> asked) {
        var result = new CompletableFuture<T>();
        context.runOnContext(nothing -> {
            try {
                asked.get().onComplete(result::complete, result::completeExceptionally);
            } catch (RuntimeException problem) {
                result.completeExceptionally(problem);
            }
        });
        return result.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
