package dcluster.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.Handover;
import dcluster.toolkit.testing.Seeds;
import dcluster.toolkit.testing.TimedCluster.Asked;
import dcluster.toolkit.testing.TimedCluster.Delays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Clusters whose messages are slow, overtake each other and get lost, and whose nodes die and come back: invariants hold after
 * each event, and once all is mended what was acknowledged is there, everywhere. {@code -Ddcluster.paxos.seeds=N} runs more.
 */
class RandomRunTest {
    private static final int SEEDS = Integer.getInteger("dcluster.paxos.seeds", 12);
    private static final int STEPS = 250;
    private static final Bytes KEY = Bytes.utf8("list");

    private final Map<String, Integer> met = new TreeMap<>();

    @Test
    void whateverHappensAcknowledgedWritesAreKeptAndReplicasAgree() {
        Seeds.check(SEEDS, random -> new Run(random).run(met));
        assertThat(met)
                .containsKeys(
                        "prepares",
                        "elected",
                        "gives up its ballot",
                        "leads no more",
                        "hands over",
                        "lost its quorum",
                        "sends a snapshot",
                        "installed a snapshot",
                        "rewrites its journal");
    }

    private static final class Run {
        private final RandomGenerator random;
        private final Timed timed;
        private final int size;
        private final List<Asked> asked = new ArrayList<>();
        private final double lossRate;

        Run(RandomGenerator random) {
            this.random = random;
            this.lossRate = random.nextBoolean() ? random.nextDouble(0.3) : 0;
            this.size = List.of(3, 5, 5, 6).get(random.nextInt(4));
            var config = Configs.with(
                    Configs.of(quorums(), PaxosConfig.ReadPath.READ_INDEX),
                    Configs.amount(random.nextInt(1, 5), 120),
                    Configs.amount(6, 400),
                    Configs.amount(40, 4000),
                    Configs.amount(8, 500));
            this.timed = new Timed(size, config, delays(random.nextInt(2, 120)), random.nextInt());
        }

        private Quorums quorums() {
            if (size == 6) {
                return new Quorums.Grid();
            }
            return random.nextInt(3) == 0 ? new Quorums.Flexible(size - 1, 2) : new Quorums.Majority();
        }

        private Delays delays(int most) {
            return new Delays() {
                @Override
                public Duration message(NodeId from, NodeId to) {
                    return Duration.ofMillis(random.nextInt(1, most));
                }

                @Override
                public Duration sync(NodeId node) {
                    return Duration.ofMillis(random.nextInt(1, 20));
                }
            };
        }

        void run(Map<String, Integer> met) {
            timed.cluster.onlyIf((from, to) -> random.nextDouble() >= lossRate);
            for (int step = 0; step < STEPS; step++) {
                step(step);
            }
            mend();
            timed.cluster.told().forEach(told -> met.merge(told.event(), 1, Integer::sum));
        }

        private void step(int step) {
            timed.cluster.nodes().stream()
                    .filter(timed.cluster::isUp)
                    .filter(node -> timed.cluster.replica(node).proposer().leads())
                    .forEach(leader -> ask(leader, step));
            timed.cluster.run(Duration.ofMillis(random.nextInt(100)));
            if (random.nextInt(15) == 0) {
                fault();
            }
        }

        private void ask(NodeId leader, int step) {
            asked.add(timed.cluster.request(leader, new Command.Append(KEY, List.of(Bytes.utf8(leader + "." + step)))));
        }

        private void fault() {
            var node = timed.cluster.nodes().get(random.nextInt(size));
            switch (random.nextInt(5)) {
                case 0 -> timed.cluster.onlyIf((from, to) -> !from.equals(node) && !to.equals(node));
                case 1 -> timed.cluster.onlyIf((from, to) -> random.nextDouble() >= lossRate);
                case 2 -> timed.leaderIfAny().ifPresent(this::handOver);
                default -> {
                    if (timed.cluster.isUp(node)) {
                        timed.cluster.crash(node);
                    } else {
                        timed.cluster.restart(node);
                    }
                }
            }
        }

        private void handOver(NodeId leader) {
            timed.cluster.request(leader, new Command.Operation(Handover.TRANSFER, List.of()));
        }

        private void mend() {
            timed.cluster.heal();
            timed.cluster.nodes().stream()
                    .filter(node -> !timed.cluster.isUp(node))
                    .forEach(timed.cluster::restart);
            int before = asked.size();
            for (int tries = 0; !isServedSince(before); tries++) {
                assertThat(tries).as("half seconds without progress").isLessThan(30);
                timed.leaderIfAny().ifPresent(leader -> ask(leader, STEPS + asked.size()));
                timed.cluster.run(Duration.ofMillis(500));
            }
            assertThat(timed.cluster.runUntil(this::agree, Duration.ofSeconds(30)))
                    .as("all agree")
                    .isTrue();
            assertThat(elements()).doesNotHaveDuplicates().containsAll(acknowledged());
        }

        private boolean isServedSince(int before) {
            return asked.subList(before, asked.size()).stream().anyMatch(timed.cluster::isDone);
        }

        private boolean agree() {
            return timed.cluster.nodes().stream()
                            .map(node -> timed.cluster.replica(node).machine())
                            .map(machine -> machine.applied() + " " + machine.hash())
                            .distinct()
                            .count()
                    == 1;
        }

        private List<Bytes> elements() {
            var read = timed.cluster.replica(timed.leader()).machine().read(new Command.ReadList(KEY, 0, -1));
            return ((Result.Elements) ((Response.Ok) read).result()).elements();
        }

        private List<Bytes> acknowledged() {
            return asked.stream()
                    .filter(timed.cluster::isDone)
                    .map(each -> ((Command.Append) each.request().command())
                            .elements()
                            .get(0))
                    .toList();
        }
    }
}
