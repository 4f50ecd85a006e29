package dcluster.app.bench;

import dcluster.app.client.Reply;
import dcluster.app.client.RespConnection;
import dcluster.app.process.Patience;
import dcluster.spi.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes one key again and again over a connection to one node, each time when the last write has ended: a closed loop. It
 * notes when writes were acknowledged, and what the key may hold. It goes on from its making until it is closed.
 */
final class Writer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final Member member;
    private final String key;
    private final Duration patience;
    private final Thread thread = new Thread(this::run, "writer");
    private volatile boolean over;

    /**
     * What a writer has seen.
     *
     * @param longestMillis the longest time between two acknowledged writes
     * @param acknowledged how many writes were acknowledged
     * @param unknown how many may or may not have happened
     */
    record Seen(double longestMillis, long acknowledged, long unknown) {}

    /**
     * What a read at the end has shown.
     *
     * @param trouble why it has shown nothing
     * @param lost what was acknowledged and is not there
     */
    record ReadBack(Optional<String> trouble, Optional<String> lost) {}

    // Guarded by this.
    private final Set<String> possible = new HashSet<>(Set.of(""));
    private String last = "";
    private long acknowledged;
    private long unknown;
    private long acknowledgedNanos = System.nanoTime();
    private long longestNanos;

    /** Begins; no answer takes longer than the usual patience. */
    Writer(Member member, String key) {
        this(member, key, PATIENCE);
    }

    Writer(Member member, String key, Duration patience) {
        this.member = member;
        this.patience = patience;
        this.key = key;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        long sequence = 0;
        RespConnection connection = null;
        while (!over) {
            try {
                connection = connection == null ? open() : connection;
            } catch (IOException e) {
                LockSupport.parkNanos(PAUSE.toNanos());
                continue;
            }
            connection = write(connection, "" + ++sequence);
        }
        if (connection != null) {
            connection.close();
        }
    }

    private RespConnection open() throws IOException {
        return RespConnection.open(member.host(), member.clientPort(), patience);
    }

    /** Gives the connection if it is of further use. */
    private @Nullable RespConnection write(RespConnection to, String value) {
        try {
            end(value, Ending.of(to.call("SET", key, value)));
            return to;
        } catch (IOException e) {
            end(value, Ending.UNKNOWN);
            to.close();
            return null;
        }
    }

    private void end(String value, Ending ending) {
        count(value, ending);
        if (ending != Ending.COMMITTED) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private synchronized void count(String value, Ending ending) {
        if (ending == Ending.UNKNOWN) {
            unknown++;
            possible.add(value);
        } else if (ending == Ending.COMMITTED) {
            acknowledged++;
            // What the key held before cannot come back; what is unknown may yet take effect.
            possible.remove(last);
            possible.add(value);
            last = value;
            long now = System.nanoTime();
            longestNanos = Math.max(longestNanos, now - acknowledgedNanos);
            acknowledgedNanos = now;
        }
    }

    /** From the last acknowledged write on, the longest time without another one is looked for. */
    synchronized void watch() {
        longestNanos = 0;
    }

    /** What it has seen by now. */
    synchronized Seen seen() {
        return new Seen(longestNanos / 1e6, acknowledged, unknown);
    }

    /** Whether so many more writes are acknowledged in time. */
    boolean awaits(int count, Patience patience) {
        long goal = seen().acknowledged() + count;
        return patience.until(() -> seen().acknowledged() >= goal);
    }

    /** Reads the key at a node, now that this is closed. */
    ReadBack readBack(Member node) {
        try (var connection = RespConnection.open(node.host(), node.clientPort(), patience)) {
            return judged(node, connection.call("GET", key));
        } catch (IOException e) {
            return new ReadBack(Optional.of(node.id() + " did not answer a read: " + e.getMessage()), Optional.empty());
        }
    }

    private synchronized ReadBack judged(Member node, Reply reply) {
        if (reply instanceof Reply.ErrorLine error) {
            return new ReadBack(Optional.of(node.id() + " did not answer a read: " + error.text()), Optional.empty());
        }
        var found = reply instanceof Reply.Bulk bulk ? bulk.content().toUtf8() : "";
        return new ReadBack(
                Optional.empty(),
                possible.contains(found)
                        ? Optional.empty()
                        : Optional.of(
                                key + " was acknowledged as '" + last + "', and is '" + found + "' at " + node.id()));
    }

    /** Ends it, and waits until its last write has ended. */
    @Override
    public void close() {
        over = true;
        Patience.of(patience.multipliedBy(2)).until(() -> !thread.isAlive());
    }
}
