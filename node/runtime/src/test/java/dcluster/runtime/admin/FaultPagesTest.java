package dcluster.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.host.Clocks;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders to break a node. */
class FaultPagesTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> armed = new CopyOnWriteArrayList<>();

    private int serve(boolean isEnabled) throws Exception {
        var view = new NodeView(
                Runnable::run,
                () -> Samples.status(Optional.empty()),
                Optional::empty,
                new Metrics(),
                new NodeEvents(Clocks.SYSTEM),
                Samples.operations(),
                new FaultOrders(isEnabled, this::arm, () -> List.copyOf(armed)));
        var server = new AdminServer("127.0.0.1", 0, view);
        vertx.deployVerticle(server).await(10, TimeUnit.SECONDS);
        return server.port();
    }

    private void arm(String point) {
        if (point.startsWith("dies")) {
            throw new IllegalArgumentException("no point begins with 'dies'");
        }
        armed.add(point);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static HttpRequest.Builder request(int port) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/faults"));
    }

    private static HttpRequest.Builder order(int port, String body) {
        return request(port).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static void assertRefused(HttpResponse<String> response, int code, String why) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(code);
        assertThat(response.body()).contains(why);
    }

    @Test
    void whatIsOrderedIsListedUntilItIsMet() throws Exception {
        int port = serve(true);
        assertThat(send(request(port).GET()).body()).isEqualTo("{\"enabled\":true,\"armed\":[]}\n");
        var ordered = send(order(port, "{\"crash\": \"durable Decided\"}"));
        assertThat(ordered.statusCode()).isEqualTo(200);
        assertThat(ordered.body()).isEqualTo("{\"enabled\":true,\"armed\":[\"durable Decided\"]}\n");
        assertThat(send(request(port).GET()).body()).isEqualTo(ordered.body());
    }

    @Test
    void aClusterThatIsNotToBeBrokenTakesNoOrderAndSaysHowOneDoes() throws Exception {
        int port = serve(false);
        assertRefused(
                send(order(port, "{\"crash\": \"durable Decided\"}")),
                403,
                "its file does not say chaos: {enabled: true}; a new one may be, by 'dcluster start --set");
        assertThat(send(request(port).GET()).body()).isEqualTo("{\"enabled\":false,\"armed\":[]}\n");
        assertThat(armed).isEmpty();
    }

    @Test
    void whatIsNoOrderIsRefused() throws Exception {
        int port = serve(true);
        for (var body : List.of("", "x", "null", "[]", "{}", "{\"crash\": 1}", "{\"crash\": \"a\", \"b\": 1}")) {
            assertRefused(
                    send(order(port, body)), 400, "the body is not like {\\\"crash\\\": \\\"durable Decided\\\"}");
        }
        assertRefused(send(order(port, "{\"crash\": \"dies\"}")), 400, "no point begins with 'dies'");
        assertRefused(send(order(port, "{}").setHeader("Content-Type", "text/plain")), 415, "application/json");
        assertRefused(send(request(port).PUT(BodyPublishers.noBody())), 405, "a fault is ordered by POST");
        assertRefused(
                send(order(port, "{\"crash\": \"answers\"}").header("Origin", "http://example.org")),
                403,
                "no web page may break a node");
        assertThat(armed).isEmpty();
    }
}
