package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** A folder beside the memory of how often it was opened. */
final class AmnesiaTest {
    private MemoryDisk disk = new MemoryDisk();

    @Test
    void anEmptyFolderMayBeginOnlyIfNothingIsRememberedOfIt() throws IOException {
        assertRefused(0, 1);
        assertThat(disk.names()).doesNotContain(FileNames.IDENTITY);
        assertThat(open(0).incarnation()).isEqualTo(1);
    }

    @Test
    void aFolderThatWasOpenedAsOftenAsIsRememberedIsFine() throws IOException {
        open(0).close();
        open(1).close();
        assertThat(open(1).incarnation())
                .as("opened more often than is remembered")
                .isEqualTo(3);
    }

    @Test
    void anOlderCopyIsRefusedHoweverOftenItIsTriedAndLeftAsItIs() throws IOException {
        open(0).close();
        var older = disk.copy();
        open(1).close();
        open(2).close();
        disk = older;
        var before = contents();
        for (int attempt = 0; attempt < 5; attempt++) {
            assertRefused(1, 3);
        }
        assertThat(contents()).isEqualTo(before);
    }

    /** A bootstrap that a crash caught before it was done has promised nothing: it begins again if told to. */
    @Test
    void aFolderWhoseBeginningWasInterruptedIsEmpty() throws IOException {
        Spares.first(disk, Life.IDENTITY.hash(), Life.OPTIONS.segmentBytes());
        assertRefused(0, 1);
        assertThat(open(0).incarnation()).isEqualTo(1);
    }

    private void assertRefused(long found, long past) {
        assertThatThrownBy(() -> open(past))
                .hasMessage("folder /memory has lost what it held: it was opened " + found
                        + " times, and it is remembered to have been opened " + past + " times at least")
                .asInstanceOf(InstanceOfAssertFactories.type(AmnesiaException.class))
                .satisfies(refusal -> {
                    assertThat(refusal.found()).isEqualTo(found);
                    assertThat(refusal.past()).isEqualTo(past);
                });
    }

    private Map<String, Bytes> contents() {
        return disk.names().stream().collect(Collectors.toMap(name -> name, name -> Bytes.copyOf(disk.bytes(name))));
    }

    private Journal open(long past) throws IOException {
        return Journal.open(disk, Life.IDENTITY, Life.OPTIONS.after(past), new Numbers());
    }
}
