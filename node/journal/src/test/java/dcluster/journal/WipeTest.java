package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.journal.MemoryDisk.PowerLoss;
import dcluster.journal.MemoryDisk.Survivors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that are given up, and begun again by a node that knows that it was there before. */
final class WipeTest {
    private static final int SEEDS = 10;
    private static final Past LAST = new Past(12, 5000);

    private final MemoryDisk disk = new MemoryDisk();
    private final Remembered witness = new Remembered(LAST);

    @Test
    void aWipedNodeBeginsEmptyAndCountsOnAndKnowsForGoodThatItWasWiped() throws IOException {
        var wiped = Scene.closedJournal();
        Wipe.of(wiped, witness);
        assertThat(wiped.names()).isEmpty();
        assertThat(Wipe.hasSpared(wiped)).isFalse();

        for (long life = 1; life <= 3; life++) {
            var numbers = new Numbers();
            try (var journal = open(wiped, witness, numbers)) {
                assertThat(journal.incarnation()).isEqualTo(12 + life);
                assertThat(journal.wipedAfter()).isEqualTo(12);
                assertThat(numbers.last()).isEqualTo(life - 1);
                Scene.writeDurably(journal, life, life);
            }
            assertThat(Wipe.hasSpared(wiped)).isFalse();
        }
    }

    @Test
    void aFolderThatIsEmptyOnceMoreIsRefusedUnlessItsNodeIsWipedOnceMore() throws IOException {
        Wipe.of(disk, witness);
        open(disk, witness).close();
        disk.names().forEach(disk::remove);
        assertThatThrownBy(() -> open(disk, witness)).isInstanceOf(AmnesiaException.class);

        Wipe.of(disk, witness);
        try (var journal = open(disk, witness)) {
            assertThat(journal.wipedAfter()).isEqualTo(13);
            assertThat(journal.incarnation()).isEqualTo(14);
        }
    }

    @Test
    void aFolderFromBeforeTheWipeIsRefusedOnceTheNodeHasBegunAgain() throws IOException {
        var fresh = new Remembered(Past.NONE);
        open(disk, fresh).close();
        var before = disk.copy();
        Wipe.of(disk, fresh);
        open(disk, fresh).close();
        assertThatThrownBy(() -> open(before, fresh)).isInstanceOf(AmnesiaException.class);
    }

    @Test
    void aFolderThatIsItsNodesFirstDoesNotSayThatItWasWiped() throws IOException {
        var fresh = new Remembered(Past.NONE);
        for (int life = 1; life <= 2; life++) {
            try (var journal = open(disk, fresh)) {
                assertThat(journal.wipedAfter()).isZero();
            }
            assertThat(Wipe.hasSpared(disk)).isTrue();
        }
    }

    @Test
    void aFolderInUseIsNotWipedAndNothingIsRememberedOfTheAttempt() throws IOException {
        var fresh = new Remembered(Past.NONE);
        try (var journal = open(disk, fresh)) {
            assertThatThrownBy(() -> Wipe.of(disk, fresh)).isInstanceOf(RefusedFolderException.class);
            assertThat(fresh.isWiped()).isFalse();
            assertThat(journal.incarnation()).isEqualTo(1);
        }
    }

    /** Nothing is gone of a folder whose wipe is not remembered: else it would be taken for one that has lost its data. */
    @Test
    void aWipeThatIsCutOffAnywhereLeavesTheWholeOrWhatIsToBeWipedAgain() throws IOException {
        int whole = 0;
        int halves = 0;
        int steps = 0;
        for (boolean isOff = true; isOff; steps++) {
            for (int seed = 0; seed < SEEDS; seed++) {
                var cut = Scene.closedJournal();
                var remembered = new Remembered(new Past(1, 0));
                isOff = isCutOff(cut, steps + 1, seed, () -> Wipe.of(cut, remembered));
                var numbers = new Numbers();
                try (var journal = open(cut, remembered, numbers)) {
                    assertThat(numbers.last()).isEqualTo(journal.wipedAfter() == 0 ? 100 : 0);
                    whole += journal.wipedAfter() == 0 ? 1 : 0;
                } catch (RefusedFolderException e) {
                    assertThat(e)
                            .hasMessageContaining("was not wiped to the end")
                            .hasMessageContaining("Wipe it again");
                    halves++;
                    Wipe.of(cut, remembered);
                    open(cut, remembered).close();
                }
            }
        }
        assertThat(steps).isGreaterThan(3);
        assertThat(whole).isPositive();
        assertThat(halves).isPositive();
    }

    /** Who was killed has deleted the identity, and it may yet be there after a loss of power. */
    @Test
    void aWipeThatIsDoneAgainAfterAKillIsCutOffAnywhereAndLeavesNoHalfThatLooksWhole() throws IOException {
        int steps = 0;
        for (boolean isOff = true; isOff; steps++) {
            for (int seed = 0; seed < SEEDS; seed++) {
                var cut = Scene.closedJournal();
                var remembered = new Remembered(new Past(1, 0));
                cut.delete("identity");
                cut.kill();
                isOff = isCutOff(cut, steps + 1, seed, () -> Wipe.of(cut, remembered));
                assertThat(cut.names().contains("identity") ? numbersIn(cut, remembered) : 100)
                        .as("what is held by a folder that looks whole, step %s, seed %s", steps, seed)
                        .isEqualTo(100);
            }
        }
        assertThat(steps).isGreaterThan(3);
    }

    private static long numbersIn(MemoryDisk disk, Witness witness) throws IOException {
        var numbers = new Numbers();
        open(disk, witness, numbers).close();
        return numbers.last();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "18446744073709551615", "9223372036854775808", "many"})
    void anIncarnationThatNoNodeCanHaveHadIsNotTakenForTheLastBeforeAWipe(String incarnation) throws IOException {
        Wipe.of(disk, witness);
        open(disk, witness).close();
        var identity = new String(disk.bytes("identity"), StandardCharsets.UTF_8);
        assertThat(identity).contains("wiped-after: 12\n");
        disk.set(
                "identity",
                identity.replace("wiped-after: 12", "wiped-after: " + incarnation)
                        .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> open(disk, witness))
                .isInstanceOf(DamagedJournalException.class)
                .hasMessageContaining("does not say after which incarnation its node was wiped");
        assertThatThrownBy(() -> Wipe.hasSpared(disk)).isInstanceOf(DamagedJournalException.class);
    }

    @Test
    void aWipedNodeThatIsCutOffAnywhereInItsBeginningStillBeginsAsAWipedOne() throws IOException {
        int steps = 0;
        for (boolean isOff = true; isOff; steps++) {
            for (int seed = 0; seed < SEEDS; seed++) {
                var cut = new MemoryDisk();
                var remembered = new Remembered(LAST);
                remembered.wiped();
                isOff = isCutOff(cut, steps + 1, seed, () -> open(cut, remembered));
                try (var journal = open(cut, remembered)) {
                    assertThat(journal.wipedAfter()).isEqualTo(12);
                    assertThat(journal.incarnation()).isBetween(13L, 14L);
                }
            }
        }
        assertThat(steps).isGreaterThan(5);
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Whether the power failed at that step of the work, and with it went what the seed draws of what was not synced. */
    private static boolean isCutOff(MemoryDisk disk, int step, int seed, Work work) throws IOException {
        disk.offAt(disk.operations() + step);
        boolean isOff = false;
        try {
            work.run();
        } catch (PowerLoss e) {
            isOff = true;
        }
        disk.losePower(Survivors.ANY, new SplittableRandom(seed));
        return isOff;
    }

    private static Journal open(MemoryDisk disk, Witness witness) throws IOException {
        return open(disk, witness, new Numbers());
    }

    private static Journal open(MemoryDisk disk, Witness witness, Numbers numbers) throws IOException {
        return Journal.open(disk, Life.IDENTITY, Life.OPTIONS.with(witness), numbers);
    }
}
