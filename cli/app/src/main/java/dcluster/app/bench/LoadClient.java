package dcluster.app.bench;

import dcluster.app.client.Reply;
import dcluster.app.client.RespConnection;
import dcluster.app.process.Patience;
import dcluster.spi.Bytes;
import dcluster.spi.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Asks one member, again and again, each time when the last request is answered: a closed loop. What it counted is to be
 * read when it has ended.
 */
final class LoadClient implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int DIGITS = 3;

    private final Member member;
    private final Supplier<List<Bytes>> requests;
    private final Window window;
    private final Histogram latencies = new Histogram(DIGITS);
    private final Map<Ending, Long> endings = new EnumMap<>(Ending.class);
    private String trouble = "";
    private @Nullable RespConnection connection;

    LoadClient(Member member, Supplier<List<Bytes>> requests, Window window) {
        this.member = member;
        this.requests = requests;
        this.window = window;
    }

    @Override
    public void run() {
        while (!window.isOver()) {
            var open = connected();
            if (open == null) {
                end(Ending.REFUSED, 0);
                Patience.pause();
            } else {
                ask(open);
            }
        }
        disconnect();
    }

    private @Nullable RespConnection connected() {
        if (connection == null) {
            try {
                connection = RespConnection.open(member.host(), member.clientPort(), PATIENCE);
            } catch (IOException e) {
                trouble = "no connection to " + member.id() + ": " + e.getMessage();
            }
        }
        return connection;
    }

    private void ask(RespConnection open) {
        var request = requests.get();
        long begin = System.nanoTime();
        try {
            var reply = open.call(request);
            if (reply instanceof Reply.ErrorLine error) {
                trouble = member.id() + ": " + error.text();
            }
            end(Ending.of(reply), System.nanoTime() - begin);
        } catch (IOException e) {
            trouble = "no answer from " + member.id() + ": " + e.getMessage();
            end(Ending.UNKNOWN, 0);
            disconnect();
        }
    }

    private void end(Ending ending, long nanos) {
        if (window.isOpen()) {
            endings.merge(ending, 1L, Long::sum);
            if (ending == Ending.COMMITTED) {
                latencies.recordValue(nanos);
            }
        }
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /** How long what was committed has taken, in nanoseconds. */
    Histogram latencies() {
        return latencies;
    }

    long count(Ending ending) {
        return endings.getOrDefault(ending, 0L);
    }

    /** The last error; empty if there was none. */
    String trouble() {
        return trouble;
    }
}
