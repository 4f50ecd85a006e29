package dcluster.runtime.peer;

import dcluster.host.Clocks;
import dcluster.host.Envelope;
import dcluster.host.EnvelopeCodec;
import dcluster.host.Transport;
import dcluster.runtime.admin.Metrics;
import dcluster.runtime.admin.NodeStatus;
import dcluster.runtime.admin.Unready;
import dcluster.spi.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Carries envelopes between the members of a cluster over TCP, as the package documentation describes.
 *
 * <p>Lives on one event loop: everything is called on the context on which it was constructed, and the listener hears
 * everything there. An envelope is sent only to a connected peer; {@link #send} is true if it either arrives or is
 * followed by {@link PeerListener#lost}.
 */
public final class PeerTransport<M> implements Transport<M> {
    final Vertx vertx;
    final PeerSettings settings;
    final EnvelopeCodec<M> codec;
    final PeerListener<M> listener;

    final Handshake handshake;
    final PeerCounters counters = new PeerCounters();
    final Complaints complaints = new Complaints(Clocks.SYSTEM);
    final RandomGenerator random = new SplittableRandom();

    /** Kept for as long as its connections are wanted: a client that nothing refers to is closed by the collector. */
    final NetClient client;

    private final Reception reception = new Reception(this);
    private final Map<NodeId, Peer<M>> peers = new LinkedHashMap<>();
    private final List<Peer<M>> dirty = new ArrayList<>();
    private boolean readingPaused;
    private long ticker = -1;
    private boolean closed;

    /** Constructed on the node's event loop; connects nothing yet. */
    public PeerTransport(Vertx vertx, PeerSettings settings, EnvelopeCodec<M> codec, PeerListener<M> listener) {
        this.vertx = vertx;
        this.settings = settings;
        this.codec = codec;
        this.listener = listener;
        handshake = new Handshake(settings, codec.fingerprint(), random.nextLong());
        client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) settings.options().handshake().toMillis()));
        settings.members()
                .all()
                .filter(member -> !member.id().equals(settings.self()))
                .forEach(member -> peers.put(member.id(), new Peer<>(this, member)));
    }

    /** Listens, then dials all peers, again and again. Fails if the port cannot be had. */
    public Future<Void> start() {
        return reception
                .open(settings.own())
                .onSuccess(open -> {
                    if (!closed) {
                        peers.values().forEach(Peer::start);
                        tickLater();
                    }
                })
                .mapEmpty();
    }

    /** Closes all connections, at once; nothing is reported any more. */
    public Future<Void> close() {
        closed = true;
        vertx.cancelTimer(ticker);
        peers.values().forEach(Peer::close);
        return Future.join(reception.close(), client.close()).mapEmpty();
    }

    @Override
    public boolean send(NodeId to, Envelope<M> envelope) {
        var peer = peers.get(to);
        if (peer == null) {
            counters.droppedUnreachable++;
            return false;
        }
        boolean clean = !peer.isDirty();
        boolean sent = peer.send(envelope);
        if (clean && sent) {
            dirty.add(peer);
        }
        return sent;
    }

    @Override
    public void flush() {
        for (var peer : dirty) {
            peer.flush();
        }
        dirty.clear();
    }

    /** Stops reading from all peers until {@link #resumeReading}; what was read already is still delivered. */
    public void pauseReading() {
        if (!readingPaused) {
            readingPaused = true;
            peers.values().forEach(Peer::pauseReading);
        }
    }

    /** Goes on reading from all peers. */
    public void resumeReading() {
        if (readingPaused) {
            readingPaused = false;
            peers.values().forEach(Peer::resumeReading);
        }
    }

    boolean isReadingPaused() {
        return readingPaused;
    }

    /** The other members, and whether they are connected. */
    public List<NodeStatus.Peer> status() {
        return peers.values().stream().map(Peer::status).toList();
    }

    /**
     * Why this node cannot take part in its cluster, as far as its peers tell; empty if it can.
     *
     * <p>Whoever none accepts and one refuses cannot: it may have forgotten what it promised, or be of another cluster.
     * One that accepts it is enough, for the one that refuses it may be the odd one out. Peers that cannot be reached
     * say nothing: a node that starts first, or is alone on its side of a partition, is as ready as it can be. Nor does
     * it count whom this node refuses, since that is the other's fault. Until each peer has been called once, nothing
     * is known, and whoever restarts a node wants to know.
     */
    public Optional<Unready> unready() {
        if (peers.values().stream().anyMatch(Peer::hasAccepted)) {
            return Optional.empty();
        }
        return peers.values().stream()
                .filter(peer -> !peer.wasCalled())
                .findFirst()
                .map(peer -> Unready.forNow("its first call to " + peer.id() + " was not answered yet"))
                .or(this::refusal);
    }

    /** That a peer refuses this node, whatever the others do; empty if none does. */
    public Optional<Unready> refusal() {
        return peers.values().stream()
                .flatMap(peer -> peer.refusal().stream())
                .findFirst()
                .map(reason -> new Unready(reason, true));
    }

    /** How much waits for a peer, in its outbox and in its socket's queue. */
    long outboxBytes(NodeId of) {
        var peer = peers.get(of);
        return peer == null ? 0 : peer.outboxBytes();
    }

    /** Registers what the transport counts. */
    public void register(Metrics metrics) {
        counters.register(metrics);
        for (var peer : peers.values()) {
            String name = peer.id().name();
            metrics.gauge(
                    "dcluster_peer_connected",
                    "1 if a peer is connected in both directions, else 0.",
                    () -> peer.isConnected() ? 1 : 0,
                    "peer",
                    name);
            metrics.gauge(
                    "dcluster_peer_outbox_bytes",
                    "Bytes that wait for a peer, in its outbox and in its socket's queue.",
                    peer::outboxBytes,
                    "peer",
                    name);
        }
    }

    /** A peer's handshake was right. */
    void admit(Wire wire, Hello hello) {
        var peer = peers.get(hello.sender());
        if (closed || peer == null) {
            wire.close();
            return;
        }
        handshake.heard(hello);
        peer.accept(wire, hello.incarnation());
    }

    void received(NodeId from, Envelope<M> envelope) {
        counters.envelopesReceived++;
        listener.received(from, envelope);
    }

    /**
     * By a new timer each time: after this process was stopped for a while, that counts as one tick and not as many.
     */
    private void tickLater() {
        ticker = vertx.setTimer(settings.options().ping().toMillis(), id -> {
            peers.values().forEach(Peer::tick);
            tickLater();
        });
    }
}
