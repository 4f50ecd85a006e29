package dcluster.lab.staleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuorumsTest {
    private static final double EXACTLY = 1e-12;

    @Test
    void theClosedFormIsWhatHandsCompute() {
        // C(2,1)/C(3,1), C(1,1)/C(3,1), C(2,2)/C(3,2)
        assertThat(new Quorums(3, 1, 1).missing()).isCloseTo(2.0 / 3, within(EXACTLY));
        assertThat(new Quorums(3, 1, 2).missing()).isCloseTo(1.0 / 3, within(EXACTLY));
        assertThat(new Quorums(3, 2, 1).missing()).isCloseTo(1.0 / 3, within(EXACTLY));
        // C(3,2)/C(5,2), C(4,3)/C(5,3)
        assertThat(new Quorums(5, 2, 2).missing()).isCloseTo(3.0 / 10, within(EXACTLY));
        assertThat(new Quorums(5, 3, 1).missing()).isCloseTo(4.0 / 10, within(EXACTLY));
    }

    @Test
    void severalVersionsAreMissedIndependently() {
        var one = new Quorums(3, 1, 1);
        assertThat(one.within(1)).isCloseTo(1.0 / 3, within(EXACTLY));
        assertThat(one.within(2)).isCloseTo(5.0 / 9, within(EXACTLY));
        assertThat(one.within(3)).isCloseTo(19.0 / 27, within(EXACTLY));
    }

    @Test
    void quorumsThatMeetMissNothing() {
        for (int replicas = 1; replicas <= 7; replicas++) {
            for (int reads = 1; reads <= replicas; reads++) {
                for (int writes = 1; writes <= replicas; writes++) {
                    var quorums = new Quorums(replicas, reads, writes);
                    assertThat(quorums.missing() == 0).as("%s", quorums).isEqualTo(quorums.isStrict());
                }
            }
        }
    }

    @Test
    void theyAreReadOffTheOptionsOfAnAlgorithm() {
        var cluster = Stores.cluster("quorum:replicas=3,reads=1,writes=2", 3);
        assertThat(Quorums.of(cluster.algorithm())).isEqualTo(new Quorums(3, 1, 2));
        var raft = Stores.cluster("raft", 3).algorithm();
        assertThatThrownBy(() -> Quorums.of(raft))
                .hasMessageContaining("raft has no options replicas, reads and writes");
        assertThatThrownBy(() -> new Quorums(3, 4, 1)).hasMessageContaining("from 1 to replicas, 3, not 4 and 1");
    }
}
