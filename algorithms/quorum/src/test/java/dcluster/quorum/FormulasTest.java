package dcluster.quorum;

import static dcluster.quorum.Rig.KEY;
import static dcluster.quorum.Rig.delete;
import static dcluster.quorum.Rig.get;
import static dcluster.quorum.Rig.merge;
import static dcluster.quorum.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the package's documentation says that a command costs, where nothing fails. */
class FormulasTest {
    private record Cost(long messages, long forcedWrites) {}

    /** A cluster in which each key has so many replicas; R and W cost nothing, for all owners are asked. */
    private static Rig rig(int nodes, int replicas, Versioning versions) {
        int majority = replicas / 2 + 1;
        return new Rig(nodes, Options.of(versions).quorums(replicas, majority, majority));
    }

    /** Of all nodes together for one command at one of them. */
    private static Cost cost(Rig rig, NodeId node, Command command) {
        rig.mesh.repeatNothing();
        rig.mesh.settle();
        long writes = forcedWrites(rig);
        long before = rig.mesh.delivered();
        rig.run(node, command);
        return new Cost(rig.mesh.delivered() - before, forcedWrites(rig) - writes);
    }

    private static long forcedWrites(Rig rig) {
        return rig.nodes().mapToLong(node -> rig.at(node).records().size()).sum();
    }

    private static NodeId owner(Rig rig) {
        return rig.replica(Rig.N1).placement().owners(KEY).get(0);
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "5, 3", "7, 5"})
    void atAnOwnerByTheClock(int nodes, int n) {
        var rig = rig(nodes, n, Versioning.LAST_WRITE_WINS);
        assertThat(cost(rig, owner(rig), delete())).as("of nothing").isEqualTo(new Cost(2L * (n - 1), 0));
        assertThat(cost(rig, owner(rig), put("a"))).isEqualTo(new Cost(2L * (n - 1), n));
        assertThat(cost(rig, owner(rig), get())).isEqualTo(new Cost(2L * (n - 1), 0));
        assertThat(cost(rig, owner(rig), delete())).isEqualTo(new Cost(4L * (n - 1), n));
        assertThat(cost(rig, owner(rig), delete())).as("again").isEqualTo(new Cost(4L * (n - 1), n));
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "5, 3", "7, 5"})
    void atAnOwnerWithVectorClocks(int nodes, int n) {
        var rig = rig(nodes, n, Versioning.VECTOR_CLOCK);
        assertThat(cost(rig, owner(rig), delete())).as("of nothing").isEqualTo(new Cost(2L * (n - 1), 0));
        assertThat(cost(rig, owner(rig), put("a"))).isEqualTo(new Cost(4L * (n - 1), n));
        assertThat(cost(rig, owner(rig), get())).isEqualTo(new Cost(2L * (n - 1), 0));
        var context = rig.siblings(owner(rig)).context();
        assertThat(cost(rig, owner(rig), merge("b", context))).isEqualTo(new Cost(2L * (n - 1), n));
        assertThat(cost(rig, owner(rig), delete())).isEqualTo(new Cost(4L * (n - 1), n));
        assertThat(cost(rig, owner(rig), delete())).as("again").isEqualTo(new Cost(4L * (n - 1), 0));
    }

    @ParameterizedTest
    @CsvSource({"5, 3", "7, 5"})
    void atANodeThatIsNoOwner(int nodes, int n) {
        var latest = rig(nodes, n, Versioning.LAST_WRITE_WINS);
        var stranger = latest.strangers().get(0);
        assertThat(cost(latest, stranger, put("a"))).isEqualTo(new Cost(2L * n, n));
        assertThat(cost(latest, stranger, get())).isEqualTo(new Cost(2L * n, 0));
        assertThat(cost(latest, stranger, delete())).isEqualTo(new Cost(4L * n, n));
        var clocks = rig(nodes, n, Versioning.VECTOR_CLOCK);
        assertThat(cost(clocks, stranger, put("a")))
                .as("redirected when an owner answers")
                .isEqualTo(new Cost(2L * n, 0));
        assertThat(cost(clocks, stranger, put("a"))).as("redirected at once").isEqualTo(new Cost(0, 0));
        assertThat(cost(clocks, stranger, get())).isEqualTo(new Cost(2L * n, 0));
        assertThat(cost(clocks, stranger, merge("a", Bytes.EMPTY))).isEqualTo(new Cost(0, 0));
    }
}
