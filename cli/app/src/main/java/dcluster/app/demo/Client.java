package dcluster.app.demo;

import dcluster.app.client.Outcome;
import dcluster.app.client.RespConnection;
import dcluster.app.process.Patience;
import dcluster.spi.Bytes;
import dcluster.spi.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one key after the other until it is told to stop, and enters into the ledger what it is told. Any node will do
 * for it: when one does not serve it, it asks the next.
 */
final class Client implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final int number;
    private final List<Member> members;
    private final Ledger ledger;
    private int node;
    private @Nullable RespConnection connection;
    private volatile boolean stopped;

    Client(int number, List<Member> members, Ledger ledger) {
        this.number = number;
        this.members = members;
        this.ledger = ledger;
        this.node = number;
    }

    /** It ends after the write that it is at. From any thread. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        for (int i = 0; !stopped; i++) {
            write("client-" + number + ":" + i, "value " + i + " of client " + number);
        }
        disconnect();
    }

    private void write(String key, String value) {
        var request = List.of(Bytes.utf8("SET"), Bytes.utf8(key), Bytes.utf8(value));
        while (!stopped) {
            var outcome = send(request);
            if (outcome instanceof Outcome.Answered) {
                ledger.acknowledge(key, value);
                return;
            }
            disconnect();
            if (outcome instanceof Outcome.Unknown) {
                ledger.leaveOpen(key, value);
                return;
            }
            if (outcome instanceof Outcome.Refused refused) {
                ledger.complain("a plain write was refused: " + refused.message());
                return;
            }
            Patience.pause();
        }
    }

    private Outcome send(List<Bytes> request) {
        try {
            return Outcome.of(connection(), true, request);
        } catch (IOException e) {
            return new Outcome.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    private RespConnection connection() throws IOException {
        var open = connection;
        if (open == null) {
            var member = members.get(node % members.size());
            open = RespConnection.open(member.host(), member.clientPort(), PATIENCE);
            connection = open;
        }
        return open;
    }

    /** The next connection is to the next node. */
    private void disconnect() {
        node++;
        var open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
