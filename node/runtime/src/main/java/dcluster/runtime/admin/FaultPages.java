package dcluster.runtime.admin;

import static dcluster.runtime.admin.Replies.ANSWER_MILLIS;
import static dcluster.runtime.admin.Replies.SILENT;
import static dcluster.runtime.admin.Replies.answer;
import static dcluster.runtime.admin.Replies.refuse;
import static dcluster.runtime.admin.Replies.refuseAndClose;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** Takes orders to break the node, where the cluster file allows that, and lists them. Used on the admin's loop only. */
final class FaultPages {
    static final String PATH = "/faults";

    static final String NOT_ENABLED =
            "this cluster is not to be broken: its file does not say chaos: {enabled: true}; a"
                    + " new one may be, by 'dcluster start --set chaos.enabled=true'";

    private final Vertx vertx;
    private final Executor loop;
    private final FaultOrders orders;
    private final Question<List<String>> armed;

    FaultPages(Vertx vertx, Executor loop, FaultOrders orders) {
        this.vertx = vertx;
        this.loop = loop;
        this.orders = orders;
        this.armed = new Question<>(vertx, loop, orders.armed());
    }

    void list(HttpServerResponse response) {
        armed.ask(ANSWER_MILLIS)
                .onSuccess(points -> answer(
                        response,
                        200,
                        new JsonObject().put("enabled", orders.isEnabled()).put("armed", new JsonArray(points))))
                .onFailure(late -> refuse(response, 503, SILENT));
    }

    /** Whether the request orders something; any other is for {@link #list}. */
    static boolean isOrder(HttpServerRequest request) {
        return !request.method().equals(HttpMethod.GET);
    }

    void order(HttpServerRequest request) {
        if (Posts.isFromPage(request)) {
            refuseAndClose(request, 403, "no web page may break a node; leave out the Origin header");
        } else if (!orders.isEnabled()) {
            refuseAndClose(request, 403, NOT_ENABLED);
        } else if (Posts.isWellMade(request, "a fault is ordered")) {
            Posts.read(request, body -> order(request.response(), body));
        }
    }

    private void order(HttpServerResponse response, Buffer body) {
        var point = point(body);
        if (point.isEmpty()) {
            refuse(response, 400, "the body is not like {\"crash\": \"durable Decided\"}");
            return;
        }
        // Asked once, and of no one else: each order counts from its own moment.
        new Question<>(vertx, loop, () -> refusal(point.get()))
                .ask(ANSWER_MILLIS)
                .onSuccess(refusal -> refusal.ifPresentOrElse(why -> refuse(response, 400, why), () -> list(response)))
                .onFailure(late -> refuse(response, 503, SILENT + "; it may yet take the order"));
    }

    private Optional<String> refusal(String point) {
        try {
            orders.crash().accept(point);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> point(Buffer body) {
        try {
            return Json.decodeValue(body) instanceof JsonObject json
                            && json.fieldNames().equals(Set.of("crash"))
                            && json.getValue("crash") instanceof String point
                    ? Optional.of(point)
                    : Optional.empty();
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }
}
