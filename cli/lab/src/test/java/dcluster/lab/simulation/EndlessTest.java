package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.simulation.Answer;
import dcluster.simulation.Population;
import dcluster.simulation.Simulation;
import dcluster.simulation.Swarm;
import dcluster.simulation.Trace;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.spi.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Under load and faults without end a replica holds no more as time goes on. {@code -Ddcluster.endless.simulated=1h} lets
 * each algorithm live for an hour of virtual time. Clients write the same few keys, so that what they are told grows, and
 * what the cluster holds does not; every second one writes in sessions, and opens new ones for ever. Bounds are those of a
 * miniature, so that snapshots and rewriting happen all the time, and few sessions are remembered.
 *
 * <p>The peaks of the second half are compared with those of the first: what grew steadily would be at twice its peak, so
 * half as much more is allowed, and the few entries and segments that come in pieces.
 */
class EndlessTest {
    private static final Duration DURATION =
            Duration.parse("PT" + System.getProperty("dcluster.endless.simulated", "4m"));
    private static final long SECOND = 1_000_000_000L;
    private static final long LOOK_EVERY = SECOND / 20;
    private static final long PAUSE = SECOND / 5;
    private static final int CLIENTS = 10;
    private static final int KEYS = 20;
    private static final int LONGEST_VALUE = 1000;
    private static final int SEED = 1;

    private static final double SHARE = 1.5;
    private static final long ENTRIES = 64;
    private static final long SEGMENTS_BYTES = 128 << 10;

    /** The names by which each algorithm tells of the first and the last that its log holds. */
    private static final Map<String, String> LAST = Map.of("first index", "last index", "first slot", "last accepted");

    /** So many at most are remembered by a miniature. */
    private static final long SESSIONS = 4;

    private static final int SESSION_LENGTH = 5;

    private final RandomGenerator random = new SplittableRandom(SEED);
    private long opened;

    /** The most that a node's log held, in entries, and that its disk held. */
    private record Peak(long entries, long diskBytes) {
        Peak max(Peak other) {
            return new Peak(Math.max(entries, other.entries), Math.max(diskBytes, other.diskBytes));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"raft", "paxos"})
    void logAndDiskStayLevelUnderEndlessLoadAndFaults(String algorithm) {
        var population = Subjects.of(algorithm, 3).whole(SEED).inMiniature();
        var simulation = begun(population);
        var first = peaks(simulation, DURATION.toNanos() / 2);
        var second = peaks(simulation, DURATION.toNanos());
        System.err.println(algorithm + ": peaks " + first + ", then " + second + ", applied " + applied(simulation));

        second.forEach((node, peak) -> {
            var before = first.getOrDefault(node, new Peak(0, 0));
            assertThat(peak.entries)
                    .as("entries in the log of %s", node)
                    .isLessThan((long) (SHARE * before.entries) + ENTRIES);
            assertThat(peak.diskBytes)
                    .as("bytes on the disk of %s", node)
                    .isLessThan((long) (SHARE * before.diskBytes) + SEGMENTS_BYTES);
            assertThat(applied(simulation))
                    .as("what was applied, or nothing is shown")
                    .isGreaterThan(4 * peak.entries);
        });
        assertThat(opened).as("sessions, of which far fewer are remembered").isGreaterThan(10 * SESSIONS);
        assertThat(simulation.ledger().confirmed()).as("faults that were felt").isPositive();
        assertThat(simulation.tally().counts()).containsKeys("installed a snapshot", "rewrites its journal");
        requireAgreement(simulation, population.recovery().toNanos());
        assertThat(simulation.ids())
                .allSatisfy(id -> assertThat(figure(simulation.status(id).orElseThrow(), "sessions"))
                        .isEqualTo(SESSIONS));
    }

    private Simulation<?> begun(Population<?, ?, ?, ?> population) {
        var plan = Swarm.draw(SEED, DURATION.toNanos(), population.faults(), population.targets());
        var simulation = new Simulation<>(population, plan, Trace.NONE);
        plan.layOn(simulation);
        for (int i = 0; i < CLIENTS; i++) {
            var client = new Client(i % 2 == 1);
            simulation.after(random.nextLong(PAUSE), () -> write(simulation, client));
        }
        return simulation;
    }

    /** Who writes; after a few commands of a session in a new one. */
    private final class Client {
        private final boolean inSessions;
        private long session;
        private long sequence = SESSION_LENGTH;

        Client(boolean inSessions) {
            this.inSessions = inSessions;
        }

        Command next(Command write) {
            if (!inSessions) {
                return write;
            }
            return sequence == SESSION_LENGTH
                    ? new Command.OpenSession()
                    : new Command.InSession(session, ++sequence, write);
        }

        void learn(Command asked, Answer answer) {
            if (asked instanceof Command.OpenSession
                    && answer instanceof Answer.Responded responded
                    && responded.response() instanceof Response.Ok ok
                    && ok.result() instanceof Result.WholeNumber number) {
                session = number.value();
                sequence = 0;
                opened++;
            }
        }
    }

    private void write(Simulation<?> simulation, Client client) {
        if (simulation.now() > DURATION.toNanos()) {
            return;
        }
        var nodes = simulation.ids();
        var value = random.nextLong() + "x".repeat(random.nextInt(LONGEST_VALUE));
        var command = client.next(new Command.Put(Bytes.utf8("k" + random.nextInt(KEYS)), Bytes.utf8(value)));
        simulation.submit(nodes.get(random.nextInt(nodes.size())), command, answer -> client.learn(command, answer));
        simulation.after(PAUSE, () -> write(simulation, client));
    }

    /** Until that moment, by node. */
    private static Map<NodeId, Peak> peaks(Simulation<?> simulation, long until) {
        var peaks = new LinkedHashMap<NodeId, Peak>();
        while (simulation.now() < until) {
            simulation.run(Math.min(until, simulation.now() + LOOK_EVERY));
            for (var id : simulation.ids()) {
                long entries = simulation.status(id).map(EndlessTest::entries).orElse(0L);
                peaks.merge(id, new Peak(entries, simulation.diskBytes(id)), Peak::max);
            }
        }
        return peaks;
    }

    private static long entries(Status status) {
        var first = LAST.keySet().stream()
                .filter(status.details()::containsKey)
                .findFirst()
                .orElseThrow();
        return figure(status, LAST.getOrDefault(first, "")) - figure(status, first) + 1;
    }

    private static long figure(Status status, String name) {
        if (status.details().get(name) instanceof Long figure) {
            return figure;
        }
        throw new AssertionError("no figure " + name + " in " + status);
    }

    private static long applied(Simulation<?> simulation) {
        return simulation.ids().stream()
                .flatMap(id -> simulation.status(id).stream())
                .mapToLong(Status::applied)
                .max()
                .orElse(0);
    }

    private static void requireAgreement(Simulation<?> simulation, long patience) {
        simulation.mendAll();
        simulation.run(simulation.now() + patience);
        assertThat(simulation.ids().stream()
                        .map(id -> simulation.status(id).orElseThrow())
                        .map(status -> status.applied() + " " + Long.toHexString(status.stateHash()))
                        .distinct())
                .as("what all replicas hold in the end")
                .hasSize(1);
    }
}
