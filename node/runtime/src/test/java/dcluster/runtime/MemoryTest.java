package dcluster.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.journal.Past;
import dcluster.runtime.Memory.Empty;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryTest {
    private static final NodeId N1 = new NodeId("n1");

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void whoseFolderIsMissingHasForgottenAndLookingMakesNone() throws IOException {
        var memory = new Memory(temporary.resolve("incarnations").resolve("n1"), Empty.LOST);
        var data = temporary.resolve("n1");
        assertThat(memory.mayHaveForgotten(N1, data)).isTrue();
        assertThat(temporary).isEmptyDirectory();

        try (var witness = memory.witness(N1)) {
            witness.opened(new Past(1, 0));
        }
        assertThat(memory.mayHaveForgotten(N1, data)).isTrue();
        assertThat(data).doesNotExist();
    }
}
