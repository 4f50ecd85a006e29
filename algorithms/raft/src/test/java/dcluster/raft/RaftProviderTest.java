package dcluster.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Default;
import dcluster.spi.NodeId;
import dcluster.spi.Traits;
import dcluster.toolkit.Store;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import java.util.Arrays;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class RaftProviderTest {
    private final RaftProvider provider = new RaftProvider();

    @Test
    @SuppressWarnings("rawtypes")
    void itIsFoundByItsName() {
        assertThat(ServiceLoader.load(AlgorithmProvider.class)).anyMatch(found -> "raft".equals(found.name()));
    }

    @Test
    void everyOptionHasADefault() {
        assertThat(Arrays.stream(provider.configType().getRecordComponents()))
                .allMatch(component -> component.isAnnotationPresent(Default.class));
    }

    @Test
    void itRunsOnNodesAlone() {
        var context =
                new RecordingContext<RaftMessage, RaftRecord, RaftTimer>(new NodeId("coordinator"), Members.of(3), 1);
        assertThatThrownBy(() -> provider.create(Configs.DEFAULT, context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("coordinator");
    }

    @Test
    void itPromisesTheStrongestConsistencyAndServesEveryCommand() {
        var traits = provider.traits(Configs.DEFAULT);
        assertThat(traits.consistency()).isEqualTo(Traits.Consistency.STRICT_SERIALIZABLE);
        assertThat(traits.unserved()).isEqualTo(Store.UNSERVED_WITH_SESSIONS);
        assertThat(traits.invariants()).hasSize(5);
    }

    @Test
    void batchesMustFitIntoFramesAndWindows() {
        var config = Configs.DEFAULT;
        assertThatThrownBy(() -> Configs.with(
                        config,
                        Configs.amount(100, 9 << 20),
                        Configs.amount(100, 100 << 20),
                        config.inFlight(),
                        config.snapshotEvery()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batch");
        assertThatThrownBy(() -> Configs.with(
                        config,
                        Configs.amount(100, 1000),
                        Configs.amount(99, 1000),
                        config.inFlight(),
                        config.snapshotEvery()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pipeline");
        assertThatThrownBy(() -> Configs.amount(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theStatusTellsWhatPeopleAsk() {
        var leader = Alone.leader(3, Configs.DEFAULT, 3, 1, 2);
        leader.receive(Alone.N1, Alone.agreed(4, 3));
        leader.request(Alone.put("a", "1"));
        var status = leader.raft.status();
        assertThat(status.role()).isEqualTo("leader");
        assertThat(status.leader()).contains(Alone.SELF);
        assertThat(status.applied()).isEqualTo(3);
        assertThat(status.stateHash()).isEqualTo(leader.raft.durable().machine().hash());
        assertThat(status.details())
                .containsEntry("term", 4L)
                .containsEntry("vote", "n2")
                .containsEntry("votes", 2L)
                .containsEntry("commit", 3L)
                .containsEntry("first index", 1L)
                .containsEntry("last index", 4L)
                .containsEntry("snapshot index", 0L)
                .containsEntry("sessions", 0L)
                .containsEntry("waiting requests", 1L);
    }
}
