package dcluster.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dcluster.host.Clocks;
import dcluster.spi.NodeId;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AdminServerTest {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final NodeEvents events = new NodeEvents(Clocks.SYSTEM);
    private final Metrics metrics = new Metrics();
    private final AtomicInteger askings = new AtomicInteger();
    private final List<Runnable> stuck = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Socket> sockets = new ArrayList<>();

    private volatile Optional<Unready> unready = Optional.empty();
    private volatile Executor loop = Runnable::run;
    private final AdminServer server = server();

    private AdminServer server() {
        metrics.counter("turns_total", "Turns.", () -> 5);
        var view = new NodeView(
                task -> loop.execute(task),
                () -> {
                    askings.incrementAndGet();
                    return Samples.status(Optional.of(new NodeId("n1")));
                },
                () -> unready,
                metrics,
                events,
                Samples.operations(),
                Samples.NO_FAULTS);
        return new AdminServer("127.0.0.1", 0, view);
    }

    @BeforeEach
    void deploy() throws Exception {
        vertx.deployVerticle(server).await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        for (var socket : sockets) {
            socket.close();
        }
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void statusIsTheNodesSnapshot() throws Exception {
        var response = get("/status?pretty=no");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(new JsonObject(response.body()))
                .isEqualTo(Samples.status(Optional.of(new NodeId("n1"))).toJson());
    }

    @Test
    void healthFollowsTheNode() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/health").body()).isEqualTo("{\"healthy\":true}\n");

        unready = Optional.of(Unready.forNow("the journal is being replayed"));
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health").body())
                .isEqualTo("{\"healthy\":false,\"reason\":\"the journal is being replayed\"}\n");

        unready = Optional.of(new Unready("n2 refuses n1: why", true));
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health").body())
                .isEqualTo("{\"healthy\":false,\"reason\":\"n2 refuses n1: why\",\"refused\":true}\n");
    }

    @Test
    void metricsAreInPrometheusFormat() throws Exception {
        var response = get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).isEqualTo("# HELP turns_total Turns.\n# TYPE turns_total counter\nturns_total 5\n");
    }

    @Test
    void aLoopThatHangsIsToldAfterASecondAndIsAskedOnceForEachPage() throws Exception {
        loop = stuck::add;
        var waiting = IntStream.range(0, 20).mapToObj(i -> async("/status")).toList();
        var metrics = async("/metrics");
        var health = async("/health");
        for (var one : waiting) {
            refused(one.get(), 503, "the node's loop does not answer");
        }
        refused(metrics.get(), 503, "the node's loop does not answer");
        assertThat(health.get().statusCode()).isEqualTo(503);
        assertThat(health.get().body())
                .isEqualTo("{\"healthy\":false,\"reason\":\"the node's loop does not answer\"}\n");
        assertThat(stuck).hasSize(3);

        loop = Runnable::run;
        stuck.forEach(Runnable::run);
        await().until(() -> get("/status").statusCode() == 200);
        assertThat(askings).hasValue(2);
    }

    @Test
    void whatIsNotServedIsRefusedInJson() throws Exception {
        refused(
                get("/nothing"),
                404,
                "no page /nothing; there are /events, /faults, /health, /metrics, /operations, /status");
        refused(
                get("/" + "x".repeat(500)),
                404,
                "no page /" + "x".repeat(99)
                        + "...; there are /events, /faults, /health, /metrics, /operations, /status");
        var delete = client.send(request("/status").DELETE().build(), BodyHandlers.ofString());
        refused(delete, 405, "only GET is served");
        assertThat(delete.headers().firstValue("allow")).contains("GET");
        refused(
                client.send(
                        request("/status").POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString()),
                413,
                "a request has no body here");
    }

    @Test
    void anEndlessBodyIsNotRead() throws Exception {
        var socket = connect();
        write(socket, "POST /status HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");

        assertThat(readAll(socket)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void overlongLinesAndHeadersAreRefused() throws Exception {
        assertThat(exchange("GET /" + "x".repeat(5000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains(" 414 ");
        assertThat(exchange("GET / HTTP/1.1\r\nHost: " + "x".repeat(20_000) + "\r\n\r\n"))
                .contains(" 431 ");
        assertThat(exchange("*3\r\n$3\r\nSET\r\n\r\n")).contains(" 400 ").contains("this is not HTTP");
    }

    @Test
    void eventsComeFirstFromTheRingAndThenLive() throws Exception {
        events.noted("started", "incarnation", 3);
        var lines = client.send(request("/events").build(), BodyHandlers.ofLines())
                .body()
                .iterator();

        assertThat(lines.next()).isEqualTo(": notes of the node, the latest 256 first");
        assertThat(lines.next()).isEmpty();
        assertThat(lines.next())
                .startsWith("data: {\"time\":\"20")
                .endsWith("\"event\":\"started\",\"details\":{\"incarnation\":3}}");
        assertThat(lines.next()).isEmpty();
        events.noted("elected", "text", "two\nlines");
        assertThat(lines.next()).endsWith("\"event\":\"elected\",\"details\":{\"text\":\"two\\nlines\"}}");
        assertThat(lines.next()).isEmpty();
    }

    @Test
    void noNoteIsLostOrRepeatedUnderManySubscribersAndAStormOfNotes() throws Exception {
        var subscribers = new ArrayList<InputStream>();
        for (int i = 0; i < 4; i++) {
            subscribers.add(client.send(request("/events").build(), BodyHandlers.ofInputStream())
                    .body());
        }
        // No more at once than the ring holds: a reader that keeps up must not be dropped.
        IntStream.range(0, NodeEvents.KEPT).forEach(i -> events.noted("note", "i", i));

        for (var subscriber : subscribers) {
            var reader = new BufferedReader(new InputStreamReader(subscriber, StandardCharsets.UTF_8));
            for (int i = 0; i < NodeEvents.KEPT; ) {
                String line = reader.readLine();
                if (line.startsWith("data: ")) {
                    assertThat(new JsonObject(line.substring(6))
                                    .getJsonObject("details")
                                    .getInteger("i"))
                            .isEqualTo(i++);
                }
            }
        }
    }

    @Test
    void subscribersThatDoNotReadAreDroppedAndMakeRoom() throws Exception {
        for (int i = 0; i < EventStreams.MOST_SUBSCRIBERS; i++) {
            subscribe(connect());
        }
        assertThat(exchange("GET /events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 503 ")
                .contains("there are 16 subscribers already");

        var details = new Object[60];
        for (int i = 0; i < details.length; i += 2) {
            details[i] = "name" + i;
            details[i + 1] = "x".repeat(1000);
        }
        // Beyond what the kernel's buffers, the server's write queue and the ring can take.
        for (int i = 0; i < 1_000; i++) {
            events.noted("large", details);
        }
        try (var body = client.send(request("/events").build(), BodyHandlers.ofInputStream())
                .body()) {
            assertThat(body.read()).isEqualTo(':');
        }
    }

    @Test
    void connectionsBeyondTheBoundAreClosedAndOthersServed() throws Exception {
        var kept = connect();
        write(kept, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(kept.getInputStream().read()).isEqualTo('H');
        for (int i = 1; i < AdminServer.MOST_CONNECTIONS; i++) {
            connect();
        }
        assertThat(connect().getInputStream().read()).isEqualTo(-1);

        sockets.remove(sockets.size() - 1).close();
        sockets.remove(sockets.size() - 1).close();
        await().ignoreExceptions().until(() -> get("/health").statusCode() == 200);
    }

    @Test
    void garbageAndMutatedRequestsLeaveTheServerServing() throws Exception {
        long seed = Long.getLong("dcluster.seed", new Random().nextLong());
        var random = new Random(seed);
        var request = "GET /status HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 500; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream().write(mutated(request, random));
                socket.shutdownOutput();
                socket.setSoTimeout(5_000);
                socket.getInputStream().readAllBytes();
            } catch (SocketTimeoutException e) {
                throw new AssertionError("hangs with seed=" + seed + " round=" + i, e);
            } catch (IOException e) {
                // A reset is an answer too.
            }
        }
        assertThat(get("/health").statusCode()).as("seed=%d", seed).isEqualTo(200);
    }

    @Test
    void undeployedItEndsItsStreamsAndFreesItsPort() throws Exception {
        var subscriber = connect();
        subscribe(subscriber);
        int port = server.port();
        vertx.undeploy(server.deploymentID()).await(10, TimeUnit.SECONDS);

        assertThat(readAll(subscriber)).contains("text/event-stream");
        // The kernel may hold the port for a moment longer.
        await().untilAsserted(() -> {
            try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(free.isBound()).isTrue();
            }
        });
        events.noted("unheard");
    }

    @Test
    void aPortInUseFailsTheDeployment() {
        var second = new AdminServer(
                "127.0.0.1",
                server.port(),
                new NodeView(
                        Runnable::run,
                        () -> Samples.status(Optional.empty()),
                        Optional::empty,
                        new Metrics(),
                        events,
                        Samples.operations(),
                        Samples.NO_FAULTS));

        assertThatThrownBy(() -> vertx.deployVerticle(second).await(10, TimeUnit.SECONDS))
                .isInstanceOf(BindException.class);
    }

    // Raw HTTP

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> async(String path) {
        return client.sendAsync(request(path).build(), BodyHandlers.ofString());
    }

    private static void refused(HttpResponse<String> response, int code, String why) {
        assertThat(response.statusCode()).isEqualTo(code);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(new JsonObject(response.body()).getString("error")).isEqualTo(why);
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        return socket;
    }

    private String exchange(String request) throws IOException {
        var socket = connect();
        write(socket, request);
        return readAll(socket);
    }

    private static void subscribe(Socket socket) throws IOException {
        write(socket, "GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(socket.getInputStream().read()).isEqualTo('H');
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] mutated(byte[] source, Random random) {
        var bytes = random.nextInt(10) == 0 ? new byte[random.nextInt(200)] : source.clone();
        if (bytes.length < source.length) {
            random.nextBytes(bytes);
        }
        for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
