package dcluster.toolkit.seam;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Limits;
import dcluster.spi.NodeId;
import dcluster.toolkit.Store;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.Mesh;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LargeSnapshotTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    private final Mesh<LargeSnapshot.Message, LargeSnapshot.Piece, LargeSnapshot.None, LargeSnapshot> mesh =
            new Mesh<>(Members.of(2), LargeSnapshot::new);
    private final Store large = new Store();

    LargeSnapshotTest() {
        var value = Bytes.copyOf(new byte[Limits.MAX_VALUE_BYTES]);
        for (int i = 0; i < 5; i++) {
            large.apply(new Command.Put(Bytes.utf8("large" + i), value));
        }
        large.apply(new Command.Append(Bytes.utf8("list"), Collections.nCopies(100_000, Bytes.utf8("element"))));
        assertThat(large.bytes()).isGreaterThan(Limits.MAX_FRAME_BYTES);
    }

    @Test
    void aStateThatIsLargerThanAFrameArrivesWhole() {
        mesh.replica(N1).give(large, N2);
        mesh.settle();
        assertThat(mesh.replica(N2).status().stateHash()).isEqualTo(large.hash());
        mesh.crash(N2);
        assertThat(mesh.replica(N2).status().stateHash()).as("after a restart").isEqualTo(large.hash());
    }

    @Test
    @Tag("hard-case-22")
    void halfOfItCountsForNothingAndIsBegunAgainAfterACrash() {
        mesh.onlyIf((to, message) -> !(message instanceof LargeSnapshot.Chunk chunk && chunk.number() > 3));
        mesh.replica(N1).give(large, N2);
        mesh.settle();
        mesh.crash(N2);
        assertThat(mesh.replica(N2).status().applied()).isZero();
        mesh.onlyIf((to, message) -> true);
        mesh.replica(N1).give(large, N2);
        mesh.settle();
        assertThat(mesh.replica(N2).status().stateHash()).isEqualTo(large.hash());
    }
}
