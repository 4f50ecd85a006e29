package dcluster.runtime.peer;

import dcluster.codec.ByteReader;
import dcluster.spi.Member;
import io.vertx.core.AsyncResult;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that this node dials, from one attempt to the next.
 *
 * <pre>
 *   WAITING --time's up, or the peer called--> DIALLING --connected, HELLO--> GREETING --WELCOME--> OPEN
 *      ^                                          |                              |                   |
 *      '--- backoff ------ failed, refused, late, broken, or restarted ----------'-------------------'
 * </pre>
 */
final class Outbound {
    private static final Logger LOG = LoggerFactory.getLogger(PeerTransport.class);
    private static final int LONGEST_REASON = 1000;

    private final PeerTransport<?> transport;
    private final Member member;
    private final Runnable whenOpen;
    private final Consumer<String> whenBroken;
    private final Backoff backoff;

    private enum State {
        WAITING,
        DIALLING,
        GREETING,
        OPEN,
        CLOSED
    }

    private State state = State.WAITING;

    /** Ends what is waited for: the backoff, or the handshake. */
    private long timer = -1;

    private @Nullable Wire wire;
    private long incarnation;
    private @Nullable String refusedBecause;
    private boolean refusedByPeer;
    private boolean answered;

    /** {@code whenBroken} hears why an open connection broke, and is expected to {@link #restart}. */
    Outbound(PeerTransport<?> transport, Member member, Runnable whenOpen, Consumer<String> whenBroken) {
        this.transport = transport;
        this.member = member;
        this.whenOpen = whenOpen;
        this.whenBroken = whenBroken;
        this.backoff = new Backoff(transport.settings.options().backoff(), transport.random);
    }

    /** The connection, if it is open. */
    @Nullable
    Wire wire() {
        return state == State.OPEN ? wire : null;
    }

    /** Whose connection it is: the incarnation of the peer that answered last. */
    long incarnation() {
        return incarnation;
    }

    /** Why the peer, or this node, refused the last connection; null if it did not. */
    @Nullable
    String refusedBecause() {
        return refusedBecause;
    }

    /** Why the peer refused the last connection; empty if it did not, or if this node refused it. */
    Optional<String> refusedByPeer() {
        return refusedByPeer ? Optional.ofNullable(refusedBecause) : Optional.empty();
    }

    /** Whether an attempt has come to its end: welcomed, refused, failed or late. */
    boolean wasAnswered() {
        return answered;
    }

    /** Connects now if it only waits to do so. */
    void dial() {
        if (state != State.WAITING) {
            return;
        }
        state = State.DIALLING;
        transport.vertx.cancelTimer(timer);
        transport.counters.dials++;
        transport.client.connect(member.peerPort(), member.host()).onComplete(this::dialled);
    }

    private void dialled(AsyncResult<NetSocket> result) {
        if (result.failed()) {
            // Whoever refused before is not there any more to do so.
            unrefused();
            broken(String.valueOf(result.cause().getMessage()));
            return;
        }
        var fresh = new Wire(result.result(), transport.counters, transport.complaints);
        if (state == State.CLOSED) {
            fresh.close();
            return;
        }
        wire = fresh;
        state = State.GREETING;
        fresh.owner(body -> greeted(fresh, body), this::broken);
        fresh.writeFrame(frame -> transport.handshake.to(member.id()).write(FrameKind.HELLO, frame));
        timer = transport.vertx.setTimer(
                transport.settings.options().handshake().toMillis(), id -> broken("no answer to the handshake"));
    }

    private void greeted(Wire on, ByteReader body) {
        int kind = body.readByte();
        if (kind == FrameKind.REFUSED && state == State.GREETING) {
            int length = Math.min(body.remaining(), LONGEST_REASON);
            transport.counters.refusedByPeers++;
            refused(Hello.printable(body.readBytes(length).toUtf8()), refusedMillis());
            refusedByPeer = true;
        } else if (kind == FrameKind.WELCOME && state == State.GREETING) {
            answered(on, Hello.read(body));
        } else {
            throw body.malformed("a frame of kind " + kind + " where none belongs");
        }
    }

    private void answered(Wire on, Hello hello) {
        var refusal = transport.handshake.refusal(hello).or(() -> otherThanCalled(hello));
        if (refusal.isPresent()) {
            transport.counters.refusedByUs++;
            refused(refusal.get(), transport.handshake.isOver(hello) ? backoff.nextMillis() : refusedMillis());
        } else {
            welcomed(on, hello);
        }
    }

    private Optional<String> otherThanCalled(Hello hello) {
        return hello.sender().equals(member.id())
                ? Optional.empty()
                : Optional.of(
                        transport.settings.self() + " refuses " + hello.sender() + ": the call was for " + member.id());
    }

    /** A refusal does not pass by itself; only a life that is over may be followed by the next one at once. */
    private long refusedMillis() {
        return backoff.jittered(transport.settings.options().refusedBackoff().toMillis());
    }

    private void refused(String reason, long againInMillis) {
        String where = member.id() + " at " + member.host() + ":" + member.peerPort();
        transport.complaints.warn(reason, "no connection to " + where + ": " + reason);
        refusedBecause = reason;
        refusedByPeer = false;
        restartIn(againInMillis);
    }

    private void unrefused() {
        refusedBecause = null;
        refusedByPeer = false;
    }

    private void welcomed(Wire on, Hello hello) {
        transport.vertx.cancelTimer(timer);
        state = State.OPEN;
        incarnation = hello.incarnation();
        transport.handshake.heard(hello);
        answered = true;
        unrefused();
        on.trust(member.id().name());
        whenOpen.run();
    }

    private void broken(String why) {
        if (state == State.CLOSED) {
            return;
        }
        if (state == State.OPEN) {
            whenBroken.accept(why);
        } else {
            LOG.debug("no connection to {}: {}", member.id(), why);
            restart();
        }
    }

    /** Closes the connection, and dials again after the backoff. */
    void restart() {
        restartIn(backoff.nextMillis());
    }

    private void restartIn(long millis) {
        hangUp();
        answered = true;
        state = State.WAITING;
        timer = transport.vertx.setTimer(millis, id -> dial());
    }

    /** All is well: the next wait is the shortest again. */
    void resetBackoff() {
        backoff.reset();
    }

    /** Closes the connection for good. */
    void close() {
        hangUp();
        state = State.CLOSED;
    }

    private void hangUp() {
        transport.vertx.cancelTimer(timer);
        if (wire != null) {
            wire.close();
            wire = null;
        }
    }
}
