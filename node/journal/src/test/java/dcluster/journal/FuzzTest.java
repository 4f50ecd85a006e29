package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mutated folders, each from a seed; {@code -Ddcluster.mutations=1000000} makes a campaign of it. */
final class FuzzTest {
    private static final int MUTATIONS = Integer.getInteger("dcluster.mutations", 6000);

    /** Fixed buffers and the like; beyond these an opening may take a few times what the files hold. */
    private static final long BASE_BYTES = 2 << 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aMutatedFolderIsOpenedOrRefusedWithAClearMessage() throws IOException {
        var closed = Scene.closedJournal();
        var killed = Scene.closedJournal();
        Scene.open(killed, new Numbers()).write(Numbers.batch(101, 130));
        killed.kill();
        int refused = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            var random = new Random(seed);
            var disk = (seed % 2 == 0 ? closed : killed).copy();
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutate(disk, random);
            }
            refused += isRefused(disk, seed) ? 1 : 0;
        }
        assertThat(refused).isBetween(MUTATIONS / 5, MUTATIONS * 99 / 100);
    }

    private boolean isRefused(MemoryDisk disk, int seed) {
        long bytes =
                disk.names().stream().mapToLong(name -> disk.bytes(name).length).sum();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Scene.replay(disk);
            return false;
        } catch (DamagedJournalException | RefusedFolderException e) {
            assertThat(e.getMessage()).contains("/memory");
            return true;
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated).as("bytes allocated with seed %d", seed).isLessThan(BASE_BYTES + 20 * bytes);
        }
    }

    private static void mutate(MemoryDisk disk, Random random) {
        var names = disk.names();
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        byte[] content = disk.bytes(name);
        switch (random.nextInt(8)) {
            case 0 -> disk.remove(name);
            case 1 -> disk.set(names.get(random.nextInt(names.size())), content);
            case 2 -> disk.set(FileNames.segment(random.nextInt(9)), content);
            case 3 -> disk.set(name, Arrays.copyOf(content, random.nextInt(2 * content.length + 1)));
            case 4 -> disk.set(name, shifted(content, random));
            case 5 -> disk.set(name, overwritten(content, new byte[random.nextInt(2000)], random));
            case 6 -> disk.set(name, overwritten(content, garbage(random), random));
            default -> disk.set(name, bitFlipped(content, random));
        }
    }

    private static byte[] garbage(Random random) {
        var garbage = new byte[random.nextInt(64)];
        random.nextBytes(garbage);
        return garbage;
    }

    private static byte[] shifted(byte[] content, Random random) {
        int from = somewhere(content, random);
        int to = somewhere(content, random);
        var result = content.clone();
        int length = Math.min(random.nextInt(3000), content.length - Math.max(from, to));
        System.arraycopy(content, from, result, to, length);
        return result;
    }

    private static byte[] overwritten(byte[] content, byte[] by, Random random) {
        var result = content.clone();
        int at = somewhere(content, random);
        System.arraycopy(by, 0, result, at, Math.min(by.length, content.length - at));
        return result;
    }

    private static byte[] bitFlipped(byte[] content, Random random) {
        var result = content.clone();
        if (content.length > 0) {
            result[somewhere(content, random)] ^= (byte) (1 << random.nextInt(8));
        }
        return result;
    }

    /** Rather where something is than in the empty rest of the first page. */
    private static int somewhere(byte[] content, Random random) {
        if (content.length == 0) {
            return 0;
        }
        int at = random.nextInt(content.length);
        boolean empty = at >= FileHeader.BYTES && at < FileHeader.DATA_START;
        return empty ? at % FileHeader.BYTES : at;
    }
}
