package dcluster.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.NodeId;
import dcluster.toolkit.testing.TimedCluster.Delays;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Journals and memory stay bounded, and whoever lags is brought up to date. */
class CompactionTest {
    private static final NodeId N3 = new NodeId("n3");
    private static final PaxosConfig SMALL = Configs.small(4);

    private final Timed timed = new Timed(3, SMALL, Delays.of(Timed.MESSAGE, Timed.SYNC), 1);

    private void write(int count) {
        for (int i = 0; i < count; i++) {
            timed.cluster.request(
                    timed.leader(), Single.put("k" + i % 5, "v" + i).command());
            timed.cluster.run(Duration.ofMillis(15));
        }
    }

    private void assertAgree() {
        timed.cluster.run(Duration.ofSeconds(3));
        assertThat(timed.cluster.nodes())
                .extracting(node -> timed.cluster.replica(node).machine().hash())
                .containsOnly(timed.cluster.replica(timed.leader()).machine().hash());
    }

    @Test
    void journalsAndMemoryAreBoundedUnderEndlessLoad() {
        timed.settle();
        for (int round = 0; round < 5; round++) {
            write(60);
            timed.settle();
            assertThat(timed.cluster.records()).isLessThan(120);
            for (var node : timed.cluster.nodes()) {
                var log = timed.cluster.replica(node).log();
                assertThat(log.lastIndex() - log.firstIndex()).isLessThan(60);
                assertThat(timed.cluster.replica(node).durable().vows().acceptedFrom(1))
                        .hasSizeLessThan(5);
            }
        }
        assertAgree();
    }

    @Test
    @Tag("hard-case-22")
    void aNodeThatWasAwayForLongIsSentASnapshot() {
        timed.settle();
        timed.cluster.onlyIf((from, to) -> !from.equals(N3) && !to.equals(N3));
        write(60);
        timed.cluster.heal();
        assertAgree();
        assertThat(timed.count("installed a snapshot")).isEqualTo(1);
        assertThat(timed.cluster.replica(N3).machine().applied()).isEqualTo(60);
    }

    /** Its teacher dies in the midst, so that it is taught by another; then it dies itself, and goes on with what it holds. */
    @Test
    @Tag("hard-case-22")
    void aSnapshotIsInstalledThoughItsSenderAndItsReceiverDie() {
        timed.settle();
        timed.cluster.onlyIf((from, to) -> !from.equals(N3) && !to.equals(N3));
        write(60);
        timed.cluster.heal();
        assertThat(timed.cluster.runUntil(() -> timed.count("sends a snapshot") == 1, Duration.ofSeconds(5)))
                .isTrue();
        var dead = timed.leader();
        timed.cluster.crash(dead);
        timed.cluster.crash(N3);
        timed.cluster.run(Duration.ofMillis(100));
        timed.cluster.restart(N3);
        timed.cluster.run(Duration.ofSeconds(8));
        assertThat(timed.cluster.replica(N3).machine().applied()).isEqualTo(60);
        timed.cluster.restart(dead);
        assertAgree();
    }

    @Test
    @Tag("hard-case-15")
    void allNodesRestartWithAllThatIsChosen() {
        timed.settle();
        write(30);
        timed.settle();
        long hash = timed.cluster.replica(timed.leader()).machine().hash();
        timed.cluster.nodes().forEach(timed.cluster::crash);
        timed.cluster.nodes().forEach(timed.cluster::restart);
        assertThat(timed.cluster.runUntil(() -> timed.leaderIfAny().isPresent(), Duration.ofSeconds(10)))
                .isTrue();
        assertAgree();
        assertThat(timed.cluster.replica(timed.leader()).machine().hash()).isEqualTo(hash);
    }
}
