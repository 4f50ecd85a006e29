package dcluster.runtime.peer;

import dcluster.codec.ByteReader;
import dcluster.host.Envelope;
import dcluster.runtime.admin.NodeStatus;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import io.vertx.core.AsyncResult;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pair of connections with one other member: {@code out}, which this node dials and sends on, and {@code in}, which the
 * other dialled and this node reads. The package documentation tells how they come together.
 *
 * <pre>
 *   out:   WAITING --timer, or the peer called--> DIALLING --connected, HELLO--> GREETING --WELCOME--> OPEN
 *             ^                                      |                              |                   |
 *             '-------- failed, refused, late, broken, or the pair fell ------------'-------------------'
 * </pre>
 */
final class Peer<M> {
    private static final Logger LOG = LoggerFactory.getLogger(PeerTransport.class);
    private static final int LONGEST_REASON = 1000;

    private final PeerTransport<M> transport;
    private final Member member;
    private final Backoff backoff;

    private enum Dial {
        WAITING,
        DIALLING,
        GREETING,
        OPEN
    }

    // What we dial
    private Dial dial = Dial.WAITING;
    private long timer = -1;
    private @Nullable Wire out;
    private long outIncarnation;
    private @Nullable String refusedBecause;

    // What we accepted
    private @Nullable Wire in;
    private long inIncarnation;

    // Both together
    private @Nullable Outbox<M> outbox;
    private int unpairedTicks;
    private boolean closed;

    Peer(PeerTransport<M> transport, Member member) {
        this.transport = transport;
        this.member = member;
        this.backoff = new Backoff(transport.settings.options().backoff(), transport.random);
    }

    NodeId id() {
        return member.id();
    }

    boolean isConnected() {
        return outbox != null;
    }

    NodeStatus.Peer status() {
        return new NodeStatus.Peer(id(), isConnected(), refusedBecause);
    }

    // Out

    /** Connects now, whatever it was waiting for. */
    void dial() {
        cancelTimer();
        dial = Dial.DIALLING;
        transport.counters.dials++;
        transport.client.connect(member.peerPort(), member.host()).onComplete(this::dialled);
    }

    private void dialled(AsyncResult<NetSocket> result) {
        if (result.failed()) {
            outFailed(String.valueOf(result.cause().getMessage()));
            return;
        }
        var wire = new Wire(result.result(), transport.counters, transport.complaints);
        if (closed) {
            wire.close();
            return;
        }
        out = wire;
        dial = Dial.GREETING;
        wire.owner(body -> greeted(wire, body), this::outFailed);
        wire.writeFrame(frame -> transport.handshake.to(id()).write(FrameKind.HELLO, frame));
        timer = transport.vertx.setTimer(
                transport.settings.options().handshake().toMillis(), id -> outFailed("no answer to the handshake"));
    }

    private void greeted(Wire wire, ByteReader body) {
        int kind = body.readByte();
        if (kind == FrameKind.REFUSED && dial == Dial.GREETING) {
            var reason =
                    body.readBytes(Math.min(body.remaining(), LONGEST_REASON)).toUtf8();
            refused(Hello.printable(reason));
        } else if (kind == FrameKind.WELCOME && dial == Dial.GREETING) {
            var hello = Hello.read(body);
            transport
                    .handshake
                    .refusal(hello)
                    .or(() -> otherThanCalled(hello))
                    .ifPresentOrElse(this::refused, () -> welcomed(wire, hello));
        } else {
            throw body.malformed("frame of kind " + kind + " where none belongs");
        }
    }

    private Optional<String> otherThanCalled(Hello hello) {
        return hello.sender().equals(id())
                ? Optional.empty()
                : Optional.of(transport.settings.self() + " refuses " + hello.sender() + ": the call was for " + id());
    }

    private void refused(String reason) {
        transport.counters.refusedByPeers++;
        transport.complaints.warn(
                reason, "no connection to " + id() + " at " + member.host() + ":" + member.peerPort() + ": " + reason);
        refusedBecause = reason;
        closeOut();
        dialIn(backoff.jittered(transport.settings.options().refusedBackoff().toMillis()));
    }

    private void welcomed(Wire wire, Hello hello) {
        cancelTimer();
        dial = Dial.OPEN;
        outIncarnation = hello.incarnation();
        refusedBecause = null;
        wire.trust(id().name());
        reconcile();
    }

    private void outFailed(String why) {
        if (closed) {
            return;
        }
        LOG.debug("no connection to {}: {}", id(), why);
        if (isConnected()) {
            fall(why);
        } else {
            closeOut();
            dialIn(backoff.nextMillis());
        }
    }

    private void dialIn(long millis) {
        cancelTimer();
        timer = transport.vertx.setTimer(millis, id -> dial());
    }

    private void cancelTimer() {
        transport.vertx.cancelTimer(timer);
    }

    private void closeOut() {
        cancelTimer();
        dial = Dial.WAITING;
        if (out != null) {
            out.close();
            out = null;
        }
    }

    // In

    /** The peer dialled, and its handshake was right. What it had before has broken at its end, even if we have not heard. */
    void accept(Wire wire, long incarnation) {
        if (isConnected()) {
            fall("it connected anew");
        }
        closeIn();
        in = wire;
        inIncarnation = incarnation;
        wire.trust(id().name());
        wire.owner(body -> receive(body), this::inBroke);
        wire.writeFrame(frame -> transport.handshake.to(id()).write(FrameKind.WELCOME, frame));
        wire.pause();
        if (dial == Dial.WAITING) {
            dial();
        }
        reconcile();
    }

    private void receive(ByteReader body) {
        if (!isConnected()) {
            throw body.malformed("a message before both directions were open");
        }
        int kind = body.readByte();
        if (kind == FrameKind.PING) {
            body.end();
        } else {
            transport.received(id(), transport.codec.decode(kind, body));
        }
    }

    private void inBroke(String why) {
        if (isConnected()) {
            fall(why);
        } else {
            closeIn();
        }
    }

    private void closeIn() {
        if (in != null) {
            in.close();
            in = null;
        }
    }

    // Both together

    /** With both connections open, one that leads to an older incarnation of the peer is about to break: it is dropped. */
    private void reconcile() {
        if (in == null || out == null || dial != Dial.OPEN) {
            return;
        }
        if (inIncarnation < outIncarnation) {
            closeIn();
        } else if (inIncarnation > outIncarnation) {
            closeOut();
            dial();
        } else {
            pair(out, in);
        }
    }

    private void pair(Wire outgoing, Wire incoming) {
        outbox = new Outbox<>(
                transport.codec, outgoing, transport.settings.options().outboxBytes());
        unpairedTicks = 0;
        transport.counters.connected++;
        LOG.info("connected with {}, incarnation {}", id(), inIncarnation);
        transport.listener.connected(id(), inIncarnation);
        if (!transport.isReadingPaused()) {
            incoming.resume();
        }
    }

    private void fall(String why) {
        outbox = null;
        closeOut();
        closeIn();
        dialIn(backoff.nextMillis());
        transport.counters.lost++;
        LOG.info("lost {}: {}", id(), why);
        transport.listener.lost(id());
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

    /** Every so often: gives and demands signs of life. */
    void tick() {
        if (outbox == null) {
            tickUnpaired();
            return;
        }
        backoff.reset();
        outbox.tick();
        if (in != null && !transport.isReadingPaused() && in.countQuietTick() > PeerOptions.SILENT_PINGS) {
            fall("nothing was heard of it");
        }
    }

    /** One direction does not wait for ever for the other. */
    private void tickUnpaired() {
        if (in == null && dial != Dial.OPEN) {
            unpairedTicks = 0;
        } else if (++unpairedTicks > PeerOptions.SILENT_PINGS) {
            unpairedTicks = 0;
            closeIn();
            if (dial == Dial.OPEN) {
                outFailed("it did not dial back");
            }
        }
    }

    void close() {
        closed = true;
        outbox = null;
        closeOut();
        closeIn();
    }
}
