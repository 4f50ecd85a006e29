package dcluster.app.processes;

import dcluster.app.client.Reply;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Asks a node until it answers with something else than that it cannot serve now: for reads, and for what may happen
 * twice.
 */
record Ask(TestNode node) {
    /** Its answer; an error that does not pass is one, too. */
    Reply call(String... request) {
        return Until.there(node.id() + " answers " + Arrays.toString(request), () -> attempt(request));
    }

    private Optional<Reply> attempt(String... request) {
        try (var connection = node.connect()) {
            var reply = connection.call(request);
            boolean passes = reply instanceof Reply.ErrorLine error
                    && List.of("UNAVAILABLE", "OVERLOADED", "UNKNOWN").contains(error.kind());
            return passes ? Optional.empty() : Optional.of(reply);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The elements of a list; none if there is no such list. */
    List<String> list(String key) {
        if (call("LRANGE", key, "0", "-1") instanceof Reply.Many many) {
            return many.elements().stream().map(Ask::text).toList();
        }
        throw new AssertionError(key + " is no list");
    }

    /** A text, a number among them; "" if it is absent. */
    String text(String key) {
        return text(call("GET", key));
    }

    /** All values that a key holds; "" if it is absent. */
    List<String> values(String key) {
        var reply = call("GET", key);
        return values(
                reply instanceof Reply.ErrorLine error && error.kind().equals("SIBLINGS")
                        ? call("SIBLINGS", key)
                        : reply);
    }

    /** The values in an answer to GET, or in one to SIBLINGS behind the context. */
    static List<String> values(Reply reply) {
        return reply instanceof Reply.Many siblings
                ? siblings.elements().stream().skip(1).map(Ask::text).toList()
                : List.of(text(reply));
    }

    private static String text(Reply reply) {
        if (reply instanceof Reply.Bulk bulk) {
            return bulk.content().toUtf8();
        }
        if (reply instanceof Reply.Nil) {
            return "";
        }
        throw new AssertionError("no text: " + reply);
    }
}
