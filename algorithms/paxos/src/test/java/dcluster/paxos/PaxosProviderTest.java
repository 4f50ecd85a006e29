package dcluster.paxos;

import static dcluster.paxos.Configs.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.paxos.PaxosConfig.ReadPath;
import dcluster.spi.DurationRange;
import dcluster.spi.NodeId;
import dcluster.spi.Traits.Property;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a cluster is told of Paxos, and what Paxos refuses to be configured as. */
class PaxosProviderTest {
    private static final PaxosConfig GRID = Configs.of(new Quorums.Grid(), ReadPath.READ_INDEX);

    private final PaxosProvider provider = new PaxosProvider();

    private static PaxosConfig flexible(int phase1, int phase2) {
        return Configs.of(new Quorums.Flexible(phase1, phase2), ReadPath.READ_INDEX);
    }

    @Test
    void quorumsThatCouldMissEachOtherAreRefusedForTheClusterAtHand() {
        assertThatCode(() -> provider.check(flexible(4, 2), Members.of(5))).doesNotThrowAnyException();
        assertThatThrownBy(() -> provider.check(flexible(4, 2), Members.of(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[n1, n2, n3, n4]")
                .hasMessageContaining("[n6, n7]");
        assertThatThrownBy(() -> provider.check(GRID, Members.of(5))).isInstanceOf(IllegalArgumentException.class);
    }

    /** What was chosen by a quorum of old might be missed by a new one. */
    @Test
    void quorumsStayAsLongAsThereIsData() {
        var members = Members.of(5);
        assertThatCode(() -> provider.checkChange(flexible(4, 2), members, flexible(4, 2), members))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> provider.checkChange(flexible(4, 2), members, flexible(3, 3), members))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("what is chosen must be met by every later quorum of phase 1");
    }

    @Test
    void aMinorityMayBeLostWithMajoritiesAlone() {
        assertThat(provider.traits(DEFAULT).properties()).contains(Property.OUTLIVES_A_MINORITY);
        assertThat(provider.traits(flexible(4, 2)).properties()).doesNotContain(Property.OUTLIVES_A_MINORITY);
        assertThat(provider.traits(GRID).properties()).doesNotContain(Property.OUTLIVES_A_MINORITY);
    }

    @Test
    void aProcessBesideTheNodesRunsNoReplica() {
        var context =
                new RecordingContext<PaxosMessage, PaxosRecord, PaxosTimer>(new NodeId("beside"), Members.of(3), 1);
        assertThatThrownBy(() -> provider.create(DEFAULT, context)).hasMessageContaining("beside");
    }

    @Test
    void aHeartbeatMustFitTwiceIntoATimeout() {
        assertThatThrownBy(() -> new PaxosConfig(
                        DEFAULT.quorums(),
                        new DurationRange(Duration.ofMillis(199), Duration.ofMillis(400)),
                        DEFAULT.heartbeatInterval(),
                        DEFAULT.reads(),
                        DEFAULT.batch(),
                        DEFAULT.pipeline(),
                        DEFAULT.inFlight(),
                        DEFAULT.snapshotEvery(),
                        DEFAULT.sessions()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("heartbeat-interval");
    }

    @Test
    void itsStatusTellsWhatIsPromisedAndChosen() {
        var leader = Alone.leader(3, DEFAULT);
        leader.context.request(Single.A.command());
        assertThat(leader.paxos.status().role()).isEqualTo("leader");
        assertThat(leader.paxos.status().leader()).contains(Alone.SELF);
        assertThat(leader.paxos.status().details())
                .containsEntry("promised", "1.n2.1")
                .containsEntry("chosen", 0L)
                .containsEntry("last accepted", 1L)
                .containsEntry("open instances", 1L)
                .containsEntry("waiting requests", 1L);
    }
}
