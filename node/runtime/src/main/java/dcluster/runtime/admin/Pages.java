package dcluster.runtime.admin;

import static dcluster.runtime.admin.Replies.ANSWER_MILLIS;
import static dcluster.runtime.admin.Replies.SILENT;
import static dcluster.runtime.admin.Replies.answer;
import static dcluster.runtime.admin.Replies.refuse;
import static dcluster.runtime.admin.Replies.refuseAndClose;
import static dcluster.runtime.admin.Replies.send;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
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
    private final EventStreams streams;
    private final Question<NodeStatus> status;
    private final Question<Optional<Unready>> unready;
    private final Question<Metrics.Reading> metrics;
    private final OperationPages operations;
    private final FaultPages faults;
    private final Map<String, Consumer<HttpServerResponse>> pages;

    Pages(Vertx vertx, NodeView node, EventStreams streams) {
        this.streams = streams;
        status = new Question<>(vertx, node.loop(), node.status());
        unready = new Question<>(vertx, node.loop(), node.unready());
        metrics = new Question<>(vertx, node.loop(), node.metrics()::read);
        operations = new OperationPages(vertx, node.loop(), node.operations());
        faults = new FaultPages(vertx, node.loop(), node.faults());
        pages = new TreeMap<>(Map.of(
                "/status",
                this::status,
                "/health",
                this::health,
                "/metrics",
                this::metrics,
                "/events",
                this::events,
                OperationPages.PATH,
                operations::list,
                FaultPages.PATH,
                faults::list));
    }

    void serve(HttpServerRequest request) {
        var response = request.response();
        String path = String.valueOf(request.path());
        var page = pages.get(path);
        if (path.startsWith(OperationPages.PATH + "/")) {
            operations.run(request, path.substring(OperationPages.PATH.length() + 1));
        } else if (path.equals(FaultPages.PATH) && FaultPages.isOrder(request)) {
            faults.order(request);
        } else if (hasBody(request)) {
            refuseAndClose(request, 413, "a request has no body here");
        } else if (page == null) {
            refuse(
                    response,
                    404,
                    "no page " + Replies.shown(path) + "; there are " + String.join(", ", pages.keySet()));
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
}
