package dcluster.runtime.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dcluster.host.CommandSink;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that close their sending side and wait for their answers, as {@code nc -N} does, over loopback. */
@Timeout(60)
class GatewayHalfCloseTest {
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
    void aPipelineIsAnsweredToItsEnd() throws IOException {
        var rig = start(GatewayRig.anyPort(), new StoreSink());
        int count = 20_000;
        var replies = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            replies.append(':').append(i).append("\r\n");
        }
        var socket = connect(rig);
        socket.getOutputStream().write(Resp.bytes("INCR n\r\n".repeat(count)));
        socket.shutdownOutput();
        assertThat(rest(socket)).isEqualTo(replies.toString());
        await().until(() -> rig.metrics().connections() == 0);
    }

    @Test
    void aSlowWriteIsAnsweredLongAfterTheClientClosedItsSide() throws IOException {
        var rig = start(GatewayRig.anyPort().withLook(Duration.ofMillis(5)), manual);
        var socket = connect(rig);
        socket.getOutputStream().write(Resp.bytes("SET a 1\r\nPING\r\n"));
        socket.shutdownOutput();
        await().until(() -> rig.ask(() -> manual.unanswered().size()) == 1);
        await().during(Duration.ofMillis(200)).until(() -> rig.metrics().connections() == 1);

        rig.onLoop(() -> manual.answer(0, OK));
        assertThat(rest(socket)).isEqualTo("+OK\r\n+PONG\r\n");
    }

    @Test
    void aCommandThatIsCutIsDroppedAndThoseBeforeItAreAnswered() throws IOException {
        var rig = start(GatewayRig.anyPort(), new StoreSink());
        var socket = connect(rig);
        socket.getOutputStream().write(Resp.bytes(Resp.command("SET a 1") + "*2\r\n$3\r\nGET\r\n$1"));
        socket.shutdownOutput();
        assertThat(rest(socket)).isEqualTo("+OK\r\n");
        await().until(() -> rig.metrics().connections() == 0);
        assertThat(rig.metrics().heldBytes()).isZero();
    }

    @Test
    void aClientThatNeverReadsIsLetGo() throws IOException {
        var rig = start(GatewayRig.anyPort().withLook(Duration.ofMillis(50)), new StoreSink());
        var deaf = connect(rig);
        deaf.getOutputStream().write(Resp.bytes(Resp.array("SET", "big", "x".repeat(1 << 20))));
        assertThat(new String(deaf.getInputStream().readNBytes(5), ISO_8859_1)).isEqualTo("+OK\r\n");
        deaf.getOutputStream().write(Resp.bytes("GET big\r\n".repeat(40)));
        deaf.shutdownOutput();
        await().until(() -> rig.metrics().connections() == 0);
        assertThat(rig.metrics().dropped()).isEqualTo(1);
        assertThat(rig.metrics().unsentBytes()).isZero();
    }

    @Test
    void aThousandOfThemLeaveNoDescriptorsBehind() throws IOException {
        Assumptions.assumeTrue(descriptors() > 0, "only Linux shows them");
        var rig = start(GatewayRig.anyPort(), new StoreSink());
        ask(rig, "PING\r\n");
        await().until(() -> rig.metrics().connections() == 0);
        int before = descriptors();
        for (int i = 0; i < 1000; i++) {
            assertThat(ask(rig, "SET a " + i + "\r\nGET a\r\nGET"))
                    .isEqualTo("+OK\r\n$%d\r\n%d\r\n", ("" + i).length(), i);
        }
        await().until(() -> rig.metrics().connections() == 0);
        await().untilAsserted(() -> assertThat(descriptors()).isLessThan(before + 20));
    }

    private static int descriptors() {
        var names = new File("/proc/self/fd").list();
        return names == null ? 0 : names.length;
    }

    private static String ask(GatewayRig rig, String requests) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(Resp.bytes(requests));
            socket.shutdownOutput();
            return rest(socket);
        }
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
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
}
