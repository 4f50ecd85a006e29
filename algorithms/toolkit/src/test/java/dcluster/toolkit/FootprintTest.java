package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what a store says of its size against what the heap says. */
class FootprintTest {
    @ParameterizedTest(name = "{0} texts of {1} bytes")
    @CsvSource({"200000, 0", "200000, 1", "200000, 8", "100000, 100", "20000, 1000", "400, 100000"})
    void textsTakeWhatIsSaidOrALittleLess(int count, int valueBytes) {
        assertHonest(store -> each(count, i -> new Command.Put(key(i), value(valueBytes)), store));
    }

    @ParameterizedTest(name = "{0} lists of {1} elements of {2} bytes")
    @CsvSource({"100000, 1, 1", "40000, 5, 10", "1000, 100, 100", "1, 300000, 1", "1, 20000, 1000"})
    void listsTakeWhatIsSaidOrALittleLess(int count, int elements, int elementBytes) {
        assertHonest(store -> {
            for (int i = 0; i < elements; i++) {
                boolean append = i % 2 == 0;
                each(
                        count,
                        key -> append
                                ? new Command.Append(key(key), List.of(value(elementBytes)))
                                : new Command.Prepend(key(key), List.of(value(elementBytes))),
                        store);
            }
        });
    }

    /** Overwritten and deleted content leaves nothing behind, neither on the heap nor in the figure. */
    @ParameterizedTest(name = "{0} texts after {0} others")
    @CsvSource({"50000"})
    void whatIsGoneIsNotCounted(int count) {
        assertHonest(store -> {
            each(count, i -> new Command.Put(key(i), value(500)), store);
            each(count, i -> new Command.Append(key(count + i), List.of(value(50))), store);
            each(count, i -> i % 2 == 0 ? new Command.Delete(key(i)) : new Command.Put(key(i), value(20)), store);
            each(count, i -> new Command.Delete(key(count + i)), store);
        });
    }

    @ParameterizedTest(name = "{0} sessions that remember a number")
    @CsvSource({"50000"})
    void sessionsTakeWhatIsSaidOrALittleLess(int count) {
        assertHonest(store -> {
            each(count, i -> new Command.OpenSession(), store);
            each(count, i -> new Command.InSession(i + 1L, 1, new Command.Increment(key(1), 1)), store);
        });
    }

    @ParameterizedTest(name = "{0} sessions that remember a text of {1} bytes")
    @CsvSource({"50000, 40", "20000, 500", "10000, 3900"})
    void whatTheyRememberCountsToo(int count, int valueBytes) {
        assertHonest(store -> {
            each(count, i -> new Command.OpenSession(), store);
            each(count, i -> new Command.InSession(i + 1L, 1, exchange(valueBytes)), store);
        });
    }

    private static Command exchange(int valueBytes) {
        return new Command.Put(key(1), value(valueBytes), Command.Condition.ALWAYS, true);
    }

    /** What the heap loses with the store is what the store took: who filled it may have left something there, too. */
    private static void assertHonest(Consumer<Store> fill) {
        var only = new ArrayList<>(List.of(new Store(1_000_000)));
        fill.accept(only.get(0));
        long said = only.get(0).memoryBytes();
        long full = used();
        only.clear();
        long taken = full - used();
        // What the test itself leaves on the heap is some hundred kilobytes.
        assertThat(said).as("said, of %d bytes really taken", taken).isBetween(taken * 97 / 100, taken * 14 / 10);
    }

    private static void each(int count, IntFunction<Command> command, Store store) {
        IntStream.range(0, count).mapToObj(command).forEach(store::apply);
    }

    private static Bytes key(int number) {
        return Bytes.utf8("key:" + number);
    }

    private static Bytes value(int size) {
        return Bytes.copyOf(new byte[size + 1], 0, size);
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
