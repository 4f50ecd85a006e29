package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.Reply;
import dcluster.app.client.RespConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Clients that move money between accounts by MULTI and EXEC, at all members of a cluster, each from a thread of its own, and
 * now and then read all accounts in one transaction: their total is nothing, always. Each transfer also leaves its name at both
 * accounts, so that a half of one is found afterwards.
 */
final class Transfers implements AutoCloseable {
    private static final int ACCOUNTS = 12;
    private static final int READ_ONE_IN = 5;
    private static final Set<String> CERTAINLY_NOT = Set.of("ABORTED", "UNAVAILABLE", "OVERLOADED");

    private static final AtomicInteger SERIAL = new AtomicInteger();

    private enum Ending {
        COMMITTED,
        FAILED,
        UNKNOWN
    }

    private record Transfer(String name, String from, String to, Ending ending) {}

    private final TestCluster cluster;
    private final LoadTally tally = new LoadTally("transfers" + SERIAL.incrementAndGet() + ":");
    private final Queue<Transfer> transfers = new ConcurrentLinkedQueue<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final Map<Ending, Long> endings = new ConcurrentHashMap<>();
    private final ExecutorService threads;
    private final List<Future<?>> runs = new ArrayList<>();

    private Transfers(TestCluster cluster, int clients) {
        this.cluster = cluster;
        this.threads = Executors.newFixedThreadPool(clients);
        for (int number = 0; number < clients; number++) {
            runs.add(threads.submit(new Client(number)));
        }
    }

    static Transfers start(TestCluster cluster, int clients) {
        return new Transfers(cluster, clients);
    }

    private String account(int number) {
        return tally.prefix() + "account" + number;
    }

    private static String names(String account) {
        return account + ":names";
    }

    /** Waits until so many more transfers are committed. */
    void awaitProgress(int count) {
        long goal = committed() + count;
        Until.holds(count + " more transfers are committed", () -> committed() >= goal);
    }

    private long committed() {
        return endings.getOrDefault(Ending.COMMITTED, 0L);
    }

    private void end() {
        tally.end();
        threads.shutdown();
        try {
            for (var run : runs) {
                run.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a client of the transfers failed", e);
        }
    }

    @Override
    public void close() {
        end();
    }

    /** How it went, for people. */
    @Override
    public String toString() {
        return "transfers " + new TreeMap<>(endings);
    }

    /** Nothing committed is missing or half there, nothing that failed is there, and no total was ever another than 0. */
    void verify() {
        end();
        assertThat(violations).isEmpty();
        assertThat(committed()).as("a run without transfers proves nothing").isPositive();
        var ask = new Ask(cluster.members().get(0));
        long total = 0;
        var found = new TreeMap<String, List<String>>();
        for (int i = 0; i < ACCOUNTS; i++) {
            var names = ask.list(names(account(i)));
            assertThat(names).as("names at %s", account(i)).doesNotHaveDuplicates();
            found.put(account(i), names);
            var balance = ask.text(account(i));
            assertThat(balance).as("balance of %s", account(i)).isEqualTo(balance(account(i), names));
            total += balance.isEmpty() ? 0 : Long.parseLong(balance);
        }
        assertThat(total).isZero();
        transfers.forEach(transfer -> verify(transfer, found));
    }

    private String balance(String account, List<String> names) {
        var there = Set.copyOf(names);
        long balance = transfers.stream()
                .filter(transfer -> there.contains(transfer.name))
                .mapToLong(transfer -> transfer.to.equals(account) ? 1 : transfer.from.equals(account) ? -1 : 0)
                .sum();
        return names.isEmpty() ? "" : Long.toString(balance);
    }

    private static void verify(Transfer transfer, Map<String, List<String>> found) {
        boolean isTaken = found.getOrDefault(transfer.from, List.of()).contains(transfer.name);
        boolean isGiven = found.getOrDefault(transfer.to, List.of()).contains(transfer.name);
        assertThat(isGiven).as("%s is whole", transfer).isEqualTo(isTaken);
        if (transfer.ending != Ending.UNKNOWN) {
            assertThat(isTaken).as("%s", transfer).isEqualTo(transfer.ending == Ending.COMMITTED);
        }
    }

    private final class Client implements Runnable {
        private final int number;
        private final Random random;
        private @Nullable RespConnection connection;
        private int sequence;

        Client(int number) {
            this.number = number;
            this.random = new Random(Seed.VALUE * 31 + number);
        }

        @Override
        public void run() {
            while (!tally.isOver()) {
                if (connection == null) {
                    connect();
                } else if (random.nextInt(READ_ONE_IN) == 0) {
                    read(connection);
                } else {
                    transfer(connection);
                }
            }
            disconnect();
        }

        private void connect() {
            var members = cluster.members();
            try {
                connection = members.get(random.nextInt(members.size())).connect();
            } catch (IOException e) {
                tally.pause();
            }
        }

        private void disconnect() {
            if (connection != null) {
                connection.close();
                connection = null;
            }
        }

        private void transfer(RespConnection to) {
            int from = random.nextInt(ACCOUNTS);
            int other = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
            var name = number + "-" + ++sequence;
            var ending = transfer(to, account(from), account(other), name);
            transfers.add(new Transfer(name, account(from), account(other), ending));
            endings.merge(ending, 1L, Long::sum);
            if (ending != Ending.COMMITTED) {
                disconnect();
                tally.pause();
            }
        }

        private Ending transfer(RespConnection at, String from, String to, String name) {
            try {
                at.call("MULTI");
                at.call("INCRBY", from, "-1");
                at.call("INCRBY", to, "1");
                at.call("RPUSH", names(from), name);
                at.call("RPUSH", names(to), name);
            } catch (IOException e) {
                return Ending.FAILED;
            }
            try {
                return ending(at.call("EXEC"));
            } catch (IOException e) {
                return Ending.UNKNOWN;
            }
        }

        private Ending ending(Reply reply) {
            if (reply instanceof Reply.Many) {
                return Ending.COMMITTED;
            }
            if (reply instanceof Reply.ErrorLine error && error.kind().equals("UNKNOWN")) {
                return Ending.UNKNOWN;
            }
            if (!(reply instanceof Reply.ErrorLine error) || !CERTAINLY_NOT.contains(error.kind())) {
                violations.add("a transfer was answered: " + reply);
            }
            return Ending.FAILED;
        }

        private void read(RespConnection at) {
            var request = new ArrayList<>(List.of("MGET"));
            IntStream.range(0, ACCOUNTS).mapToObj(Transfers.this::account).forEach(request::add);
            try {
                if (at.call(request.toArray(String[]::new)) instanceof Reply.Many balances) {
                    require(balances);
                } else {
                    disconnect();
                }
            } catch (IOException e) {
                disconnect();
            }
        }

        private void require(Reply.Many balances) {
            long total = balances.elements().stream()
                    .filter(Reply.Bulk.class::isInstance)
                    .mapToLong(
                            each -> Long.parseLong(((Reply.Bulk) each).content().toUtf8()))
                    .sum();
            if (total != 0) {
                violations.add("a read found a total of " + total + ": " + balances);
            }
        }
    }
}
