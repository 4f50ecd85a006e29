package dcluster.runtime.admin;

import static dcluster.runtime.admin.Replies.refuseAndClose;

import dcluster.spi.Command;
import dcluster.spi.Response;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lists a node's operations and runs them. Used on the admin's loop only. */
final class OperationPages {
    /** The page that lists them; each is run below it. */
    static final String PATH = "/operations";

    static final int MOST_UNDER_WAY = 16;

    private final Vertx vertx;
    private final Context context;
    private final Executor loop;
    private final Operations operations;
    private int underWay;

    OperationPages(Vertx vertx, Executor loop, Operations operations) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.loop = loop;
        this.operations = operations;
    }

    void list(HttpServerResponse response) {
        var all = new JsonArray();
        operations
                .offered()
                .forEach((name, about) ->
                        all.add(new JsonObject().put("name", name).put("about", about)));
        Replies.answer(response, 200, new JsonObject().put("operations", all));
    }

    /** Runs the operation that the path names. */
    void run(HttpServerRequest request, String name) {
        if (Posts.isFromPage(request)) {
            refuseAndClose(request, 403, "no web page may run an operation; leave out the Origin header");
        } else if (!operations.offered().containsKey(name)) {
            refuseAndClose(request, 404, unknown(name));
        } else if (Posts.isWellMade(request, "an operation is run")) {
            Posts.read(request, body -> ask(request.response(), name, body));
        }
    }

    private String unknown(String name) {
        String others = operations.offered().isEmpty()
                ? "there are none"
                : "there are " + String.join(", ", operations.offered().keySet());
        return "no operation '" + Replies.shown(name) + "'; " + others;
    }

    private void ask(HttpServerResponse response, String name, Buffer body) {
        Optional<Command.Operation> operation = OperationJson.read(name, body);
        if (operation.isEmpty()) {
            Replies.refuse(response, 400, "the body is not like {\"arguments\": [\"one\", \"two\"]}");
        } else if (underWay >= MOST_UNDER_WAY) {
            Replies.refuse(response, 503, MOST_UNDER_WAY + " operations are under way already; try again");
        } else {
            run(response, operation.get());
        }
    }

    /**
     * Hands it to the node's loop. One that the loop has not begun in time is called back, so that it certainly did
     * nothing; it counts as under way until the loop has seen that, for it waits there. Once begun, it is the node that
     * knows when its time is up.
     */
    private void run(HttpServerResponse response, Command.Operation operation) {
        underWay++;
        var settled = new AtomicBoolean();
        long timer = vertx.setTimer(Replies.ANSWER_MILLIS, id -> {
            if (settled.compareAndSet(false, true)) {
                Replies.refuse(response, 503, Replies.SILENT + "; nothing was done");
            }
        });
        loop.execute(() -> {
            if (settled.compareAndSet(false, true)) {
                operations.run().accept(operation, answer -> finish(timer, () -> answer(response, answer)));
            } else {
                finish(timer, () -> {});
            }
        });
    }

    private void finish(long timer, Runnable last) {
        context.runOnContext(ignored -> {
            vertx.cancelTimer(timer);
            underWay--;
            last.run();
        });
    }

    private static void answer(HttpServerResponse response, Response answer) {
        Replies.answer(response, code(answer), OperationJson.of(answer));
    }

    private static int code(Response answer) {
        if (answer instanceof Response.Failed failed) {
            return switch (failed.reason()) {
                case UNAVAILABLE, OVERLOADED -> 503;
                default -> 409;
            };
        }
        if (answer instanceof Response.Unknown) {
            return 504;
        }
        return answer instanceof Response.Redirect ? 421 : 200;
    }
}
