package dcluster.runtime.peer;

import dcluster.host.Envelope;
import dcluster.host.EnvelopeCodec;
import dcluster.host.Transport;
import dcluster.spi.NodeId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A transport on an event loop of its own, and what it reported. */
final class Node extends VerticleBase implements PeerListener<Note> {
    private final PeerSettings settings;
    private final Links<Note> links;
    private @Nullable PeerTransport<Note> transport;
    private @Nullable Transport<Note> outgoing;

    /** Connections, as "connected n2 1" and "lost n2". */
    final List<String> connections = new CopyOnWriteArrayList<>();

    /** Messages, as "n2 17"; other things by their text. */
    final List<String> received = new CopyOnWriteArrayList<>();

    /** What reached the top of the loop. */
    final List<Throwable> uncaught = new CopyOnWriteArrayList<>();

    private Node(PeerSettings settings, Links<Note> links) {
        this.settings = settings;
        this.links = links;
    }

    static Node start(Vertx vertx, PeerSettings settings) throws Exception {
        return start(vertx, settings, Links.untouched());
    }

    static Node start(Vertx vertx, PeerSettings settings, Links<Note> links) throws Exception {
        var node = new Node(settings, links);
        vertx.deployVerticle(node).await(10, TimeUnit.SECONDS);
        return node;
    }

    @Override
    public Future<?> start() {
        context.exceptionHandler(uncaught::add);
        transport = new PeerTransport<>(vertx, settings, new EnvelopeCodec<>(Note.class), links.incoming(this));
        outgoing = links.outgoing(transport);
        return transport.start();
    }

    @Override
    public Future<?> stop() {
        return transport().close();
    }

    void halt() throws Exception {
        vertx.undeploy(deploymentID()).await(10, TimeUnit.SECONDS);
    }

    /** Used inside {@link #call} only. */
    PeerTransport<Note> transport() {
        return Objects.requireNonNull(transport);
    }

    /** Does something on the node's loop. */
    <T> T call(Callable<T> task) throws Exception {
        var done = new CompletableFuture<T>();
        context.runOnContext(ignored -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(10, TimeUnit.SECONDS);
    }

    boolean send(NodeId to, Envelope<Note> envelope) throws Exception {
        return call(() -> {
            boolean sent = Objects.requireNonNull(outgoing).send(to, envelope);
            outgoing.flush();
            return sent;
        });
    }

    PeerCounters counters() {
        return transport().counters;
    }

    @Override
    public void connected(NodeId peer, long incarnation) {
        connections.add("connected " + peer + " " + incarnation);
    }

    @Override
    public void received(NodeId from, Envelope<Note> envelope) {
        if (envelope instanceof Envelope.Message<Note> message && message.content() instanceof Note.Numbered numbered) {
            received.add(from + " " + numbered.number());
        } else {
            received.add(from + " " + envelope);
        }
    }

    @Override
    public void lost(NodeId peer) {
        connections.add("lost " + peer);
    }
}
