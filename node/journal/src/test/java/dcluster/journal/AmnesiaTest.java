package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** A folder beside the memory of how far it had come. */
final class AmnesiaTest {
    private MemoryDisk disk = new MemoryDisk();
    private Remembered witness = new Remembered(Past.NONE);

    @Test
    void anEmptyFolderMayBeginOnlyIfNothingIsRememberedOfIt() throws IOException {
        witness = new Remembered(new Past(1, 0));
        assertRefused(Past.NONE);
        assertThat(disk.names()).doesNotContain(FileNames.IDENTITY);
        witness = new Remembered(Past.NONE);
        assertThat(open().incarnation()).isEqualTo(1);
    }

    @Test
    void aFolderThatWasOpenedAsOftenAsIsRememberedIsFine() throws IOException {
        open().close();
        open().close();
        witness = new Remembered(new Past(1, 0));
        assertThat(open().incarnation())
                .as("opened more often than is remembered")
                .isEqualTo(3);
    }

    @Test
    void anOlderCopyIsRefusedHoweverOftenItIsTriedAndLeftAsItIs() throws IOException {
        open().close();
        var older = disk.copy();
        open().close();
        long end = witness.past().position();
        open().close();
        disk = older;
        var before = contents();
        for (int attempt = 0; attempt < 5; attempt++) {
            assertRefused(new Past(1, end - 2 * Frames.MARK_BYTES));
        }
        assertThat(contents()).isEqualTo(before);
    }

    /** A bootstrap that a crash caught before it was done has promised nothing: it begins again if told to. */
    @Test
    void aFolderWhoseBeginningWasInterruptedIsEmpty() throws IOException {
        Spares.first(disk, Life.IDENTITY.hash(), Life.OPTIONS);
        witness = new Remembered(new Past(1, 0));
        assertRefused(Past.NONE);
        witness = new Remembered(Past.NONE);
        assertThat(open().incarnation()).isEqualTo(1);
    }

    /** Over several segments and two compactions. */
    @Test
    void aCopyThatWasTakenBeforeTheLatestSyncIsRefusedAndOneFromAfterItIsFine() throws IOException {
        var journal = open();
        var copies = new ArrayList<MemoryDisk>();
        for (long from = 1; from <= 200; from += 5) {
            Scene.writeDurably(journal, from, from + 4);
            copies.add(disk.copy());
            if (from % 100 == 1) {
                compact(journal, from + 4);
            }
        }
        disk.kill();
        var latest = copies.remove(copies.size() - 1);
        for (var copy : copies) {
            disk = copy;
            assertThatThrownBy(this::open).isInstanceOf(AmnesiaException.class);
        }
        disk = latest;
        assertThat(open().incarnation()).isEqualTo(2);
    }

    private static void compact(Journal journal, long last) throws IOException {
        var compaction = journal.compact();
        var piece = new Batch();
        Numbers.addState(piece, last, 0, 1);
        compaction.write(piece);
        compaction.finish();
    }

    @Test
    void onlyWhatWasSyncedIsRemembered() throws IOException {
        var journal = open();
        Scene.writeDurably(journal, 1, 3);
        long synced = journal.end();
        journal.write(Numbers.batch(4, 6));
        assertThat(witness.past()).isEqualTo(new Past(1, synced));
        journal.force();
        assertThat(witness.past()).isEqualTo(new Past(1, journal.end()));
        journal.close();
        assertThat(witness.past()).isEqualTo(new Past(1, journal.end()));
    }

    /** Nothing in the folder vouches for its last write, but the witness does. */
    @Test
    void anEndThatWasDurableAndIsDamagedIsRefusedAndTheDamageTold() throws IOException {
        var journal = open();
        Scene.writeDurably(journal, 1, 3);
        int start = FileHeader.DATA_START + (int) journal.end();
        Scene.writeDurably(journal, 4, 6);
        disk.kill();
        byte[] whole = disk.bytes(Scene.FIRST);
        for (int at = start; at < FileHeader.DATA_START + journal.end(); at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            disk.set(Scene.FIRST, flipped);
            assertThatThrownBy(this::open)
                    .isInstanceOf(AmnesiaException.class)
                    .hasMessageContaining("; to open it would have cut ");
        }
        byte[] emptied = whole.clone();
        Arrays.fill(emptied, start, emptied.length, (byte) 0);
        disk.set(Scene.FIRST, emptied);
        assertRefused(new Past(1, start - FileHeader.DATA_START));
    }

    @Test
    void whatCannotBeRememberedEndsTheJournal() throws IOException {
        var journal = open();
        journal.write(Numbers.batch(1, 1));
        witness.fail();
        assertThatThrownBy(journal::force).hasMessage("cannot remember");
        assertThatThrownBy(journal::force).hasMessageContaining("the journal failed before");
        journal.close();

        assertThatThrownBy(this::open).hasMessage("cannot remember");
        disk.lock().close();
    }

    private void assertRefused(Past found) {
        var past = witness.past();
        assertThatThrownBy(this::open)
                .hasMessage("folder /memory has lost what it held: incarnation=" + found.incarnation() + " position="
                        + found.position() + ", and is remembered to have come to incarnation=" + past.incarnation()
                        + " position=" + past.position())
                .asInstanceOf(InstanceOfAssertFactories.type(AmnesiaException.class))
                .satisfies(refusal -> {
                    assertThat(refusal.found()).isEqualTo(found);
                    assertThat(refusal.past()).isEqualTo(past);
                });
    }

    private Map<String, Bytes> contents() {
        return disk.names().stream().collect(Collectors.toMap(name -> name, name -> Bytes.copyOf(disk.bytes(name))));
    }

    private Journal open() throws IOException {
        return Journal.open(disk, Life.IDENTITY, Life.OPTIONS.with(witness), new Numbers());
    }
}
