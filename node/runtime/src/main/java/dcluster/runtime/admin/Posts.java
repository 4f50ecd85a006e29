package dcluster.runtime.admin;

import static dcluster.runtime.admin.Replies.refuseAndClose;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests that do something to the node: JSON by POST, never from a web page.
 *
 * <p>Nobody is asked who they are, so at least no web page may do anything in an operator's browser: browsers send a page's
 * request to another site with an {@code Origin}, and one of the type {@code application/json} not before that site has
 * agreed, which this one never does.
 */
final class Posts {
    static final int MOST_BODY_BYTES = 64 << 10;

    private Posts() {}

    static boolean isFromPage(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.ORIGIN);
    }

    /** Refuses it and returns false unless it is JSON by POST; {@code what} is done by that, in a refusal. */
    static boolean isWellMade(HttpServerRequest request, String what) {
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader(HttpHeaders.ALLOW, "POST");
            refuseAndClose(request, 405, what + " by POST");
            return false;
        }
        if (!isJson(request.headers().get(HttpHeaders.CONTENT_TYPE))) {
            refuseAndClose(request, 415, "the body is JSON, and Content-Type must say so: application/json");
            return false;
        }
        return true;
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    /** Reads its body to the end, unless that is too large. */
    static void read(HttpServerRequest request, Consumer<Buffer> whenRead) {
        var body = Buffer.buffer();
        request.handler(piece -> {
            if (body.length() > MOST_BODY_BYTES) {
                return;
            }
            body.appendBuffer(piece);
            if (body.length() > MOST_BODY_BYTES) {
                refuseAndClose(request, 413, "the body is larger than " + MOST_BODY_BYTES + " bytes");
            }
        });
        request.endHandler(end -> {
            if (body.length() <= MOST_BODY_BYTES) {
                whenRead.accept(body);
            }
        });
    }
}
