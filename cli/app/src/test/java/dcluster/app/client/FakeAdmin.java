package dcluster.app.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An admin port that gives the same answer to each request for a page, and remembers what was asked of it. */
public final class FakeAdmin implements AutoCloseable {
    private static final String OPERATIONS = "/operations/";

    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, Runnable> effects = new ConcurrentHashMap<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    public FakeAdmin() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Answers an operation with that, JSON in which single quotes stand for double ones. */
    public FakeAdmin answering(String operation, String json) {
        return showing(OPERATIONS + operation, json);
    }

    /** Answers a request for any page in the same way. */
    public FakeAdmin showing(String page, String json) {
        answers.put(page, json.replace('\'', '"'));
        return this;
    }

    /** Does something else before it answers an operation. */
    public FakeAdmin doing(String operation, Runnable effect) {
        return whenAsked(OPERATIONS + operation, effect);
    }

    /** Does something else before it answers a request for any page. */
    public FakeAdmin whenAsked(String page, Runnable effect) {
        effects.put(page, effect);
        return this;
    }

    /** The bodies of requests for operations, with the operation before each. */
    public List<String> asked() {
        return List.copyOf(bodies);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (path.startsWith(OPERATIONS)) {
                bodies.add(path.substring(OPERATIONS.length()) + " " + body);
            }
            effects.getOrDefault(path, () -> {}).run();
            var answer = answers.get(path);
            var content = (answer == null ? "{\"error\":\"no operation; there are none\"}" : answer)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
