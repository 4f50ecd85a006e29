package dcluster.runtime.peer;

import dcluster.codec.ByteReader;
import dcluster.spi.Member;
import io.vertx.core.Future;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accepts connections, and lets in those whose handshake is right. */
final class Reception {
    /** How many connections may be before their handshake; one more, and the oldest of them goes. */
    static final int MOST_STRANGERS = 64;

    private final PeerTransport<?> transport;

    /** Connections before their handshake, the oldest first, each with the timer that ends its time. */
    private final Map<Wire, Long> strangers = new LinkedHashMap<>();

    private @Nullable NetServer server;

    Reception(PeerTransport<?> transport) {
        this.transport = transport;
    }

    Future<?> open(Member at) {
        var listening = transport.vertx.createNetServer(new NetServerOptions()).connectHandler(this::accept);
        server = listening;
        return listening.listen(at.peerPort(), at.host());
    }

    Future<?> close() {
        List.copyOf(strangers.keySet()).forEach(this::drop);
        return server == null ? Future.succeededFuture() : server.close();
    }

    private void accept(NetSocket socket) {
        var wire = new Wire(socket, transport.counters, transport.complaints);
        if (strangers.size() == MOST_STRANGERS) {
            transport.counters.handshakesDropped++;
            drop(strangers.keySet().iterator().next());
        }
        long millis = transport.settings.options().handshake().toMillis();
        strangers.put(wire, transport.vertx.setTimer(millis, id -> tooLate(wire)));
        wire.owner(body -> greeted(wire, body), why -> leave(wire));
    }

    private void tooLate(Wire wire) {
        transport.counters.handshakesDropped++;
        transport.complaints.warn(
                "late", "closed the connection from " + wire.remote() + ", which did not say who it is");
        drop(wire);
    }

    private void drop(Wire wire) {
        leave(wire);
        wire.close();
    }

    private void leave(Wire wire) {
        var timer = strangers.remove(wire);
        if (timer != null) {
            transport.vertx.cancelTimer(timer);
        }
    }

    private void greeted(Wire wire, ByteReader body) {
        if (body.readByte() != FrameKind.HELLO) {
            throw body.malformed("a connection begins with a handshake");
        }
        var hello = Hello.read(body);
        leave(wire);
        transport
                .handshake
                .refusal(hello)
                .ifPresentOrElse(reason -> refuse(wire, reason), () -> transport.admit(wire, hello));
    }

    private void refuse(Wire wire, String reason) {
        transport.counters.refusedByUs++;
        transport.complaints.warn(reason, reason + " (it called from " + wire.remote() + ")");
        wire.writeLastFrame(out -> {
            var text = reason.getBytes(StandardCharsets.UTF_8);
            out.writeByte(FrameKind.REFUSED);
            out.write(text, 0, text.length);
        });
    }
}
