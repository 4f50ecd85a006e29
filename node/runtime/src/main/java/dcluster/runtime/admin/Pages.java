package dcluster.runtime.admin;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Answers requests. Used on the admin's loop only. */
final class Pages {
    private static final long ANSWER_MILLIS = 1_000;
    private static final String SILENT = "the node's loop does not answer";
    private static final int LONGEST_ECHO = 100;

    private final EventStreams streams;
    private final Question<NodeStatus> status;
    private final Question<Optional<Unready>> unready;
    private final Question<Metrics.Reading> metrics;
    private final Map<String, Consumer<HttpServerResponse>> pages;

    Pages(Vertx vertx, NodeView node, EventStreams streams) {
        this.streams = streams;
        status = new Question<>(vertx, node.loop(), node.status());
        unready = new Question<>(vertx, node.loop(), node.unready());
        metrics = new Question<>(vertx, node.loop(), node.metrics()::read);
        pages = new TreeMap<>(Map.of(
                "/status", this::status, "/health", this::health, "/metrics", this::metrics, "/events", this::events));
    }

    void serve(HttpServerRequest request) {
        var response = request.response();
        String path = String.valueOf(request.path());
        var page = pages.get(path);
        if (hasBody(request)) {
            refuseAndClose(request, 413, "a request has no body here");
        } else if (page == null) {
            String shown = path.length() > LONGEST_ECHO ? path.substring(0, LONGEST_ECHO) + "..." : path;
            refuse(response, 404, "no page " + shown + "; there are " + String.join(", ", pages.keySet()));
        } else if (!request.method().equals(HttpMethod.GET)) {
            response.putHeader(HttpHeaders.ALLOW, "GET");
            refuse(response, 405, "only GET is served");
        } else {
            page.accept(response);
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private void status(HttpServerResponse response) {
        status.ask(ANSWER_MILLIS)
                .onSuccess(now -> answer(response, 200, now.toJson()))
                .onFailure(late -> refuseForSilence(response));
    }

    private void health(HttpServerResponse response) {
        unready.ask(ANSWER_MILLIS)
                .onSuccess(reason -> health(response, reason))
                .onFailure(late -> health(response, Optional.of(Unready.forNow(SILENT))));
    }

    private static void health(HttpServerResponse response, Optional<Unready> unready) {
        var json = new JsonObject().put("healthy", unready.isEmpty());
        unready.ifPresent(why -> json.put("reason", why.reason()));
        if (unready.filter(Unready::refused).isPresent()) {
            json.put("refused", true);
        }
        answer(response, unready.isEmpty() ? 200 : 503, json);
    }

    private void metrics(HttpServerResponse response) {
        metrics.ask(ANSWER_MILLIS)
                .onSuccess(reading -> send(response, "text/plain; version=0.0.4; charset=utf-8", reading.text()))
                .onFailure(late -> refuseForSilence(response));
    }

    private void events(HttpServerResponse response) {
        if (streams.isFull()) {
            refuse(response, 503, "there are " + EventStreams.MOST_SUBSCRIBERS + " subscribers already");
        } else {
            streams.subscribe(response);
        }
    }

    private static void refuseForSilence(HttpServerResponse response) {
        refuse(response, 503, SILENT);
    }

    /** What came is not HTTP, or has a line or a header that is too long. */
    void refuseInvalid(HttpServerRequest request) {
        var cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            refuseAndClose(request, 414, "the request line is too long");
        } else if (cause instanceof TooLongHttpHeaderException) {
            refuseAndClose(request, 431, "the headers are too long");
        } else {
            refuseAndClose(request, 400, "this is not HTTP");
        }
    }

    /** What else comes on this connection would have to be understood, or read for nothing. */
    private static void refuseAndClose(HttpServerRequest request, int code, String why) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answer(request.response(), code, error(why))
                .onComplete(sent -> request.connection().close());
    }

    private static void refuse(HttpServerResponse response, int code, String why) {
        answer(response, code, error(why));
    }

    private static JsonObject error(String why) {
        return new JsonObject().put("error", why);
    }

    private static Future<Void> answer(HttpServerResponse response, int code, JsonObject json) {
        return send(response.setStatusCode(code), "application/json", json.encode() + "\n");
    }

    private static Future<Void> send(HttpServerResponse response, String type, String content) {
        if (response.closed()) {
            return Future.failedFuture("the client has gone");
        }
        return response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(content);
    }
}
