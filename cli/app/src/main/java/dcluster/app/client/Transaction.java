package dcluster.app.client;

import dcluster.spi.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Requests that take effect together or not at all: MULTI, the requests, EXEC.
 *
 * @param exec the EXEC, which may be one of a session
 * @param writes whether any of them changes anything
 */
public record Transaction(List<List<Bytes>> requests, List<Bytes> exec, boolean writes) {
    private static final Reply QUEUED = new Reply.Simple("QUEUED");

    public Transaction {
        requests = List.copyOf(requests);
        exec = List.copyOf(exec);
    }

    /**
     * Sends it over a new connection, and waits for its end. Until EXEC is sent nothing can have been done: a node
     * forgets what is queued by a client that has gone. {@link Outcome.Answered} has a reply for each request.
     */
    public Outcome run(String host, int port, Duration patience) {
        try (var connection = RespConnection.open(host, port, patience)) {
            return run(connection);
        } catch (IOException e) {
            return new Outcome.Unreachable("no connection to " + host + ":" + port + ": " + e.getMessage());
        }
    }

    private Outcome run(RespConnection connection) {
        try {
            var opened = connection.call("MULTI");
            if (opened instanceof Reply.ErrorLine) {
                return Outcome.of(opened);
            }
            for (var request : requests) {
                var queued = connection.call(request);
                if (!queued.equals(QUEUED)) {
                    return queued instanceof Reply.ErrorLine
                            ? Outcome.of(queued)
                            : new Outcome.Refused("it was not queued: " + queued);
                }
            }
        } catch (IOException e) {
            return new Outcome.Unavailable("no answer before the transaction was complete: " + e.getMessage());
        }
        return Outcome.of(connection, writes, exec);
    }
}
