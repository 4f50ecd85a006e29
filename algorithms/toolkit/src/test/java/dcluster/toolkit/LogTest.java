package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.toolkit.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LogTest {
    private record Entry(long number, long bytes) implements Sized {}

    private static Entry entry(long number, int bytes) {
        return new Entry(number, bytes);
    }

    @Test
    void aNewLogIsEmptyAndItsLastEntryHasIndexZero() {
        var log = new Log<Entry>();
        assertThat(log.firstIndex()).isEqualTo(1);
        assertThat(log.lastIndex()).isZero();
        assertThat(log.bytes()).isZero();
        assertThat(log.slice(1, 10, 1000)).isEmpty();
    }

    @Test
    void itKnowsNothingOfDiscardedEntries() {
        var log = new Log<Entry>();
        log.append(List.of(entry(1, 1), entry(2, 1), entry(5, 1)));
        log.discardThrough(2);
        assertThat(log.entry(3)).isEqualTo(entry(5, 1));
        assertThatThrownBy(() -> log.entry(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> log.slice(2, 1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> log.truncateFrom(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aSliceIsBoundedByCountAndBytesButNeverEmptyWhereThereIsAnEntry() {
        var log = new Log<Entry>();
        long each = entry(1, 100).bytes();
        log.append(List.of(entry(1, 100), entry(1, 100), entry(1, 100), entry(1, 100_000)));
        assertThat(log.slice(1, 2, Long.MAX_VALUE)).hasSize(2);
        assertThat(log.slice(1, 10, 2 * each)).hasSize(2);
        assertThat(log.slice(1, 10, 2 * each - 1)).hasSize(1);
        assertThat(log.slice(4, 10, 1)).containsExactly(log.entry(4));
        assertThat(log.slice(1, 0, Long.MAX_VALUE)).isEmpty();
        assertThat(log.slice(5, 10, 1000)).isEmpty();
    }

    @Test
    void aSliceDoesNotChangeWithTheLog() {
        var log = new Log<Entry>();
        log.append(List.of(entry(1, 1), entry(1, 2), entry(1, 3)));
        var slice = log.slice(1, 3, 1000);
        log.truncateFrom(2);
        log.append(entry(9, 9));
        assertThat(slice).containsExactly(entry(1, 1), entry(1, 2), entry(1, 3));
        assertThat(log.slice(1, 3, 1000)).containsExactly(entry(1, 1), entry(9, 9));
    }

    @Test
    void aResetLogGoesOnBehindTheSnapshot() {
        var log = new Log<Entry>();
        log.append(List.of(entry(1, 1), entry(1, 2)));
        log.reset(100);
        assertThat(log.lastIndex()).isEqualTo(100);
        assertThat(log.firstIndex()).isEqualTo(101);
        assertThat(log.bytes()).isZero();
        log.append(entry(8, 1));
        assertThat(log.lastIndex()).isEqualTo(101);
        assertThat(log.entry(101)).isEqualTo(entry(8, 1));
    }

    @Test
    void itBehavesAsAListWithAnOffset() {
        Seeds.check(300, random -> {
            var log = new Log<Entry>();
            var model = new Model();
            for (int step = 0; step < 200; step++) {
                change(log, model, random);
                compare(log, model, random);
            }
        });
    }

    /** The same, plainly: all entries ever, of which some are discarded. */
    private static final class Model {
        final List<Entry> all = new ArrayList<>();
        int discarded;
    }

    private static void change(Log<Entry> log, Model model, RandomGenerator random) {
        int last = model.all.size();
        int choice = random.nextInt(10);
        if (choice < 4) {
            var added = new ArrayList<Entry>();
            for (int i = random.nextInt(20); i > 0; i--) {
                added.add(entry(1 + last, random.nextInt(50)));
            }
            log.append(added);
            model.all.addAll(added);
        } else if (choice < 7) {
            log.append(entry(1 + last, 8));
            model.all.add(entry(1 + last, 8));
        } else if (choice < 8) {
            int from = random.nextInt(model.discarded + 1, last + 2);
            log.truncateFrom(from);
            model.all.subList(from - 1, last).clear();
        } else if (choice < 9) {
            model.discarded = random.nextInt(model.discarded, last + 1);
            log.discardThrough(model.discarded);
        }
    }

    private static void compare(Log<Entry> log, Model model, RandomGenerator random) {
        int last = model.all.size();
        var held = model.all.subList(model.discarded, last);
        assertThat(log.firstIndex()).isEqualTo(model.discarded + 1);
        assertThat(log.lastIndex()).isEqualTo(last);
        assertThat(log.size()).isEqualTo(held.size());
        assertThat(log.bytes()).isEqualTo(held.stream().mapToLong(Entry::bytes).sum());
        int from = random.nextInt(model.discarded + 1, last + 2);
        int to = Math.min(last, from - 1 + random.nextInt(1, 10));
        assertThat(log.slice(from, to - from + 1, Long.MAX_VALUE)).isEqualTo(model.all.subList(from - 1, to));
        assertThat(log.bytesBetween(from - 1, to))
                .isEqualTo(model.all.subList(from - 1, to).stream()
                        .mapToLong(Entry::bytes)
                        .sum());
        for (int index = from; index <= to; index++) {
            assertThat(log.entry(index)).isEqualTo(model.all.get(index - 1));
        }
    }

    @Test
    void appendingAndDiscardingForeverKeepsMemoryBounded() {
        var log = new Log<Entry>();
        for (int i = 1; i <= 1_000_000; i++) {
            log.append(entry(1, 8));
            if (i > 1_000) {
                log.discardThrough(i - 1_000L);
            }
        }
        assertThat(log.size()).isEqualTo(1_000);
        assertThat(log.capacity()).isLessThanOrEqualTo(4_000);
    }
}
