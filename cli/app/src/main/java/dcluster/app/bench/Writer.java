package dcluster.app.bench;

import dcluster.app.client.Reply;
import dcluster.app.client.RespConnection;
import dcluster.app.process.Patience;
import dcluster.spi.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Adds one to a key again and again over a connection to one node, each time when the last write has ended: a closed loop.
 * It notes when writes were acknowledged, and how many: none of them overwrites another, so that the key tells in the end
 * whether each happened, and happened once. It goes on from its making until it is closed.
 */
final class Writer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final Member member;
    private final String key;
    private final Duration patience;
    private final LongSupplier clock;
    private final Thread thread = new Thread(this::run, "writer");
    private volatile boolean over;

    /**
     * How writes have ended, but for those of which nothing happened.
     *
     * @param acknowledged how many were acknowledged
     * @param unknown how many may or may not have happened, or may yet
     */
    record Seen(long acknowledged, long unknown) {
        /** What a count would have wrong; empty if writes that ended so can have left it. */
        Optional<String> wrongIn(String count) {
            if (!count.matches("[0-9]{1,18}")) {
                return Optional.of("that is no count");
            }
            long value = Long.parseLong(count);
            if (value < acknowledged) {
                return Optional.of("at least " + (acknowledged - value) + " of those acknowledged lost");
            }
            long excess = value - acknowledged - unknown;
            return excess > 0 ? Optional.of("at least " + excess + " more than was asked for") : Optional.empty();
        }
    }

    /**
     * What a read at the end has shown.
     *
     * @param trouble why it has shown nothing
     * @param wrong what the key holds and cannot hold
     */
    record ReadBack(Optional<String> trouble, Optional<String> wrong) {
        private static ReadBack nothing(String trouble) {
            return new ReadBack(Optional.of(trouble), Optional.empty());
        }
    }

    // Guarded by this.
    private long acknowledged;
    private long unknown;
    private long acknowledgedNanos;
    private long longestNanos;

    /** Begins; no answer takes longer than the usual patience. */
    Writer(Member member, String key) {
        this(member, key, PATIENCE, System::nanoTime);
    }

    /** The clock is one of nanoseconds, monotonic, and is read once now and once at each acknowledgement. */
    Writer(Member member, String key, Duration patience, LongSupplier clock) {
        this.member = member;
        this.key = key;
        this.patience = patience;
        this.clock = clock;
        this.acknowledgedNanos = clock.getAsLong();
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        RespConnection connection = null;
        while (!over) {
            try {
                connection = connection == null ? open() : connection;
            } catch (IOException e) {
                LockSupport.parkNanos(PAUSE.toNanos());
                continue;
            }
            connection = write(connection);
        }
        if (connection != null) {
            connection.close();
        }
    }

    private RespConnection open() throws IOException {
        return RespConnection.open(member.host(), member.clientPort(), patience);
    }

    /** Gives the connection if it is of further use. */
    private @Nullable RespConnection write(RespConnection to) {
        try {
            end(Ending.of(to.call("INCR", key)));
            return to;
        } catch (IOException e) {
            end(Ending.UNKNOWN);
            to.close();
            return null;
        }
    }

    private void end(Ending ending) {
        if (ending == Ending.COMMITTED) {
            acknowledge(clock.getAsLong());
            return;
        }
        if (ending == Ending.UNKNOWN) {
            doubt();
        }
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    private synchronized void acknowledge(long nowNanos) {
        acknowledged++;
        longestNanos = Math.max(longestNanos, nowNanos - acknowledgedNanos);
        acknowledgedNanos = nowNanos;
    }

    private synchronized void doubt() {
        unknown++;
    }

    /** From the last acknowledged write on, the longest time without another one is looked for. */
    synchronized void watch() {
        longestNanos = 0;
    }

    /** The longest time between two acknowledged writes, by now. */
    synchronized double longestMillis() {
        return longestNanos / 1e6;
    }

    /** What it has seen by now. */
    synchronized Seen seen() {
        return new Seen(acknowledged, unknown);
    }

    /** Whether so many more writes are acknowledged in time. */
    boolean awaits(int count, Patience until) {
        long goal = seen().acknowledged() + count;
        return until.until(() -> seen().acknowledged() >= goal);
    }

    /** Reads the key at a node, now that this is closed. */
    ReadBack readBack(Member node) {
        if (thread.isAlive()) {
            return ReadBack.nothing("a write has not ended in time, so that nothing could be read back");
        }
        try (var connection = RespConnection.open(node.host(), node.clientPort(), patience)) {
            return judged(node, connection.call("GET", key));
        } catch (IOException e) {
            return ReadBack.nothing(node.id() + " did not answer a read: " + e.getMessage());
        }
    }

    private ReadBack judged(Member node, Reply reply) {
        if (reply instanceof Reply.ErrorLine error) {
            return ReadBack.nothing(node.id() + " did not answer a read: " + error.text());
        }
        var found = reply instanceof Reply.Bulk bulk ? bulk.content().toUtf8() : "0";
        var seen = seen();
        return new ReadBack(
                Optional.empty(),
                seen.wrongIn(found)
                        .map(wrong -> key + " is '" + found + "' at " + node.id() + " after adding 1 to it, "
                                + seen.acknowledged() + " times acknowledged and " + seen.unknown() + " unknown: "
                                + wrong));
    }

    /** Ends it, and waits until its last write has ended. */
    @Override
    public void close() {
        over = true;
        Patience.of(patience.multipliedBy(2)).until(() -> !thread.isAlive());
    }
}
