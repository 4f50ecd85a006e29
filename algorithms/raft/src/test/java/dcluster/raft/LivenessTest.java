package dcluster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.raft.Cluster.Flight;
import dcluster.raft.Cluster.Node;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.toolkit.testing.RecordingContext.Replied;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A majority that is up and connected makes progress, whatever is broken for good beside it. */
class LivenessTest {
    private static final Duration STEP = Duration.ofMillis(5);
    private static final int ELECTION_TIMEOUT_STEPS = 60;

    /** A cluster in virtual time; every message takes a step, every disk another. */
    private static final class Running implements Cluster.Observer {
        final Cluster cluster;
        private int acknowledged;
        private int elections;

        Running(int size, long seed) {
            cluster = new Cluster(size, Configs.DEFAULT, seed, this);
            cluster.start();
            stepsUntilAcknowledged(flight -> true);
        }

        @Override
        public void replied(Node node, Replied reply) {
            acknowledged += reply.response() instanceof Response.Ok ? 1 : 0;
        }

        @Override
        public void noted(Node node, String event, List<Object> details) {
            elections += event.equals("elected") ? 1 : 0;
        }

        Node leader() {
            return cluster.nodes().stream()
                    .filter(node -> node.up && node.raft.role() == Role.LEADER)
                    .reduce((a, b) -> a.raft.durable().term() > b.raft.durable().term() ? a : b)
                    .orElseThrow();
        }

        /**
         * Every node that believes to lead is asked to write, until a write that was asked for from now on is
         * acknowledged.
         */
        int stepsUntilAcknowledged(Predicate<Flight> passes) {
            int before = acknowledged;
            for (int steps = 0; ; steps++) {
                assertThat(steps).as("steps without progress").isLessThan(10 * ELECTION_TIMEOUT_STEPS);
                for (var node : cluster.nodes()) {
                    if (node.up && node.raft.role() == Role.LEADER) {
                        cluster.request(node, Alone.put("a", "1"));
                    }
                }
                cluster.calmly(STEP, passes);
                if (acknowledged > before) {
                    return steps;
                }
            }
        }

        void run(int steps, Predicate<Flight> passes) {
            for (int i = 0; i < steps; i++) {
                cluster.calmly(STEP, passes);
            }
        }
    }

    private static int number(NodeId id) {
        return Integer.parseInt(id.name().substring(1));
    }

    @Test
    @Tag("hard-case-5")
    void aLeaderThatCanSendButNotReceiveIsReplaced() {
        var running = new Running(5, 1);
        var old = running.leader().id;
        Predicate<Flight> passes = flight -> !flight.to().equals(old);
        running.run(2 * ELECTION_TIMEOUT_STEPS, passes);
        assertThat(running.cluster.node(old).raft.role()).isNotEqualTo(Role.LEADER);
        running.stepsUntilAcknowledged(passes);
        assertThat(running.leader().id).isNotEqualTo(old);
    }

    @Test
    @Tag("hard-case-5")
    void aLeaderThatCanReceiveButNotSendIsReplaced() {
        var running = new Running(5, 1);
        var old = running.leader().id;
        Predicate<Flight> passes = flight -> !flight.from().equals(old);
        running.run(ELECTION_TIMEOUT_STEPS, passes);
        running.stepsUntilAcknowledged(passes);
        assertThat(running.leader().id).isNotEqualTo(old);
    }

    @Test
    @Tag("hard-case-5")
    void aLeaderThatReachesAMinorityAloneIsReplaced() {
        var running = new Running(5, 1);
        var old = running.leader().id;
        var friend = running.cluster.nodes().stream()
                .map(node -> node.id)
                .filter(id -> !id.equals(old))
                .findFirst()
                .orElseThrow();
        Predicate<Flight> passes =
                flight -> (!flight.from().equals(old) && !flight.to().equals(old))
                        || flight.from().equals(friend)
                        || flight.to().equals(friend);
        running.run(2 * ELECTION_TIMEOUT_STEPS, passes);
        running.stepsUntilAcknowledged(passes);
        assertThat(running.leader().id).isNotEqualTo(old);
    }

    @Test
    @Tag("hard-case-5")
    void inARingWhereEachSeesAnotherMajorityALeaderStays() {
        for (long seed = 1; seed <= 3; seed++) {
            var running = new Running(5, seed);
            Predicate<Flight> passes = flight -> {
                int distance = Math.floorMod(number(flight.from()) - number(flight.to()), 5);
                return distance == 1 || distance == 4;
            };
            running.run(10 * ELECTION_TIMEOUT_STEPS, passes);
            int elections = running.elections;
            for (int i = 0; i < 10; i++) {
                running.stepsUntilAcknowledged(passes);
                running.run(ELECTION_TIMEOUT_STEPS, passes);
            }
            assertThat(running.elections).as("seed " + seed).isEqualTo(elections);
        }
    }

    @Test
    @Tag("hard-case-6")
    void aNodeThatIsCutOffAndComesBackCausesNoElection() {
        var running = new Running(5, 1);
        var away = running.cluster.nodes().stream()
                .filter(node -> node.raft.role() != Role.LEADER)
                .findFirst()
                .orElseThrow();
        int elections = running.elections;
        for (int i = 0; i < 10; i++) {
            running.run(
                    20 * ELECTION_TIMEOUT_STEPS,
                    flight -> !flight.from().equals(away.id) && !flight.to().equals(away.id));
            running.run(2 * ELECTION_TIMEOUT_STEPS, flight -> true);
        }
        assertThat(running.elections).isEqualTo(elections);
        assertThat(away.raft.role()).isEqualTo(Role.FOLLOWER);
    }

    @Test
    void aDeadLeaderIsReplacedWithinTwoElectionTimeoutsAtTheMedian() {
        var steps = LongStream.rangeClosed(1, 21)
                .map(seed -> {
                    var running = new Running(3, seed);
                    running.run(100, flight -> true);
                    running.cluster.crash(running.leader());
                    return running.stepsUntilAcknowledged(flight -> true);
                })
                .sorted()
                .toArray();
        assertThat(steps[10]).isLessThan(2 * ELECTION_TIMEOUT_STEPS);
        // The shortest that the timeouts allow: somebody must have waited for one.
        assertThat(steps[0]).isGreaterThan(ELECTION_TIMEOUT_STEPS / 2 - 10);
    }
}
