package dcluster.runtime.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** How the admin server answers: in JSON, or with a text of another type, never to be kept by a cache. */
final class Replies {
    /** How long the node's loop may take to say something. */
    static final long ANSWER_MILLIS = 1_000;

    static final String SILENT = "the node's loop does not answer";

    private static final int LONGEST_ECHO = 100;

    private Replies() {}

    static Future<Void> answer(HttpServerResponse response, int code, JsonObject json) {
        return send(response.setStatusCode(code), "application/json", json.encode() + "\n");
    }

    static Future<Void> send(HttpServerResponse response, String type, String content) {
        if (response.closed()) {
            return Future.failedFuture("the client has gone");
        }
        return response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(content);
    }

    static void refuse(HttpServerResponse response, int code, String why) {
        answer(response, code, error(why));
    }

    /** What else comes on this connection would have to be understood, or read for nothing. */
    static void refuseAndClose(HttpServerRequest request, int code, String why) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answer(request.response(), code, error(why))
                .onComplete(sent -> request.connection().close());
    }

    private static JsonObject error(String why) {
        return new JsonObject().put("error", why);
    }

    /** What somebody sent, short enough to be shown to them. */
    static String shown(String text) {
        return text.length() > LONGEST_ECHO ? text.substring(0, LONGEST_ECHO) + "..." : text;
    }
}
