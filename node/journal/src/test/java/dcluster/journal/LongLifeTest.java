package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.journal.MemoryDisk.Survivors;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random lives of a journal, each from a seed; {@code -Ddcluster.seeds=100000} makes a campaign of it. */
@Tag("hard-case-15")
final class LongLifeTest {
    private static final int SEEDS = Integer.getInteger("dcluster.seeds", 2000);
    private static final int STEPS = 60;

    private long crashes;
    private long tailsCut;
    private long recordsLost;
    private long compactions;
    private long failures;

    @Test
    void nothingDurableIsLostInAnyLife() {
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                live(new Random(seed));
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(crashes).as("crashes").isGreaterThan(SEEDS);
        assertThat(tailsCut).as("tails cut").isGreaterThan(SEEDS / 5);
        assertThat(recordsLost).as("undurable records lost").isGreaterThan(SEEDS / 5);
        assertThat(failures).as("failed writes and syncs").isGreaterThan(SEEDS);
        assertThat(compactions).as("compactions finished").isGreaterThan(SEEDS / 5);
    }

    private void live(Random random) throws IOException {
        var disk = new MemoryDisk();
        var life = new Life(disk);
        openAtLast(life, disk, random);
        for (int i = 0; i < STEPS; i++) {
            try {
                step(life, disk, random);
            } catch (MemoryDisk.PowerLoss e) {
                losePower(life, random);
                openAtLast(life, disk, random);
            } catch (IOException e) {
                failures++;
                life.kill();
                openAtLast(life, disk, random);
            }
        }
        life.kill();
        openAtLast(life, disk, random);
        compactions += life.compactions();
    }

    private void step(Life life, MemoryDisk disk, Random random) throws IOException {
        switch (random.nextInt(32)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> life.write(1 + random.nextInt(20));
            case 8, 9, 10, 11, 12 -> life.force();
            case 13, 14, 15, 16, 17, 18, 19, 20 -> life.compact();
            case 21 -> life.abandon();
            case 22, 23 -> life.prepare();
            case 24 -> {
                life.kill();
                openAtLast(life, disk, random);
            }
            case 25, 26 -> {
                losePower(life, random);
                openAtLast(life, disk, random);
            }
            case 27 -> {
                life.close();
                openAtLast(life, disk, random);
            }
            case 28 -> disk.failNextForce();
            case 29 -> disk.failNextWrite();
            default -> disk.offAt(disk.operations() + 1 + random.nextInt(30));
        }
    }

    private void losePower(Life life, Random random) {
        var all = Survivors.values();
        life.losePower(all[random.nextInt(all.length)], random);
        crashes++;
    }

    /** Opening may be cut short as well. */
    private void openAtLast(Life life, MemoryDisk disk, Random random) throws IOException {
        long written = life.written();
        if (random.nextInt(4) == 0) {
            disk.offAt(disk.operations() + 1 + random.nextInt(30));
        }
        try {
            life.open();
        } catch (MemoryDisk.PowerLoss e) {
            losePower(life, random);
            openAtLast(life, disk, random);
            return;
        } catch (DamagedJournalException | RefusedFolderException e) {
            throw e;
        } catch (IOException e) {
            failures++;
            life.kill();
            openAtLast(life, disk, random);
            return;
        }
        tailsCut += life.journal().recovery().cut().isPresent() ? 1 : 0;
        recordsLost += written - life.written();
    }
}
