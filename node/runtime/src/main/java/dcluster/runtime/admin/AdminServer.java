package dcluster.runtime.admin;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import org.jspecify.annotations.Nullable;

/**
 * The admin endpoint of a node: HTTP, answers in JSON but for {@code /metrics} (Prometheus text) and {@code /events}
 * (server-sent events). Deployed as a verticle of its own; deploying fails if the port cannot be had.
 *
 * <ul>
 *   <li>{@code GET /status}: {@link NodeStatus#toJson}
 *   <li>{@code GET /health}: 200 if the node's loop answers and the node is ready, else 503 with the reason
 *   <li>{@code GET /metrics}: {@link Metrics}
 *   <li>{@code GET /events}: {@link NodeEvents}, the kept ones and then each as it comes
 *   <li>{@code GET /operations}: the {@linkplain dcluster.spi.Command.Operation operations} that the node offers, each
 *       with {@code name} and {@code about}
 *   <li>{@code POST /operations/NAME} with a body like {@code {"arguments": ["one", "two"]}}, of the type {@code
 *       application/json}: runs one, and says how it ended: {@code outcome} is {@code ok} (200, with {@code columns}
 *       and {@code rows} where it found a table), {@code failed} (it certainly did nothing; 409, 421 where another node
 *       is to be asked, or 503 where trying again may help; with {@code reason} and {@code message}) or {@code unknown}
 *       (504, with {@code message}). A request that was not run, and so did nothing, is answered with {@code error}.
 *   <li>{@code GET /faults}: whether the node may be broken on purpose, {@code enabled}, and the {@linkplain
 *       dcluster.host.Point points} at which it is to end, {@code armed}
 *   <li>{@code POST /faults} with a body like {@code {"crash": "durable Decided"}}, of the type {@code application/json}:
 *       has the process end there, at once as by kill -9; answers as {@code GET} does, or with {@code error}: 403 where
 *       the cluster file does not allow it, 400 where there is no such point
 * </ul>
 *
 * <p>Anything else is 404, another method 405, any other request with a body 413. When the node's loop does not answer
 * within a second the answer is 503.
 */
public final class AdminServer extends VerticleBase {
    static final int MOST_CONNECTIONS = 64;

    private static final int IDLE_SECONDS = 30;
    private static final long KEEP_ALIVE_MILLIS = 10_000;
    private static final int LINE_BYTES = 2_048;
    private static final int HEADER_BYTES = 8_192;

    private final String host;
    private final int port;
    private final NodeView node;
    private @Nullable HttpServer server;
    private int connections;

    /** Will listen on that host's address; port 0 picks a free one. */
    public AdminServer(String host, int port, NodeView node) {
        this.host = host;
        this.port = port;
        this.node = node;
    }

    /** Where it listens, once it is deployed. */
    public int port() {
        var started = server;
        return started == null ? port : started.actualPort();
    }

    @Override
    public Future<?> start() {
        var streams = new EventStreams(node.events());
        var pages = new Pages(vertx, node, streams);
        node.events().whenNoted(() -> context.runOnContext(ignored -> streams.deliver()));
        vertx.setPeriodic(KEEP_ALIVE_MILLIS, id -> streams.keepAlive());
        var listening = vertx.createHttpServer(options())
                .connectionHandler(this::connected)
                .invalidRequestHandler(pages::refuseInvalid)
                .requestHandler(pages::serve);
        server = listening;
        return listening.listen(port, host);
    }

    @Override
    public Future<?> stop() {
        node.events().whenNoted(() -> {});
        var listening = server;
        return listening == null ? Future.succeededFuture() : listening.close();
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxInitialLineLength(LINE_BYTES)
                .setMaxHeaderSize(HEADER_BYTES);
    }

    private void connected(HttpConnection connection) {
        connections++;
        connection.closeHandler(closed -> connections--);
        if (connections > MOST_CONNECTIONS) {
            connection.close();
        }
    }
}
