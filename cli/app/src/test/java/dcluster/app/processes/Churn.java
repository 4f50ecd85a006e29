package dcluster.app.processes;

import dcluster.app.client.Reply;
import dcluster.app.client.RespConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that write and read the same few keys for ever, so that what a cluster holds does not grow, while what it is told
 * does. Each writes keys of its own and must read what it wrote last. Every second one writes in sessions, and opens new ones
 * for ever.
 */
final class Churn implements AutoCloseable {
    private static final int KEYS = 50;
    private static final int LONGEST_VALUE = 400;
    private static final int READ_ONE_IN = 4;
    private static final int SESSION_LENGTH = 10;

    private final List<TestNode> nodes;
    private final ExecutorService threads;
    private final List<Future<?>> runs = new ArrayList<>();
    private final AtomicLong writtenBytes = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong sessions = new AtomicLong();
    private final Map<String, Long> troubles = new ConcurrentHashMap<>();
    private volatile boolean over;

    private Churn(List<TestNode> nodes, int clients) {
        this.nodes = nodes;
        this.threads = Executors.newFixedThreadPool(clients);
    }

    /** Each client has a connection to one node. */
    static Churn start(TestCluster cluster, int clients) {
        var churn = new Churn(cluster.nodes(), clients);
        for (int i = 0; i < clients; i++) {
            int number = i;
            churn.runs.add(churn.threads.submit(() -> churn.run(number)));
        }
        return churn;
    }

    /** How much was acknowledged. */
    long writtenBytes() {
        return writtenBytes.get();
    }

    long reads() {
        return reads.get();
    }

    /** How many were opened. */
    long sessions() {
        return sessions.get();
    }

    private void run(int number) {
        var keys = new Keys("churn-" + number + "-", new HashMap<>(), new BitSet());
        Writer writer = number % 2 == 0 ? (to, key, value) -> to.call("SET", key, value) : new InSessions();
        var random = new Random(Seed.VALUE + number);
        while (!over) {
            try (var connection = nodes.get(number % nodes.size()).connect()) {
                while (!over) {
                    step(connection, keys, writer, random);
                }
            } catch (IOException e) {
                troubles.merge(e.toString(), 1L, Long::sum);
            }
        }
    }

    /**
     * A client's own.
     *
     * @param values what it wrote last
     * @param doubtful those of which a write is under way, or has an unknown outcome and may take effect at any time
     */
    private record Keys(String prefix, Map<Integer, String> values, BitSet doubtful) {}

    /** How a client asks for a write. */
    private interface Writer {
        Reply set(RespConnection to, String key, String value) throws IOException;
    }

    private final class InSessions implements Writer {
        private String session = "";
        private int sequence = SESSION_LENGTH;

        @Override
        public Reply set(RespConnection to, String key, String value) throws IOException {
            if (sequence == SESSION_LENGTH) {
                var opened = to.call("SESSION", "OPEN");
                if (!(opened instanceof Reply.Whole number)) {
                    return opened;
                }
                session = "" + number.value();
                sequence = 0;
                sessions.incrementAndGet();
            }
            sequence++;
            return to.call("SESSION", session, "" + sequence, "SET", key, value);
        }
    }

    private void step(RespConnection to, Keys keys, Writer writer, Random random) throws IOException {
        int key = random.nextInt(KEYS);
        var last = keys.values.get(key);
        if (last != null && !keys.doubtful.get(key) && random.nextInt(READ_ONE_IN) == 0) {
            read(to.call("GET", keys.prefix + key), last);
            return;
        }
        boolean isClear = !keys.doubtful.get(key);
        keys.doubtful.set(key);
        var value = random.nextLong() + "x".repeat(random.nextInt(LONGEST_VALUE));
        if (writer.set(to, keys.prefix + key, value) instanceof Reply.ErrorLine error) {
            troubles.merge(error.kind(), 1L, Long::sum);
        } else {
            keys.values.put(key, value);
            keys.doubtful.set(key, !isClear);
            writtenBytes.addAndGet(value.length());
        }
    }

    private void read(Reply reply, String expected) {
        if (reply instanceof Reply.ErrorLine error) {
            troubles.merge(error.kind(), 1L, Long::sum);
        } else if (reply instanceof Reply.Bulk bulk && bulk.content().toUtf8().equals(expected)) {
            reads.incrementAndGet();
        } else {
            throw new AssertionError("read " + reply + ", where its only writer wrote last " + expected);
        }
    }

    /** Ends it; fails if a client has read what it should not. */
    @Override
    public void close() {
        over = true;
        threads.shutdown();
        for (var run : runs) {
            try {
                run.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException("a client failed", e);
            }
        }
    }

    /** How it went, for people. */
    @Override
    public String toString() {
        return writtenBytes + " bytes written, " + reads + " reads, " + sessions + " sessions, troubles " + troubles;
    }
}
