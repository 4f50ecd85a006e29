package dcluster.abd;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.abd.AbdRecord.Stored;
import dcluster.spi.Bytes;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what registers say of their size against what the heap says; tags share the names of their writers, as decoded. */
class FootprintTest {
    @ParameterizedTest(name = "{0} registers of {1} bytes, -1 if deleted")
    @CsvSource({"100000, -1", "100000, 0", "100000, 100", "20000, 1000"})
    void registersTakeWhatIsSaidOrALittleLess(int count, int valueBytes) {
        var only = new ArrayList<>(List.of(new Registers()));
        for (int i = 0; i < count; i++) {
            only.get(0).replay(stored(i, valueBytes));
        }
        long said = only.get(0).freeze().memoryBytes();
        long full = used();
        only.clear();
        long taken = full - used();
        assertThat(said).as("said, of %d bytes really taken", taken).isBetween(taken * 97 / 100, taken * 14 / 10);
    }

    private static Stored stored(int number, int valueBytes) {
        var value = valueBytes < 0
                ? Optional.<Bytes>empty()
                : Optional.of(Bytes.copyOf(new byte[valueBytes + 1], 0, valueBytes));
        return new Stored(Bytes.utf8("key:" + number), new Tag(1, Rig.N1, 1), value);
    }

    /** The serial collector leaves dead objects where they are, if they are few, in three of four full collections. */
    private static long used() {
        var heap = ManagementFactory.getMemoryMXBean();
        for (int collection = 0; collection < 4; collection++) {
            heap.gc();
        }
        return heap.getHeapMemoryUsage().getUsed();
    }
}
