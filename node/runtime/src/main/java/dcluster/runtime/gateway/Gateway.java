package dcluster.runtime.gateway;

import dcluster.host.CommandSink;
import dcluster.runtime.admin.Metrics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients' side of a node: listens for clients that speak RESP2 and brings their commands to a {@link CommandSink}.
 * All of it happens on the event loop on which {@link #listen} was called, where all methods have to be called too;
 * only {@link #port} may be called from anywhere.
 */
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int ACCEPT_BACKLOG = 1024;

    private final NetServer server;
    private final Hub hub;
    private final GatewayOptions options;
    private final Executor loop;

    private Gateway(NetServer server, Hub hub, GatewayOptions options, Executor loop) {
        this.server = server;
        this.hub = hub;
        this.options = options;
        this.loop = loop;
    }

    /**
     * Listens on the current event loop. The future fails if the port cannot be bound.
     *
     * @throws IllegalStateException if called elsewhere than on an event loop
     */
    public static Future<Gateway> listen(Vertx vertx, GatewayOptions options, CommandSink sink, NodeFacts node) {
        var context = Vertx.currentContext();
        if (context == null || !context.isEventLoopContext() || !Context.isOnEventLoopThread()) {
            throw new IllegalStateException("a gateway is made on the event loop that it is to run on");
        }
        Executor endOfTurn = task -> context.runOnContext(nothing -> task.run());
        var hub = new Hub(options, sink, node, endOfTurn);
        var server = vertx.createNetServer(
                new NetServerOptions().setAcceptBacklog(ACCEPT_BACKLOG).setTcpKeepAlive(true));
        var gateway = new Gateway(server, hub, options, endOfTurn);
        // The handler refers to the gateway and so to the server, which the collector would close if nobody did.
        server.connectHandler(gateway::accept);
        return server.listen(options.port(), options.host()).map(listening -> {
            lookLater(vertx, options, hub);
            return gateway;
        });
    }

    /** By a new timer each time: after this process was stopped for a while, that counts as one look and not as many. */
    private static void lookLater(Vertx vertx, GatewayOptions options, Hub hub) {
        vertx.setTimer(options.look().toMillis(), id -> {
            if (!hub.isClosed()) {
                hub.look();
                lookLater(vertx, options, hub);
            }
        });
    }

    /** The port that it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** Sends all replies that are ready, now rather than at the end of the loop's turn. */
    public void flush() {
        hub.turn().flush();
    }

    /** What happened so far. */
    public GatewayMetrics metrics() {
        return hub.metrics();
    }

    /** Registers what people may want to watch of it. */
    public void register(Metrics metrics) {
        hub.register(metrics);
    }

    /**
     * Lets nobody in any more, takes no more requests, answers those that came for as long as the options' grace lasts,
     * and closes each connection whose requests are answered. The future completes when all are closed, at the latest
     * after the grace. What is unanswered then has an unknown outcome to its client.
     */
    public Future<Void> close() {
        hub.close();
        return server.shutdown(options.closeGrace());
    }

    private void accept(NetSocket socket) {
        socket.exceptionHandler(problem -> LOG.debug("a client's socket failed: {}", problem.toString()));
        var wire = new SocketWire(socket);
        hub.open(wire).ifPresent(connection -> {
            wire.whenInputEnds(loop, connection::inputEnded);
            socket.closeHandler(nothing -> connection.closed());
            socket.shutdownHandler(grace -> connection.finish());
            socket.handler(bytes -> connection.received(bytes.getBytes()));
        });
    }
}
