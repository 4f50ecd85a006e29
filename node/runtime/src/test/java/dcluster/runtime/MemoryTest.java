package dcluster.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.journal.RefusedFolderException;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryTest {
    private static final NodeId N1 = new NodeId("n1");

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void whoWasNeverThereMayBeginOnlyAtTheBootstrap() throws IOException {
        assertThat(memory(true).past()).isZero();
        assertThat(memory(false).past()).isEqualTo(1);
    }

    @Test
    void whoWasThereMayNotBeginAgainWhateverItIsTold() throws IOException {
        memory(true).keep(N1, 1);
        assertThat(memory(true).past()).isEqualTo(1);
        memory(true).keep(N1, 7);
        assertThat(memory(true).past()).isEqualTo(7);
        assertThat(memory(false).past()).isEqualTo(7);
    }

    @Test
    void theFileIsTextForPeople() throws IOException {
        memory(true).keep(N1, 12);
        assertThat(file()).hasContent("""
                # How often n1 was started. Kept apart from its data, so that lost data is noticed.
                incarnation: 12
                """);
        assertThat(folder().toFile().list()).containsExactly("n1");
    }

    /** A kill between writing and renaming leaves the old number, and a file that the next start replaces. */
    @Test
    void whatAKillLeftUnfinishedDoesNotCount() throws IOException {
        memory(true).keep(N1, 3);
        Files.writeString(file().resolveSibling("n1.new"), "incarn");
        assertThat(memory(true).past()).isEqualTo(3);
        memory(true).keep(N1, 4);
        assertThat(memory(true).past()).isEqualTo(4);
    }

    @Test
    void aFileThatSaysNothingIsNotTakenForNone() throws IOException {
        Files.createDirectories(folder());
        for (String text : new String[] {"", "incarnation: ", "incarnation: many", "12"}) {
            Files.writeString(file(), text);
            assertThatThrownBy(() -> memory(true).past())
                    .isInstanceOf(RefusedFolderException.class)
                    .hasMessageContaining(file() + " cannot be read: ")
                    .hasMessageContaining("'incarnation: '");
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws IOException {
        Files.writeString(folder(), "a file");
        assertThatThrownBy(() -> memory(true).keep(N1, 1))
                .isInstanceOf(RefusedFolderException.class)
                .hasMessageContaining(folder().toString());
    }

    private Memory memory(boolean bootstrap) {
        return new Memory(file(), bootstrap);
    }

    private Path file() {
        return folder().resolve("n1");
    }

    private Path folder() {
        return temporary.resolve("incarnations");
    }
}
