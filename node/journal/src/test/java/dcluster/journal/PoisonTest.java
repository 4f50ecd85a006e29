package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.journal.MemoryDisk.Survivors;
import java.io.IOException;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After one failure of the disk nothing is tried again, even if it would succeed. */
@Tag("hard-case-30")
final class PoisonTest {
    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void aFailedSyncIsNeverRetried() throws IOException {
        var journal = opened();
        journal.write(Numbers.batch(6, 9));
        disk.failNextForce();
        assertThatThrownBy(journal::force).isInstanceOf(IOException.class);
        expectPoisoned(journal);
        disk.losePower(Survivors.NOTHING, new Random(0));
        assertThat(Scene.replay(disk)).isEqualTo(5);
    }

    @Test
    void whatARestartFindsInThePageCacheAfterAFailedSyncIsWrittenAgain() throws IOException {
        var journal = opened();
        journal.write(Numbers.batch(6, 9));
        disk.failNextForce();
        assertThatThrownBy(journal::force).isInstanceOf(IOException.class);
        disk.kill();
        assertThat(Scene.replay(disk)).isEqualTo(9);
        disk.losePower(Survivors.NOTHING, new Random(0));
        assertThat(Scene.replay(disk)).isEqualTo(9);
    }

    @Test
    void aFailedWriteIsNeverRetried() throws IOException {
        var journal = opened();
        disk.failNextWrite();
        assertThatThrownBy(() -> journal.write(Numbers.batch(6, 9))).isInstanceOf(IOException.class);
        expectPoisoned(journal);
        disk.kill();
        assertThat(Scene.replay(disk)).isBetween(5L, 9L);
    }

    @Test
    void aFullDiskPoisonsAndLosesNothing() throws IOException {
        var journal = opened();
        disk.capacity(20_000);
        assertThatThrownBy(() -> {
                    for (long number = 6; ; number++) {
                        Scene.writeDurably(journal, number, number);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
        expectPoisoned(journal);
        disk.kill();
        // Opening needs no room beyond what is preallocated, so the node can say what it holds even now.
        assertThat(Scene.replay(disk)).isGreaterThan(5);
    }

    @Test
    void aFolderWhoseOpeningFailedIsLeftUnlocked() {
        disk.failNextForce();
        assertThatThrownBy(this::opened).isInstanceOf(IOException.class).isNotInstanceOf(RefusedFolderException.class);
        assertThatThrownBy(() -> {
                    disk.failNextWrite();
                    opened();
                })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(RefusedFolderException.class);
    }

    private Journal opened() throws IOException {
        var journal = Scene.open(disk, new Numbers());
        Scene.writeDurably(journal, 1, 5);
        return journal;
    }

    private void expectPoisoned(Journal journal) throws IOException {
        expectRefused(() -> journal.write(Numbers.batch(6, 6)));
        expectRefused(journal::force);
        expectRefused(journal::compact);
        long operations = disk.operations();
        journal.close();
        assertThat(disk.operations())
                .as("a poisoned journal leaves the disk alone")
                .isEqualTo(operations);
    }

    private static void expectRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IOException.class).hasMessageContaining("failed before");
    }
}
