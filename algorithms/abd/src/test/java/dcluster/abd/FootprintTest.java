package dcluster.abd;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.toolkit.KeyedState;
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
        // What the virtual machine lets go of by itself is gone before.
        used();
        var only = new ArrayList<>(List.of(registers(count, valueBytes)));
        long said = only.get(0).memoryBytes();
        long full = used();
        only.clear();
        long taken = full - used();
        // What it lets go of meanwhile, half a megabyte at times, seems to be taken, too.
        assertThat(said).as("said, of %d bytes really taken", taken).isBetween(taken * 95 / 100, taken * 14 / 10);
    }

    private static KeyedState<Register> registers(int count, int valueBytes) {
        var registers = KeyedState.<Register>empty();
        for (int i = 0; i < count; i++) {
            registers = registers.with(Bytes.utf8("key:" + i), register(valueBytes));
        }
        return registers;
    }

    private static Register register(int valueBytes) {
        var value = valueBytes < 0
                ? Optional.<Bytes>empty()
                : Optional.of(Bytes.copyOf(new byte[valueBytes + 1], 0, valueBytes));
        return new Register(new Tag(1, Rig.N1, 1), value);
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
