package dcluster.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.paxos.PaxosConfig.ReadPath;
import dcluster.spi.NodeId;
import dcluster.toolkit.testing.TimedCluster.Asked;
import dcluster.toolkit.testing.TimedCluster.Delays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What flexible quorums are for (Howard, Malkhi and Spiegelman 2016): a small quorum of phase 2 waits for fewer, and a change
 * of the leader takes more. In virtual time, so that latencies are the same each time.
 */
class SlowFollowersTest {
    private static final Set<NodeId> SLOW =
            List.of("n3", "n4", "n5").stream().map(NodeId::new).collect(Collectors.toSet());
    private static final Quorums FLEXIBLE = new Quorums.Flexible(4, 2);
    private static final Duration SLOW_MESSAGE = Duration.ofMillis(60);
    private static final Duration SLOW_SYNC = Duration.ofMillis(40);

    /** Three of five are far away, and their disks are slow. */
    private record ThreeSlow() implements Delays {
        @Override
        public Duration message(NodeId from, NodeId to) {
            return SLOW.contains(from) || SLOW.contains(to) ? SLOW_MESSAGE : Timed.MESSAGE;
        }

        @Override
        public Duration sync(NodeId node) {
            return SLOW.contains(node) ? SLOW_SYNC : Timed.SYNC;
        }
    }

    private static Timed led(Quorums quorums) {
        var timed = Timed.led(5, Configs.of(quorums, ReadPath.READ_INDEX));
        assertThat(timed.leader()).isEqualTo(new NodeId("n1"));
        return timed;
    }

    /** Of a hundred writes, one each ten milliseconds. */
    private static Duration p99(Timed timed) {
        var asked = new ArrayList<Asked>();
        for (int i = 0; i < 100; i++) {
            asked.add(timed.write());
            timed.cluster.run(Duration.ofMillis(10));
        }
        timed.cluster.run(Duration.ofSeconds(1));
        assertThat(asked).allMatch(timed.cluster::isDone);
        return asked.stream().map(timed.cluster::latency).sorted().toList().get(98);
    }

    @Test
    void withThreeSlowFollowersOfFiveAPhase2QuorumOfTwoKeepsItsP99() {
        var timed = led(FLEXIBLE);
        var before = p99(timed);
        timed.cluster.delay(new ThreeSlow());
        assertThat(p99(timed)).isEqualTo(before).isLessThan(Duration.ofMillis(20));
    }

    @Test
    void withThreeSlowFollowersOfFiveAMajorityDoesNot() {
        var timed = led(new Quorums.Majority());
        assertThat(p99(timed)).isLessThan(Duration.ofMillis(20));
        timed.cluster.delay(new ThreeSlow());
        assertThat(p99(timed))
                .isGreaterThanOrEqualTo(SLOW_MESSAGE.multipliedBy(2).plus(SLOW_SYNC));
    }

    @Test
    void aLeaderChangeTakesFourThen() {
        var timed = led(FLEXIBLE);
        var write = timed.write();
        timed.settle();
        assertThat(timed.cluster.isDone(write)).isTrue();
        timed.cluster.crash(new NodeId("n1"));
        timed.cluster.crash(new NodeId("n5"));
        assertThat(timed.cluster.runUntil(() -> timed.leaderIfAny().isPresent(), Duration.ofSeconds(20)))
                .isFalse();
        timed.cluster.restart(new NodeId("n5"));
        assertThat(timed.cluster.runUntil(() -> timed.leaderIfAny().isPresent(), Duration.ofSeconds(20)))
                .isTrue();
        timed.settle();
        assertThat(timed.cluster.replica(timed.leader()).durable().chosen()).isEqualTo(1);
    }

    @Test
    void withMajoritiesThreeAreEnoughForALeaderChange() {
        var timed = led(new Quorums.Majority());
        timed.cluster.crash(new NodeId("n1"));
        timed.cluster.crash(new NodeId("n5"));
        assertThat(timed.cluster.runUntil(() -> timed.leaderIfAny().isPresent(), Duration.ofSeconds(20)))
                .isTrue();
    }
}
