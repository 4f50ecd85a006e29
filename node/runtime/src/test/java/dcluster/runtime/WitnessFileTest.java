package dcluster.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.journal.Past;
import dcluster.journal.RefusedFolderException;
import dcluster.runtime.Memory.Empty;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WitnessFileTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final String COMMENT =
            "# How often n1 was started, and where its journal ended. Kept apart from its data, so that lost data is"
                    + " noticed.\n";

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void whoWasNeverThereMayBeginOnlyAtTheBootstrap() throws IOException {
        assertThat(witness(Empty.NEW).past()).isEqualTo(Past.NONE);
        assertThat(witness(Empty.LOST).past()).isEqualTo(new Past(1, 0));
    }

    @Test
    void whoWasThereMayNotBeginAgainWhateverItIsTold() throws IOException {
        open(new Past(1, 32)).close();
        assertThat(witness(Empty.NEW).past()).isEqualTo(new Past(1, 32));
        open(new Past(7, 5000)).close();
        assertThat(witness(Empty.NEW).past()).isEqualTo(new Past(7, 5000));
        assertThat(witness(Empty.LOST).past()).isEqualTo(new Past(7, 5000));
    }

    @Test
    void aPositionThatIsReachedWhileTheJournalIsBeingOpenedIsNotRemembered() throws IOException {
        try (var witness = witness(Empty.NEW)) {
            witness.reached(100);
            assertThat(witness.past()).isEqualTo(Past.NONE);
            witness.opened(new Past(1, 132));
            witness.reached(200);
        }
        assertThat(witness(Empty.NEW).past()).isEqualTo(new Past(1, 200));
    }

    @Test
    void aPositionIsThereForOthersWhileTheFileIsOpen() throws IOException {
        try (var witness = open(new Past(3, 0))) {
            for (long position : new long[] {1, 99, 100, 1L << 40, Long.MAX_VALUE}) {
                witness.reached(position);
                assertThat(witness(Empty.NEW).past()).isEqualTo(new Past(3, position));
            }
        }
        assertThat(witness(Empty.NEW).past()).isEqualTo(new Past(3, Long.MAX_VALUE));
    }

    @Test
    void theFileIsTextForPeopleAndShorterThanASector() throws IOException {
        try (var witness = open(new Past(12, 0))) {
            witness.reached(123456);
        }
        assertThat(file()).hasContent(COMMENT + "incarnation: 12\nposition: 0000000000000123456\n");
        assertThat(Files.size(file())).isLessThan(512);
        assertThat(folder().toFile().list()).containsExactly("n1");
    }

    /** A kill between writing and renaming leaves the old past, and a file that the next start replaces. */
    @Test
    void whatAKillLeftUnfinishedDoesNotCount() throws IOException {
        open(new Past(3, 7)).close();
        Files.writeString(file().resolveSibling("n1.new"), "incarn");
        assertThat(witness(Empty.NEW).past()).isEqualTo(new Past(3, 7));
        open(new Past(4, 8)).close();
        assertThat(witness(Empty.NEW).past()).isEqualTo(new Past(4, 8));
    }

    @Test
    void aFileThatIsCutOffAnywhereOrChangedIsNotTakenForLess() throws IOException {
        open(new Past(12, 345)).close();
        var whole = Files.readString(file());
        for (int length = 0; length < whole.length(); length++) {
            requireUnreadable(whole.substring(0, length));
        }
        for (var text : new String[] {
            whole + "\n",
            "12",
            "incarnation: 12\n",
            whole.replace("12", "many"),
            whole.replace("345", "a45"),
            whole.replaceAll("position: 0+345", "position: " + "9".repeat(19))
        }) {
            requireUnreadable(text);
        }
    }

    private void requireUnreadable(String text) throws IOException {
        Files.writeString(file(), text);
        assertThatThrownBy(() -> witness(Empty.NEW).past())
                .as(text)
                .isInstanceOf(RefusedFolderException.class)
                .hasMessageContaining(file() + " cannot be read: ")
                .hasMessageContaining("'incarnation: '")
                .hasMessageContaining("'position: '")
                .hasMessageContaining("delete this file");
    }

    @Test
    void whoWasWipedMayBeginEmptyUntilItHasAndItsPastStays() throws IOException {
        open(new Past(12, 345)).close();
        try (var witness = witness(Empty.LOST)) {
            assertThat(witness.isWiped()).isFalse();
            witness.wiped();
        }
        assertThat(file()).hasContent(COMMENT + "incarnation: 12\nposition: 0000000000000000345\nwiped: yes\n");
        assertThat(witness(Empty.LOST).isWiped()).isTrue();
        assertThat(witness(Empty.LOST).past()).isEqualTo(new Past(12, 345));

        open(new Past(13, 0)).close();
        assertThat(witness(Empty.LOST).isWiped()).isFalse();
        assertThat(witness(Empty.LOST).past()).isEqualTo(new Past(13, 0));
    }

    @Test
    void whoIsToldThatItWasWipedIsBelievedIfItsIncarnationsAreRemembered() throws IOException {
        assertThat(witness(Empty.WIPED).isWiped()).isFalse();
        assertThat(witness(Empty.WIPED).past()).isEqualTo(new Past(1, 0));
        open(new Past(7, 5000)).close();
        assertThat(witness(Empty.WIPED).isWiped()).isTrue();
        assertThat(witness(Empty.NEW).isWiped()).isFalse();
    }

    @Test
    void whoWasNeverThereIsNotWiped() {
        assertThatThrownBy(() -> witness(Empty.LOST).wiped())
                .isInstanceOf(RefusedFolderException.class)
                .hasMessageContaining("nothing remembers that n1 ever ran: " + file() + " is missing");
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws IOException {
        Files.writeString(folder(), "a file");
        assertThatThrownBy(() -> open(new Past(1, 0)))
                .isInstanceOf(RefusedFolderException.class)
                .hasMessageContaining(folder().toString());
    }

    private WitnessFile open(Past now) throws IOException {
        var witness = witness(Empty.NEW);
        witness.opened(now);
        return witness;
    }

    private WitnessFile witness(Empty empty) {
        return new WitnessFile(new Memory(file(), empty), N1);
    }

    private Path file() {
        return folder().resolve("n1");
    }

    private Path folder() {
        return temporary.resolve("incarnations");
    }
}
