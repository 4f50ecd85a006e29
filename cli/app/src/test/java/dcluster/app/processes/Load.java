package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.processes.Write.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Clients that write to all nodes of a cluster at the same time, each from a thread of its own, until {@link #end}.
 * Afterwards {@link #verify} compares what they were told with what is there.
 */
final class Load implements AutoCloseable {
    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final LoadTally tally = new LoadTally("load" + SERIAL.incrementAndGet() + ":");
    private final List<LoadClient> clients;
    private final ExecutorService threads;
    private final List<Future<?>> runs = new ArrayList<>();

    private Load(TestCluster cluster, int count, Demand demand) {
        clients = IntStream.range(0, count)
                .mapToObj(number -> new LoadClient(number, cluster, tally, demand))
                .toList();
        threads = Executors.newFixedThreadPool(count);
    }

    static Load start(TestCluster cluster, int clients) {
        return start(cluster, clients, Demand.EVERYTHING);
    }

    /** The same for algorithms that do not serve all, or promise less. */
    static Load start(TestCluster cluster, int clients, Demand demand) {
        var load = new Load(cluster, clients, demand);
        load.clients.forEach(client -> load.runs.add(load.threads.submit(client)));
        return load;
    }

    long acknowledged() {
        return tally.acknowledged();
    }

    long unknown() {
        return tally.unknown();
    }

    /**
     * Waits until so many more writes are acknowledged: without it, what happens meanwhile would happen to an idle
     * cluster.
     */
    void awaitProgress(int count) {
        long goal = acknowledged() + count;
        Until.holds(count + " more writes are acknowledged", () -> acknowledged() >= goal);
    }

    /** Lets every client finish its command, and waits for that. */
    void end() {
        tally.end();
        threads.shutdown();
        runs.forEach(Load::join);
    }

    @Override
    public void close() {
        end();
    }

    private static void join(Future<?> run) {
        try {
            run.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a client of the load failed", e);
        }
    }

    /** How it went, for people. */
    @Override
    public String toString() {
        return acknowledged() + " writes acknowledged, " + unknown() + " unknown; " + tally.troubles();
    }

    // What must be there afterwards

    /**
     * Reads everything back at every node. What was acknowledged is there exactly once, in the order of its client;
     * what failed is not; what is unknown is there once at most; and no client has seen a state without its own last
     * write.
     */
    void verify(TestCluster cluster) {
        assertThat(tally.isOver()).as("the load has ended").isTrue();
        assertThat(clients).flatMap(LoadClient::violations).isEmpty();
        assertThat(acknowledged()).as("a run without writes proves nothing").isPositive();
        for (var node : cluster.clientEnds()) {
            var ask = new Ask(node);
            verifyLists(ask);
            verifyCounter(ask);
            for (var client : clients) {
                assertThat(client.legal())
                        .as("%s may be", client.text())
                        .containsAll(ask.values(tally.prefix() + client.text()));
            }
        }
    }

    private List<Write> writes(Kind kind) {
        return clients.stream()
                .flatMap(client -> client.writes().stream())
                .filter(write -> write.kind() == kind)
                .toList();
    }

    private void verifyLists(Ask ask) {
        var appends = clients.stream()
                .map(client -> client.writes().stream()
                        .filter(write -> write.kind() == Kind.APPEND)
                        .collect(Collectors.groupingBy(Write::key)))
                .toList();
        var keys = new TreeSet<String>();
        appends.forEach(byKey -> keys.addAll(byKey.keySet()));
        for (var key : keys) {
            var found = ask.list(tally.prefix() + key);
            var positions = new HashMap<String, Integer>();
            for (int i = 0; i < found.size(); i++) {
                assertThat(positions.put(found.get(i), i))
                        .as("%s is in %s once", found.get(i), key)
                        .isNull();
            }
            int known = 0;
            for (var byKey : appends) {
                known += verifyPositions(positions, byKey.getOrDefault(key, List.of()));
            }
            assertThat(found).as("nobody else writes to %s", key).hasSize(known);
        }
    }

    /** How many of the elements of a list are among one client's appends to it. */
    private static int verifyPositions(Map<String, Integer> positions, List<Write> appends) {
        int known = 0;
        int last = -1;
        for (var write : appends) {
            var position = positions.get(write.value());
            if (write.isAcknowledged()) {
                assertThat(position)
                        .as("the position of %s, acknowledged", write)
                        .isNotNull();
            }
            if (position == null) {
                continue;
            }
            known++;
            assertThat(write.ending())
                    .as("the end of %s, which is there", write)
                    .isNotEqualTo(Write.Ending.FAILED);
            assertThat(position)
                    .as("%s stands behind what was acknowledged before", write)
                    .isGreaterThan(last);
            last = write.isAcknowledged() ? position : last;
        }
        return known;
    }

    private void verifyCounter(Ask ask) {
        var answers = new ArrayList<Long>();
        for (var client : clients) {
            var own = client.writes().stream()
                    .filter(write -> write.kind() == Kind.INCREMENT && write.isAcknowledged())
                    .map(write -> Long.valueOf(write.value()))
                    .toList();
            assertThat(own).as("what increments answered to one client").isSorted();
            answers.addAll(own);
        }
        assertThat(answers).as("what increments answered").doesNotHaveDuplicates();
        long unknown = writes(Kind.INCREMENT).stream().filter(Write::isUnknown).count();
        var found = ask.text(tally.prefix() + "counter");
        long value = found.isEmpty() ? 0 : Long.parseLong(found);
        assertThat(value).as("the counter").isBetween((long) answers.size(), answers.size() + unknown);
        assertThat(answers).as("answers of the counter").allMatch(answer -> answer <= value);
    }
}
