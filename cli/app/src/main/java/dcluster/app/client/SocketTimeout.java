package dcluster.app.client;

import java.time.Duration;

/** How long a socket waits, as sockets take it: for them 0 means for ever. */
final class SocketTimeout {
    private SocketTimeout() {}

    /** In milliseconds: one at least, and as many as sockets can count at most. */
    static int millis(Duration patience) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, patience.toMillis()));
    }
}
