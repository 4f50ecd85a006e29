package dcluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path temporary = Path.of("");

    private Path file(String text) throws IOException {
        return Files.writeString(temporary.resolve("cluster.yaml"), text);
    }

    @Test
    void itIsThreeTimesTheCapacityAndWhatElseIsBounded() throws IOException {
        var config = ClusterFile.load(
                file("algorithm: raft\nnodes: 5\nstorage: {capacity: 1GiB}"),
                Overrides.NONE,
                Algorithms.load(List.of()),
                PortPicker.NONE);
        var heap = Heap.of(file(ClusterFile.write(config)));
        assertThat(heap).isEqualTo(new Heap((3 * 1024 + 4 * 64 + 320) * MIB, (5 * 64 + 320) * MIB));
    }

    @Test
    void aCoordinatorThatRunsTheAlgorithmHasItsDataAndIsAPeerOfEachNode() throws IOException {
        var config = ClusterFile.load(
                file("algorithm: two-phase-commit\nstorage: {capacity: 1GiB}"),
                Overrides.NONE,
                Algorithms.load(List.of()),
                PortPicker.NONE);
        long each = (3 * 1024 + 3 * 64 + 320) * MIB;
        assertThat(Heap.of(file(ClusterFile.write(config)))).isEqualTo(new Heap(each, each));
    }

    @Test
    void aCoordinatorThatRoutesHasNoData() throws IOException {
        var config = ClusterFile.load(
                file("algorithm: raft\ncoordinator: true"),
                Overrides.NONE,
                Algorithms.load(List.of()),
                PortPicker.NONE);
        assertThat(Heap.of(file(ClusterFile.write(config))))
                .isEqualTo(new Heap((3 * 128 + 2 * 64 + 320) * MIB, (3 * 64 + 320) * MIB));
    }

    @Test
    void anAlgorithmThatIsNotAtHandIsNoHindrance() throws IOException {
        assertThat(Heap.of(file("algorithm: of-a-plugin\nnodes: [{id: n1}]\noptions: {of-a-plugin: {a: 1}}\n")))
                .isEqualTo(new Heap((3 * 128 + 320) * MIB, (64 + 320) * MIB));
    }

    @Test
    void whatMakesNoSenseIsToldWithItsPlace() throws IOException {
        var file = file("storage: {capacity: 1KiB}\n");
        assertThatThrownBy(() -> Heap.of(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ":1:21: capacity is from 1MiB to 8GiB");
    }
}
