package dcluster.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dcluster.host.Clocks;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OperationPagesTest {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Command> asked = new CopyOnWriteArrayList<>();
    private final List<Consumer<Response>> waiting = new CopyOnWriteArrayList<>();
    private final List<Runnable> stuck = new CopyOnWriteArrayList<>();
    private volatile Optional<Response> answer = Optional.empty();
    private volatile Executor loop = Runnable::run;
    private final AdminServer server = server();

    private AdminServer server() {
        var operations = new Operations(Samples.operations().offered(), this::run);
        var view = new NodeView(
                task -> loop.execute(task),
                () -> Samples.status(Optional.empty()),
                Optional::empty,
                new Metrics(),
                new NodeEvents(Clocks.SYSTEM),
                operations,
                Samples.NO_FAULTS);
        return new AdminServer("127.0.0.1", 0, view);
    }

    private void run(Command.Operation operation, Consumer<Response> whenAnswered) {
        asked.add(operation);
        answer.ifPresentOrElse(whenAnswered, () -> waiting.add(whenAnswered));
    }

    @BeforeEach
    void deploy() throws Exception {
        vertx.deployVerticle(server).await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void theListSaysWhatThereIsAndWhatItTakes() throws Exception {
        var response = client.send(request("/operations").build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("""
                {"operations":[{"name":"echo","about":"Answers with its arguments."},\
                {"name":"wait","about":"Waits. No arguments."}]}
                """);
    }

    @Test
    void aTableComesBackWithColumnsAndRows() throws Exception {
        answer = Optional.of(new Response.Ok(new Result.Table(List.of("a", "b"), List.of(List.of("1", "two")))));
        var response = post("echo", "{\"arguments\": [\"1\", \"two\"]}");
        assertThat(asked).containsExactly(new Command.Operation("echo", List.of("1", "two")));
        assertOutcome(response, 200, "{'outcome': 'ok', 'columns': ['a', 'b'], 'rows': [['1', 'two']]}");
    }

    @Test
    void everyOutcomeKeepsItsType() throws Exception {
        assertAnswered(
                new Response.Failed(Reason.ABORTED, "no"),
                409,
                "{'outcome': 'failed', 'reason': 'aborted', 'message': 'no'}");
        assertAnswered(
                new Response.Failed(Reason.UNAVAILABLE, "not now"),
                503,
                "{'outcome': 'failed', 'reason': 'unavailable', 'message': 'not now'}");
        assertAnswered(new Response.Unknown("late"), 504, "{'outcome': 'unknown', 'message': 'late'}");
        assertAnswered(
                new Response.Redirect(new NodeId("n2")),
                421,
                "{'outcome': 'failed', 'reason': 'redirected', 'message': 'nothing was done here: ask n2'}");
    }

    @Test
    void whatIsNoTableIsShownToo() throws Exception {
        var two = Bytes.utf8("two");
        assertAnswered(new Response.Ok(new Result.Found(two)), 200, "{'outcome': 'ok', 'value': 'two'}");
        assertAnswered(new Response.Ok(new Result.Absent()), 200, "{'outcome': 'ok', 'value': null}");
        assertAnswered(new Response.Ok(new Result.Elements(List.of(two))), 200, "{'outcome': 'ok', 'values': ['two']}");
        assertAnswered(
                new Response.Ok(new Result.Each(List.of(new Result.WholeNumber(2), new Result.Applied(true)))),
                200,
                "{'outcome': 'ok', 'results': [{'value': 2}, {'value': true}]}");
    }

    @Test
    void aWrongBodyIsRefusedAndNothingIsRun() throws Exception {
        var wrong = List.of(
                "",
                "x",
                "null",
                "[]",
                "{\"arguments\": null}",
                "{\"arguments\": \"a\"}",
                "{\"arguments\": [1]}",
                "{\"arguments\": [null]}",
                "{\"argument\": []}",
                "{} {}",
                "[".repeat(60_000));
        for (var body : wrong) {
            assertRefused(post("echo", body), 400, "the body is not like {\"arguments\": [\"one\", \"two\"]}");
        }
    }

    @Test
    void anotherPathMethodOrTypeIsRefused() throws Exception {
        assertRefused(post("break", "{}"), 404, "no operation 'break'; there are echo, wait");
        assertRefused(post("", "{}"), 404, "no operation ''; there are echo, wait");
        var read = client.send(request("/operations/echo").build(), BodyHandlers.ofString());
        assertRefused(read, 405, "an operation is run by POST");
        assertThat(read.headers().firstValue("allow")).contains("POST");
        for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "application/jsonp")) {
            assertRefused(
                    send(posting("echo", "{}").setHeader("Content-Type", type)),
                    415,
                    "the body is JSON, and Content-Type must say so: application/json");
        }
    }

    @Test
    void noWebPageRunsAnOperation() throws Exception {
        assertRefused(
                send(posting("echo", "{}").header("Origin", "http://example.org")),
                403,
                "no web page may run an operation; leave out the Origin header");
        var preflight = request("/operations/echo")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "http://example.org")
                .build();
        var answer = client.send(preflight, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void aBodyBeyondTheBoundIsNotKeptHoweverItComes() throws Exception {
        var head = "POST /operations/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        var large = "x".repeat(Posts.MOST_BODY_BYTES + 1);
        assertThat(exchange(head + "Content-Length: " + (1 << 30) + "\r\n\r\n" + large))
                .startsWith("HTTP/1.1 413 ");
        var chunk = Integer.toHexString(large.length()) + "\r\n" + large + "\r\n";
        assertThat(exchange(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk))
                .startsWith("HTTP/1.1 413 ");
        assertThat(asked).isEmpty();
    }

    @Test
    void aLoopThatHangsRunsNothingOfWhatWasCalledBack() throws Exception {
        loop = stuck::add;
        assertRefused(post("echo", "{}"), 503, "the node's loop does not answer; nothing was done");
        stuck.forEach(Runnable::run);
        assertThat(asked).isEmpty();
    }

    @Test
    void onlySoManyAreUnderWayAtOnce() throws Exception {
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < OperationPages.MOST_UNDER_WAY; i++) {
            answers.add(client.sendAsync(posting("wait", "{}").build(), BodyHandlers.ofString()));
        }
        await().until(() -> waiting.size() == OperationPages.MOST_UNDER_WAY);
        asked.clear();
        assertRefused(post("wait", "{}"), 503, "16 operations are under way already; try again");
        waiting.forEach(one -> one.accept(new Response.Ok(new Result.Absent())));
        for (var one : answers) {
            assertThat(one.get().statusCode()).isEqualTo(200);
        }
        assertAnswered(new Response.Ok(new Result.Absent()), 200, "{'outcome': 'ok', 'value': null}");
    }

    private void assertAnswered(Response response, int code, String json) throws Exception {
        answer = Optional.of(response);
        assertOutcome(post("wait", "{}"), code, json);
    }

    private static void assertOutcome(HttpResponse<String> response, int code, String json) {
        assertThat(new JsonObject(response.body())).isEqualTo(new JsonObject(json.replace('\'', '"')));
        assertThat(response.statusCode()).isEqualTo(code);
    }

    private void assertRefused(HttpResponse<String> response, int code, String why) {
        assertThat(new JsonObject(response.body()).getString("error")).isEqualTo(why);
        assertThat(response.statusCode()).isEqualTo(code);
        assertThat(asked).isEmpty();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpRequest.Builder posting(String name, String body) {
        return request("/operations/" + name)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> post(String name, String body) throws Exception {
        return send(posting(name, body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String exchange(String request) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(20), StandardCharsets.US_ASCII);
        }
    }
}
