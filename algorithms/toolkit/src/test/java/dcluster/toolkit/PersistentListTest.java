package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.toolkit.testing.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersistentListTest {
    @Test
    void itBehavesAsADeque() {
        Seeds.check(50, random -> {
            int appends = random.nextInt(11);
            var list = PersistentList.<Integer>empty();
            var model = new ArrayDeque<Integer>();
            for (int i = random.nextInt(3_000); i > 0; i--) {
                if (random.nextInt(10) < appends) {
                    list = list.append(i);
                    model.addLast(i);
                } else {
                    list = list.prepend(i);
                    model.addFirst(i);
                }
            }
            var expected = new ArrayList<>(model);
            assertThat(list).isEqualTo(expected);
            int to = random.nextInt(expected.size() + 1);
            int from = random.nextInt(to + 1);
            assertThat(list.slice(from, to)).isEqualTo(expected.subList(from, to));
        });
    }

    @Test
    void theTreeGrowsALevelWithoutLosingAnElement() {
        // 32 in the tail, 32^2 below the first root, 32^3 below the second: one beyond each.
        for (int size : new int[] {0, 1, 32, 33, 64, 1_024, 1_056, 1_057, 32_768, 32_800, 32_801, 100_000}) {
            var appended = PersistentList.<Integer>empty();
            var prepended = PersistentList.<Integer>empty();
            for (int i = 0; i < size; i++) {
                appended = appended.append(i);
                prepended = prepended.prepend(size - 1 - i);
            }
            assertThat(appended.size()).isEqualTo(size);
            for (int i = 0; i < size; i++) {
                assertThat(appended.get(i)).isEqualTo(i);
                assertThat(prepended.get(i)).isEqualTo(i);
            }
        }
    }

    @Test
    void allVersionsLiveOnUnchanged() {
        var versions = new ArrayList<PersistentList<Integer>>();
        var list = PersistentList.<Integer>empty();
        for (int i = 0; i < 2_000; i++) {
            versions.add(list);
            list = list.append(i);
        }
        // A second future of each version must not show through into the first.
        versions.forEach(version -> version.append(-1).prepend(-2));
        for (int size = 0; size < versions.size(); size++) {
            assertThat(versions.get(size).size()).isEqualTo(size);
            assertThat(size == 0 || versions.get(size).get(size - 1) == size - 1)
                    .isTrue();
        }
    }

    @Test
    void whatIsOutsideIsRefused() {
        var list = PersistentList.<Integer>empty().append(1).prepend(0);
        assertThatThrownBy(() -> list.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> list.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> list.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> list.add(2)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(list.slice(2, 2)).isEqualTo(List.of());
    }
}
