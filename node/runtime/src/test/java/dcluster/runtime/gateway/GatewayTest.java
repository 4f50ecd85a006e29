package dcluster.runtime.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dcluster.host.CommandSink;
import dcluster.spi.Bytes;
import dcluster.spi.Response;
import dcluster.spi.Result;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gateway over loopback, with plain sockets. */
@Timeout(30)
class GatewayTest {
    private static final Response OK = new Response.Ok(new Result.Applied(true));

    private final ManualSink manual = new ManualSink(true);
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    @Test
    void aPipelineOfThousandsOfRequestsIsAnsweredInOrder() throws IOException {
        var socket = connect(start(GatewayRig.anyPort(), new StoreSink()));
        int count = 20_000;
        var requests = new StringBuilder();
        var replies = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            requests.append("INCR n\r\n");
            replies.append(':').append(i).append("\r\n");
        }
        socket.getOutputStream().write(Resp.bytes(requests.toString()));
        assertThat(read(socket, replies.length())).isEqualTo(replies.toString());
    }

    @Test
    void requestsByteByByteAreUnderstood() throws IOException {
        var rig = start(GatewayRig.anyPort(), new StoreSink());
        var socket = connect(rig);
        socket.setTcpNoDelay(true);
        for (byte b : Resp.bytes(Resp.command("SET a 1") + Resp.command("GET a"))) {
            socket.getOutputStream().write(b);
        }
        assertThat(read(socket, 12)).isEqualTo("+OK\r\n$1\r\n1\r\n");
    }

    @Test
    void aClientThatReadsLateGetsAllAndCostsOneBoundOnly() throws IOException {
        var rig = start(GatewayRig.anyPort(), new StoreSink());
        var socket = connect(rig);
        int size = 1 << 20;
        int count = 100;
        socket.getOutputStream().write(Resp.bytes(Resp.array("SET", "big", "x".repeat(size))));
        assertThat(read(socket, 5)).isEqualTo("+OK\r\n");
        socket.getOutputStream().write(Resp.bytes("GET big\r\n".repeat(count)));
        await().until(() -> rig.metrics().pauses() > 0);
        assertThat(rig.metrics().unsentBytes()).isLessThan(3L * size);

        long left = count * (long) (size + "$1048576\r\n\r\n".length());
        while (left > 0) {
            left -= socket.getInputStream().skip(left);
        }
        socket.getOutputStream().write(Resp.bytes("PING\r\n"));
        assertThat(read(socket, 7)).isEqualTo("+PONG\r\n");
        await().until(() -> rig.metrics().unsentBytes() == 0);
    }

    @Test
    void whileThereIsNoRoomASocketIsNotRead() throws IOException {
        var rig = start(GatewayRig.anyPort(), manual);
        rig.onLoop(() -> manual.limitTo(0));
        var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.port()));
        open.add(channel);
        channel.configureBlocking(false);
        var flood = ByteBuffer.wrap(Resp.bytes(Resp.command("SET a 1").repeat(4_000)));
        await().pollInterval(Duration.ofMillis(5))
                .during(Duration.ofMillis(100))
                .until(() -> channel.write(flood.duplicate()) == 0);
        assertThat(rig.metrics().readBytes()).as("one read").isBetween(1L, 65_536L);
        assertThat(rig.metrics().pauses()).isEqualTo(1);
        assertThat(rig.ask(manual::submitted)).isEmpty();

        rig.onLoop(() -> manual.limitTo(100));
        await().until(() -> rig.ask(() -> manual.submitted().size()) == 100);
    }

    @Test
    void oneClientTooManyIsToldSo() throws IOException {
        var rig = start(GatewayRig.anyPort().withMaxConnections(1), new StoreSink());
        var first = connect(rig);
        first.getOutputStream().write(Resp.bytes("PING\r\n"));
        assertThat(read(first, 7)).isEqualTo("+PONG\r\n");
        for (int i = 0; i < 3; i++) {
            assertThat(new String(connect(rig).getInputStream().readAllBytes(), ISO_8859_1))
                    .isEqualTo("-ERR max number of clients reached\r\n");
        }

        first.close();
        await().until(() -> rig.metrics().connections() == 0);
        var next = connect(rig);
        next.getOutputStream().write(Resp.bytes("PING\r\n"));
        assertThat(read(next, 7)).isEqualTo("+PONG\r\n");
    }

    @Test
    void aProtocolErrorIsToldBeforeTheEnd() throws IOException {
        var socket = connect(start(GatewayRig.anyPort(), new StoreSink()));
        socket.getOutputStream().write(Resp.bytes("PING\r\n*1\r\n!\r\n" + "x".repeat(1000)));
        assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                .isEqualTo("+PONG\r\n-ERR Protocol error: expected '$', got '!'\r\n");
    }

    @Test
    void closingAnswersWhatCameAndLetsNobodyIn() throws IOException {
        var rig = start(GatewayRig.anyPort().withCloseGrace(Duration.ofSeconds(20)), manual);
        var busy = connect(rig);
        var idle = connect(rig);
        busy.getOutputStream().write(Resp.bytes("SET a 1\r\nSET b 1\r\n"));
        await().until(() -> rig.ask(() -> manual.unanswered().size()) == 2);
        var closed = rig.closeGateway();
        assertThat(idle.getInputStream().read()).isEqualTo(-1);
        assertThat(closed.isComplete()).isFalse();
        // Until the port is closed, who comes is let go at once.
        await().untilAsserted(() -> assertThatThrownBy(() -> connect(rig)).isInstanceOf(IOException.class));

        rig.onLoop(() -> {
            manual.answer(1, OK);
            manual.answer(0, OK);
        });
        assertThat(new String(busy.getInputStream().readAllBytes(), ISO_8859_1)).isEqualTo("+OK\r\n+OK\r\n");
        await().until(closed::succeeded);
    }

    @Test
    void closingWaitsNoLongerThanItsGrace() throws IOException {
        var rig = start(GatewayRig.anyPort().withCloseGrace(Duration.ofMillis(100)), manual);
        var socket = connect(rig);
        socket.getOutputStream().write(Resp.bytes("SET a 1\r\n"));
        await().until(() -> rig.ask(() -> manual.unanswered().size()) == 1);
        var closed = rig.closeGateway();
        assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        await().until(closed::succeeded);
        rig.onLoop(() -> manual.answer(0, OK));
    }

    /** Its socket's own close() would first wait until it has taken what waits, which it never does. */
    @Test
    void aClientThatIsLetGoWhileItDoesNotReadIsGone() throws IOException {
        int size = 3 << 20;
        var bounds = GatewayOptions.Bounds.USUAL;
        var rig = start(
                GatewayRig.anyPort()
                        .withBounds(new GatewayOptions.Bounds(
                                bounds.pipelineDepth(),
                                bounds.waitingBytes(),
                                10 << 20,
                                11 << 20,
                                bounds.replyBytes(),
                                bounds.sharedHeldBytes(),
                                bounds.sharedUnsentBytes())),
                new StoreSink());
        var deaf = connect(rig);
        var request = Resp.bytes(Resp.array("ECHO", "x".repeat(size)));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 30; i++) {
                        deaf.getOutputStream().write(request);
                    }
                })
                .isInstanceOf(IOException.class);
        await().until(() -> rig.metrics().connections() == 0);
        assertThat(rig.metrics().dropped()).isEqualTo(1);
        assertThat(rig.metrics().unsentBytes()).isZero();
    }

    @Test
    void closingWaitsNoLongerThanItsGraceForAClientThatDoesNotRead() throws IOException {
        var rig = start(GatewayRig.anyPort().withCloseGrace(Duration.ofMillis(100)), new StoreSink());
        var deaf = connect(rig);
        deaf.getOutputStream().write(Resp.bytes(Resp.array("SET", "big", "x".repeat(1 << 20))));
        assertThat(read(deaf, 5)).isEqualTo("+OK\r\n");
        deaf.getOutputStream().write(Resp.bytes("GET big\r\n".repeat(40)));
        await().until(() -> rig.metrics().pauses() > 0);

        var closed = rig.closeGateway();
        await().until(closed::succeeded);
        assertThat(rig.metrics().connections()).isZero();
    }

    @Test
    void aPortInUseIsAFailure() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var options = GatewayOptions.at("127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> start(options, manual))
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void aGatewayIsMadeOnALoop() {
        var vertx = Vertx.vertx();
        open.add(() -> vertx.close());
        assertThatThrownBy(() -> Gateway.listen(vertx, GatewayRig.anyPort(), manual, GatewayRig.FACTS))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hundredsOfClientsAreServedSideBySide() throws IOException {
        var rig = start(GatewayRig.anyPort(), new StoreSink());
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < 500; i++) {
            sockets.add(connect(rig));
        }
        for (var socket : sockets) {
            socket.getOutputStream().write(Resp.bytes("INCR n\r\n"));
        }
        for (var socket : sockets) {
            assertThat(read(socket, 4)).startsWith(":");
        }
        assertThat(rig.metrics().connections()).isEqualTo(500);
        assertThat(rig.metrics().requestsByName()).containsEntry("incr", 500L);
        for (var socket : sockets) {
            socket.close();
        }
        await().until(() -> rig.metrics().connections() == 0);
    }

    @Test
    void valuesOfAnyBytesAndSizesComeBackAsTheyWere() throws IOException {
        var socket = connect(start(GatewayRig.anyPort(), new StoreSink()));
        for (int size : new int[] {0, 1, 1000, 65_536, 1 << 20, 4 << 20}) {
            byte[] value = new byte[size];
            new java.util.Random(size).nextBytes(value);
            socket.getOutputStream()
                    .write(Resp.array(List.of(Bytes.utf8("SET"), Bytes.utf8("k"), Bytes.copyOf(value))));
            assertThat(read(socket, 5)).isEqualTo("+OK\r\n");
            socket.getOutputStream().write(Resp.bytes("GET k\r\n"));
            var head = "$" + size + "\r\n";
            assertThat(read(socket, head.length())).isEqualTo(head);
            assertThat(socket.getInputStream().readNBytes(size)).isEqualTo(value);
            assertThat(read(socket, 2)).isEqualTo("\r\n");
        }
    }

    private GatewayRig start(GatewayOptions options, CommandSink sink) {
        var rig = new GatewayRig(options, sink);
        open.add(rig);
        return rig;
    }

    private Socket connect(GatewayRig rig) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), rig.port());
        socket.setSoTimeout(10_000);
        open.add(0, socket);
        return socket;
    }

    private static String read(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), ISO_8859_1);
    }
}
