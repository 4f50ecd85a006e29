package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.journal.MemoryDisk.Survivors;
import java.io.IOException;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Switches the machine off before each single operation on the disk, and looks at what comes back. */
@Tag("hard-case-15")
@Tag("hard-case-28")
final class CrashTest {
    private static final int RANDOM_VARIANTS = 6;

    private interface Script {
        void run(Life life) throws IOException;
    }

    @Test
    void openingANewFolderMayCrashAnywhere() throws IOException {
        assertThat(crashEverywhere(life -> {}, Life::open)).isGreaterThan(10);
    }

    @Test
    void openingAFolderMayCrashAnywhere() throws IOException {
        crashEverywhere(
                life -> {
                    life.open();
                    life.write(5);
                    life.force();
                    life.write(20);
                    life.kill();
                },
                Life::open);
    }

    @Test
    void writingAndForcingMayCrashAnywhere() throws IOException {
        crashEverywhere(Life::open, life -> {
            life.write(3);
            life.force();
            life.write(30);
            life.write(1);
            life.force();
            life.write(2);
        });
    }

    @Test
    void rollingOverMayCrashAnywhere() throws IOException {
        crashEverywhere(Life::open, life -> {
            for (int i = 0; i < 6; i++) {
                life.write(20);
                life.prepare();
                life.write(5);
                life.force();
            }
            life.write(100);
            life.write(100);
            life.force();
        });
    }

    @Test
    void compactingMayCrashAnywhere() throws IOException {
        crashEverywhere(CrashTest::grown, life -> {
            for (int i = 0; i < 2; i++) {
                life.write(3);
                life.compact();
                life.write(4);
                life.compact();
                life.force();
                life.compact();
                life.write(40);
                life.prepare();
                life.compact();
                life.write(1);
            }
        });
    }

    @Test
    void abandoningACompactionMayCrashAnywhere() throws IOException {
        crashEverywhere(CrashTest::grown, life -> {
            life.compact();
            life.write(4);
            life.compact();
            life.abandon();
            life.compact();
            life.write(1);
            life.close();
        });
    }

    @Test
    void closingMayCrashAnywhere() throws IOException {
        crashEverywhere(CrashTest::grown, life -> {
            life.write(7);
            life.close();
        });
    }

    @Test
    void recoveringFromACrashMayCrashAnywhere() throws IOException {
        for (int seed = 0; seed < 8; seed++) {
            int variant = seed;
            crashEverywhere(
                    life -> {
                        grown(life);
                        life.write(9);
                        for (int i = 0; i < 2 + variant % 4; i++) {
                            life.compact();
                            life.write(12);
                        }
                        life.write(30);
                        life.losePower(Survivors.ANY, new Random(variant));
                    },
                    Life::open);
        }
    }

    private static void grown(Life life) throws IOException {
        life.open();
        for (int i = 0; i < 3; i++) {
            life.write(25);
            life.force();
        }
        life.write(2);
    }

    /** Returns how many operations the script took, each of which was crashed before. */
    private static long crashEverywhere(Script before, Script script) throws IOException {
        var counted = new MemoryDisk();
        var undisturbed = new Life(counted);
        before.run(undisturbed);
        long start = counted.operations();
        script.run(undisturbed);
        long operations = counted.operations() - start;
        for (long crash = 1; crash <= operations + 1; crash++) {
            for (int variant = 0; variant < RANDOM_VARIANTS + 3; variant++) {
                crash(before, script, crash, variant);
            }
        }
        return operations;
    }

    private static void crash(Script before, Script script, long crash, int variant) throws IOException {
        var disk = new MemoryDisk();
        var life = new Life(disk);
        before.run(life);
        disk.offAt(disk.operations() + crash);
        try {
            script.run(life);
        } catch (MemoryDisk.PowerLoss expected) {
            assertThat(expected).isNotNull();
        } catch (AbandonedException expected) {
            assertThat(expected).hasCauseInstanceOf(MemoryDisk.PowerLoss.class);
        }
        try {
            comeBack(life, variant);
        } catch (IOException | AssertionError e) {
            throw new AssertionError("crash before operation " + crash + ", variant " + variant, e);
        }
    }

    private static void comeBack(Life life, int variant) throws IOException {
        var random = new Random(variant);
        switch (variant) {
            case 0 -> life.losePower(Survivors.NOTHING, random);
            case 1 -> life.losePower(Survivors.EVERYTHING, random);
            case 2 -> life.kill();
            default -> life.losePower(Survivors.ANY, random);
        }
        life.open();
        goOn(life, random);
    }

    /** What came back must be durable now, and must take new records. */
    private static void goOn(Life life, RandomGenerator random) throws IOException {
        life.losePower(Survivors.NOTHING, random);
        life.open();
        life.write(3);
        life.force();
        life.losePower(Survivors.ANY, random);
        life.open();
        life.write(2);
        life.close();
        life.open();
    }
}
