package dcluster.app.client;

import dcluster.spi.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a client's request ended, kept apart as strictly as everywhere in dcluster: unknown is neither success nor
 * failure.
 */
public sealed interface Outcome {
    /** It was carried out, and this is the answer. */
    record Answered(Reply reply) implements Outcome {}

    /** It was not carried out and never will be, for a reason that lies in the request, or in what its key holds. */
    record Refused(String message) implements Outcome {
        /** Whether one value was asked for of a key that holds several; {@link Siblings} are all of them. */
        public boolean isOfSiblings() {
            return new Reply.ErrorLine(message).isOfSiblings();
        }
    }

    /** It was not carried out and never will be, as it could not be served at this time. */
    record Unavailable(String message) implements Outcome {}

    /** It was not even sent. */
    record Unreachable(String message) implements Outcome {}

    /** It may have been carried out, or may yet be. */
    record Unknown(String message) implements Outcome {}

    /** Kinds of errors that say that the cluster, not the request, is the reason. */
    Set<String> UNAVAILABLE =
            Set.of("UNAVAILABLE", "OVERLOADED", "ABORTED", "CLUSTERDOWN", "TRYAGAIN", "MOVED", "LOADING", "BUSY");

    /**
     * Sends a request over a new connection, and waits for its end.
     *
     * @param write whether it changes anything: a read without an answer has done nothing
     */
    static Outcome of(String host, int port, Duration patience, boolean write, List<Bytes> request) {
        try (var connection = RespConnection.open(host, port, patience)) {
            return of(connection, write, request);
        } catch (IOException e) {
            return new Unreachable("no connection to " + host + ":" + port + ": " + e.getMessage());
        }
    }

    /** Sends a request over a connection, and waits for its end; after an {@link Unknown} it is of no further use. */
    static Outcome of(RespConnection connection, boolean write, List<Bytes> request) {
        try {
            return of(connection.call(request));
        } catch (IOException e) {
            var lost = "no answer: " + e.getMessage();
            return write ? new Unknown(lost) : new Unavailable(lost);
        }
    }

    /** What a reply means. */
    static Outcome of(Reply reply) {
        if (!(reply instanceof Reply.ErrorLine error)) {
            return new Answered(reply);
        }
        if (error.kind().equals("UNKNOWN")) {
            return new Unknown(error.message());
        }
        return UNAVAILABLE.contains(error.kind()) ? new Unavailable(error.text()) : new Refused(error.text());
    }
}
