package dcluster.runtime.peer;

import dcluster.codec.ByteReader;
import dcluster.host.Envelope;
import dcluster.runtime.admin.NodeStatus;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pair of connections with one other member: {@code out}, which this node dials and sends on, and {@code in}, which
 * the other dialled and this node reads. The package documentation tells how they come together.
 */
final class Peer<M> {
    private static final Logger LOG = LoggerFactory.getLogger(PeerTransport.class);

    private final PeerTransport<M> transport;
    private final NodeId id;
    private final Outbound out;

    private @Nullable Wire in;
    private long inIncarnation;

    /** Of the pair: there is one as long as both connections are open. */
    private @Nullable Outbox<M> outbox;

    private int ticksAlone;

    Peer(PeerTransport<M> transport, Member member) {
        this.transport = transport;
        this.id = member.id();
        this.out = new Outbound(transport, member, this::reconcile, this::outBroke);
    }

    NodeId id() {
        return id;
    }

    boolean isConnected() {
        return outbox != null;
    }

    /** Whether the peer has nothing against this node: its answer to the call that is open now was a welcome. */
    boolean hasAccepted() {
        return isConnected() || out.wire() != null;
    }

    /** Whether a call to the peer has come to its end, whatever that was. */
    boolean wasCalled() {
        return out.wasAnswered();
    }

    /** Why the peer refuses this node; empty if it does not, or cannot be reached any more. */
    Optional<String> refusal() {
        return out.refusedByPeer();
    }

    NodeStatus.Peer status() {
        return new NodeStatus.Peer(id, isConnected(), out.refusedBecause());
    }

    // How they come together, and fall

    /** Begins to dial. */
    void start() {
        out.dial();
    }

    /**
     * The peer dialled, and its handshake was right. What it had before has broken at its end, even if we have not
     * heard.
     */
    void accept(Wire wire, long incarnation) {
        if (isConnected()) {
            fall("it connected anew");
        }
        closeIn();
        in = wire;
        inIncarnation = incarnation;
        wire.trust(id.name());
        wire.owner(this::receive, this::inBroke);
        wire.writeFrame(frame -> transport.handshake.to(id).write(FrameKind.WELCOME, frame));
        wire.pause();
        out.dial();
        reconcile();
    }

    /**
     * With both connections open, one that leads to an older incarnation of the peer is about to break: it is dropped.
     */
    private void reconcile() {
        var outgoing = out.wire();
        if (in == null || outgoing == null) {
            return;
        }
        if (inIncarnation < out.incarnation()) {
            closeIn();
        } else if (inIncarnation > out.incarnation()) {
            out.restart();
        } else {
            pair(outgoing, in);
        }
    }

    private void pair(Wire outgoing, Wire incoming) {
        outbox = new Outbox<>(
                transport.codec, outgoing, transport.settings.options().outboxBytes());
        transport.counters.connected++;
        LOG.info("connected with {}, incarnation {}", id, inIncarnation);
        transport.listener.connected(id, inIncarnation);
        if (!transport.isReadingPaused()) {
            incoming.resume();
        }
    }

    private void outBroke(String why) {
        if (isConnected()) {
            fall(why);
        } else {
            out.restart();
        }
    }

    private void inBroke(String why) {
        if (isConnected()) {
            fall(why);
        } else {
            closeIn();
        }
    }

    private void fall(String why) {
        outbox = null;
        out.restart();
        closeIn();
        transport.counters.lost++;
        LOG.info("lost {}: {}", id, why);
        transport.listener.lost(id);
    }

    private void closeIn() {
        if (in != null) {
            in.close();
            in = null;
        }
    }

    /** Closes all, and reports nothing any more. */
    void close() {
        outbox = null;
        out.close();
        closeIn();
    }

    // Signs of life

    /** Every so often: gives and demands signs of life. */
    void tick() {
        if (outbox == null) {
            tickAlone();
            return;
        }
        ticksAlone = 0;
        out.resetBackoff();
        outbox.tick();
        if (in != null && !transport.isReadingPaused() && in.countQuietTick() > PeerOptions.SILENT_PINGS) {
            fall("nothing was heard of it");
        }
    }

    /** One direction does not wait for ever for the other. */
    private void tickAlone() {
        if (in == null && out.wire() == null) {
            ticksAlone = 0;
        } else if (++ticksAlone > PeerOptions.SILENT_PINGS) {
            ticksAlone = 0;
            closeIn();
            if (out.wire() != null) {
                LOG.debug("{} does not dial back", id);
                out.restart();
            }
        }
    }

    // What goes over them

    private void receive(ByteReader body) {
        if (!isConnected()) {
            throw body.malformed("a message before both directions were open");
        }
        int kind = body.readByte();
        if (kind == FrameKind.PING) {
            body.end();
        } else {
            transport.received(id, transport.codec.decode(kind, body));
        }
    }

    void pauseReading() {
        if (in != null) {
            in.pause();
        }
    }

    void resumeReading() {
        if (in != null && isConnected()) {
            in.resume();
        }
    }

    /** Encodes it for the next flush; false if there is no connection, or no room. */
    boolean send(Envelope<M> envelope) {
        if (outbox == null) {
            transport.counters.droppedUnreachable++;
            return false;
        }
        if (!outbox.add(envelope)) {
            transport.counters.droppedFull++;
            return false;
        }
        transport.counters.envelopesSent++;
        return true;
    }

    /** Whether something waits for the next flush. */
    boolean isDirty() {
        return outbox != null && outbox.isDirty();
    }

    void flush() {
        if (outbox != null) {
            outbox.flush();
        }
    }

    long outboxBytes() {
        return outbox == null ? 0 : outbox.bytes();
    }
}
