package dcluster.paxos;

import static dcluster.paxos.Configs.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.NodeId;
import dcluster.toolkit.testing.TimedCluster.Delays;
import java.time.Duration;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Quorums that are up and connected make progress, whatever is broken for good beside them. */
class LivenessTest {
    private static final Duration TIMEOUT = DEFAULT.electionTimeout().most();
    private static final NodeId N1 = new NodeId("n1");

    private static Timed fiveWith(BiPredicate<NodeId, NodeId> passes) {
        var timed = Timed.led(5, DEFAULT);
        assertThat(timed.leader()).isEqualTo(N1);
        timed.cluster.onlyIf(passes);
        return timed;
    }

    /** Within ten election timeouts whoever leads serves a write. */
    private static void assertServes(Timed timed) {
        var write = timed.write();
        assertThat(timed.cluster.runUntil(() -> timed.cluster.isDone(write), TIMEOUT.multipliedBy(10)))
                .isTrue();
    }

    @Test
    @Tag("hard-case-5")
    void aLeaderThatCanSendAndNotReceiveIsReplaced() {
        var timed = fiveWith((from, to) -> !to.equals(N1));
        timed.cluster.run(TIMEOUT.multipliedBy(4));
        assertThat(timed.cluster.replica(N1).proposer().leads()).isFalse();
        assertThat(timed.leader()).isNotEqualTo(N1);
        assertServes(timed);
    }

    @Test
    @Tag("hard-case-5")
    void aLeaderThatCanReceiveAndNotSendIsReplaced() {
        var timed = fiveWith((from, to) -> !from.equals(N1));
        timed.cluster.run(TIMEOUT.multipliedBy(4));
        assertThat(timed.cluster.replica(N1).proposer().leads()).isFalse();
        assertThat(timed.leader()).isNotEqualTo(N1);
        assertServes(timed);
    }

    /** Each hears its two neighbours alone: those that hear no leader are never a quorum that says so. */
    @Test
    @Tag("hard-case-5")
    void inARingWhereEachSeesAnotherMajorityALeaderStays() {
        var timed = fiveWith((from, to) -> {
            int distance = Math.floorMod(number(from) - number(to), 5);
            return distance == 1 || distance == 4;
        });
        for (int i = 0; i < 10; i++) {
            timed.cluster.run(TIMEOUT);
            assertServes(timed);
        }
        assertThat(timed.count("elected")).isEqualTo(1);
    }

    private static int number(NodeId node) {
        return Integer.parseInt(node.name().substring(1));
    }

    @Test
    @Tag("hard-case-6")
    void aNodeThatIsCutOffAndComesBackDisturbsNobody() {
        var away = new NodeId("n4");
        var timed = fiveWith((from, to) -> true);
        for (int i = 0; i < 5; i++) {
            timed.cluster.onlyIf((from, to) -> !from.equals(away) && !to.equals(away));
            timed.cluster.run(TIMEOUT.multipliedBy(10));
            assertServes(timed);
            timed.cluster.heal();
            timed.cluster.run(TIMEOUT);
        }
        assertThat(timed.count("elected")).isEqualTo(1);
        assertThat(timed.cluster.replica(away).durable().chosen()).isEqualTo(5);
    }

    @Test
    void aLeaderWithoutAQuorumLeadsNoMoreAndItsWritesHaveAnUnknownEnd() {
        var minority = new NodeId("n2");
        var timed = fiveWith(
                (from, to) -> (from.equals(N1) || from.equals(minority)) == (to.equals(N1) || to.equals(minority)));
        var write = timed.write();
        timed.cluster.run(TIMEOUT.multipliedBy(4));
        assertThat(timed.cluster.replica(N1).proposer().leads()).isFalse();
        assertThat(timed.cluster.isDone(write)).isFalse();
        assertThat(timed.leader()).isNotEqualTo(N1);
        timed.cluster.heal();
        assertServes(timed);
        timed.cluster.run(TIMEOUT);
        assertThat(timed.cluster.nodes())
                .extracting(node -> timed.cluster.replica(node).machine().hash())
                .containsOnly(timed.cluster.replica(timed.leader()).machine().hash());
    }

    @Test
    void aDeadLeaderIsReplacedWithinTwoElectionTimeoutsAtTheMedian() {
        var waits = LongStream.rangeClosed(1, 21)
                .mapToObj(LivenessTest::failover)
                .sorted()
                .toList();
        assertThat(waits.get(10)).isLessThan(TIMEOUT.multipliedBy(2));
        // The shortest that the timeouts allow: somebody must have waited for one.
        assertThat(waits.get(0)).isGreaterThan(DEFAULT.electionTimeout().least().minus(DEFAULT.heartbeatInterval()));
    }

    private static Duration failover(long seed) {
        var timed = new Timed(3, DEFAULT, Delays.of(Timed.MESSAGE, Timed.SYNC), seed);
        timed.cluster.run(TIMEOUT);
        timed.cluster.crash(timed.leader());
        var before = timed.cluster.now();
        assertThat(timed.cluster.runUntil(() -> timed.leaderIfAny().isPresent(), TIMEOUT.multipliedBy(10)))
                .isTrue();
        return timed.cluster.now().minus(before);
    }
}
