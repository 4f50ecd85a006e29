package dcluster.lab.staleness;

import dcluster.simulation.Answer;
import dcluster.simulation.Fault;
import dcluster.simulation.Links.Quality;
import dcluster.simulation.Population;
import dcluster.simulation.Simulation;
import dcluster.simulation.Target;
import dcluster.simulation.Trace;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How long replicas take to hold the same after a partition has healed. While one node is cut off each key is written, and
 * always at the same node, so that nobody but the partition keeps replicas apart; afterwards keys are read, one after the
 * other and each time at another node, and nothing is written.
 */
public final class Healing {
    private static final long MILLISECOND = 1_000_000;
    private static final long FIRST_WRITES_NANOS = 1000 * MILLISECOND;
    private static final long MOST_LONGER_NANOS = 1000 * MILLISECOND;
    private static final long LAST_RECEIPTS_NANOS = 1000 * MILLISECOND;
    private static final long LOOK_EVERY_NANOS = 10 * MILLISECOND;

    private final Simulation<?> simulation;
    private final List<NodeId> nodes;
    private final Terms terms;
    private final long[] acknowledged;
    private long written;
    private long reads;
    private long stale;
    private boolean agreed;

    /**
     * What is asked for.
     *
     * @param links how all links are
     * @param keys how many keys, from 1
     * @param apart how long the partition lasts; up to a second longer, as is drawn
     * @param readEvery how often a key is read afterwards
     * @param patience how long replicas may differ until that is taken to be for ever
     * @param figures what nodes tell in their status that is to be summed up, by their words for it
     * @param seed of all that is drawn
     */
    public record Terms(
            Quality links,
            int keys,
            Duration apart,
            Duration readEvery,
            Duration patience,
            List<String> figures,
            long seed) {
        public Terms {
            figures = List.copyOf(figures);
        }
    }

    /**
     * What was measured.
     *
     * @param agreement how long after the heal all replicas held the same; empty if they never did
     * @param reads how many reads were answered after the heal, until then
     * @param stale how many of them saw an older value than was acknowledged last
     * @param figures what all nodes told, since the partition began and until a second after they agreed
     * @param isConfirmed whether the partition was felt; otherwise nothing is shown
     */
    public record Healed(
            Optional<Duration> agreement, long reads, long stale, Map<String, Long> figures, boolean isConfirmed) {}

    private Healing(Population<?, ?, ?, ?> population, Terms terms) {
        this.terms = terms;
        this.simulation = new Simulation<>(population, terms.seed, Trace.NONE);
        this.nodes = simulation.ids();
        this.acknowledged = new long[terms.keys];
        simulation.begin(new Fault.Weather(terms.links, Long.MAX_VALUE / 4));
    }

    /** Measures it in a simulated cluster, each node of which holds each key. */
    public static Healed measure(Population<?, ?, ?, ?> population, Terms terms) {
        return new Healing(population, terms).run();
    }

    private Healed run() {
        writeAll(FIRST_WRITES_NANOS);
        var before = figures();
        long apart = terms.apart.toNanos() + drawnNanos();
        simulation.begin(new Fault.Partition(Fault.Partition.Form.ISOLATE, Target.ANY, true, apart));
        writeAll(apart);
        long healed = simulation.now();
        simulation.after(0, () -> read(0));
        while (!agreed && simulation.now() - healed < terms.patience.toNanos()) {
            simulation.run(simulation.now() + LOOK_EVERY_NANOS);
            agreed = agree();
        }
        long took = simulation.now() - healed;
        // What says that it has arrived may still be under way.
        simulation.run(simulation.now() + LAST_RECEIPTS_NANOS);
        var sums = new LinkedHashMap<String, Long>();
        figures().forEach((figure, sum) -> sums.put(figure, sum - before.getOrDefault(figure, 0L)));
        return new Healed(
                agreed ? Optional.of(Duration.ofNanos(took)) : Optional.empty(), reads, stale, sums, isConfirmed());
    }

    private boolean isConfirmed() {
        return simulation.ledger().entries().stream()
                .anyMatch(entry -> entry.fault() instanceof Fault.Partition && entry.isConfirmed());
    }

    /** What nodes do at fixed intervals is not to be due always when the partition ends. */
    private long drawnNanos() {
        return new SplittableRandom(terms.seed).nextLong(MOST_LONGER_NANOS);
    }

    /** Each key once in the first half of that span. */
    private void writeAll(long span) {
        for (int key = 0; key < terms.keys; key++) {
            int number = key;
            simulation.after(span / 2 * key / terms.keys, () -> write(number));
        }
        simulation.run(simulation.now() + span);
    }

    private void write(int key) {
        long value = ++written;
        var put = new Command.Put(name(key), Bytes.utf8(String.valueOf(value)));
        simulation.submit(nodes.get(key % nodes.size()), put, answer -> {
            if (ok(answer).isPresent()) {
                acknowledged[key] = value;
            }
        });
    }

    private void read(int number) {
        if (agreed) {
            return;
        }
        int key = number % terms.keys;
        // One further each round, or a key would always be read at the same node.
        var node = nodes.get((number + number / terms.keys) % nodes.size());
        simulation.submit(
                node,
                new Command.Get(name(key)),
                answer -> ok(answer).ifPresent(result -> {
                    reads++;
                    stale += value(result) < acknowledged[key] ? 1 : 0;
                }));
        simulation.after(terms.readEvery.toNanos(), () -> read(number + 1));
    }

    private static Bytes name(int key) {
        return Bytes.utf8("key" + key);
    }

    private static Optional<Result> ok(Answer answer) {
        return answer instanceof Answer.Responded responded && responded.response() instanceof Response.Ok ok
                ? Optional.of(ok.result())
                : Optional.empty();
    }

    private static long value(Result result) {
        return result instanceof Result.Found found
                ? Long.parseLong(found.value().toUtf8())
                : 0;
    }

    private boolean agree() {
        return nodes.stream()
                        .map(node -> simulation.status(node).orElseThrow().stateHash())
                        .distinct()
                        .count()
                == 1;
    }

    private Map<String, Long> figures() {
        var sums = new LinkedHashMap<String, Long>();
        for (var node : nodes) {
            var details = simulation.status(node).orElseThrow().details();
            for (var figure : terms.figures) {
                if (details.get(figure) instanceof Number number) {
                    sums.merge(figure, number.longValue(), Long::sum);
                }
            }
        }
        return sums;
    }
}
