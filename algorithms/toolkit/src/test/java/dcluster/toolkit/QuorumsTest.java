package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.NodeId;
import dcluster.toolkit.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuorumsTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private static final List<NodeId> THREE = List.of(N1, N2, N3);

    @Test
    void anyTwoMajoritiesShareANode() {
        for (int nodes = 1; nodes <= 100; nodes++) {
            assertThat(2 * Quorums.majority(nodes)).isGreaterThan(nodes);
            assertThat(2 * (Quorums.majority(nodes) - 1)).isLessThanOrEqualTo(nodes);
        }
    }

    @Test
    void theMajorityIndexIsTheGreatestThatAMajorityHasReached() {
        Seeds.check(1_000, random -> {
            var reached = random.longs(random.nextInt(1, 8), 0, 5).toArray();
            var before = reached.clone();
            long index = Quorums.majorityIndex(reached);
            assertThat(holders(reached, index)).isGreaterThanOrEqualTo(Quorums.majority(reached.length));
            assertThat(holders(reached, index + 1)).isLessThan(Quorums.majority(reached.length));
            assertThat(reached).isEqualTo(before);
        });
    }

    private static int holders(long[] reached, long index) {
        return (int) Arrays.stream(reached).filter(one -> one >= index).count();
    }

    @Test
    void aTallyCountsEachVoterOnceAndNoStranger() {
        var tally = Tally.majorityOf(THREE);
        assertThat(tally.add(N1)).isTrue();
        assertThat(tally.add(N1)).isFalse();
        assertThat(tally.add(new NodeId("stranger"))).isFalse();
        assertThat(tally.count()).isEqualTo(1);
        assertThat(tally.reached()).isFalse();
        assertThat(tally.add(N3)).isTrue();
        assertThat(tally.reached()).isTrue();
        assertThat(tally.has(N3)).isTrue();
        assertThat(tally.has(N2)).isFalse();
    }

    @Test
    void aTallyOfAllNeedsEveryVoter() {
        var tally = Tally.allOf(THREE);
        tally.add(N1);
        tally.add(N2);
        assertThat(tally.reached()).isFalse();
        tally.add(N3);
        assertThat(tally.reached()).isTrue();
    }

    @Test
    void aClusterOfOneIsItsOwnMajority() {
        var tally = Tally.majorityOf(List.of(N1));
        assertThat(tally.reached()).isFalse();
        tally.add(N1);
        assertThat(tally.reached()).isTrue();
    }
}
