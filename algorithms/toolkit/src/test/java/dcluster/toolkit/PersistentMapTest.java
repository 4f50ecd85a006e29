package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.toolkit.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PersistentMapTest {
    /** A key whose hash the test chooses. */
    record Key(int hash, int number) implements Comparable<Key> {
        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public int compareTo(Key other) {
            return Integer.compare(number, other.number);
        }
    }

    private static <K extends Comparable<? super K>, V> Map<K, V> content(PersistentMap<K, V> map) {
        var content = new TreeMap<K, V>();
        for (var entry : map) {
            assertThat(content.put(entry.key(), entry.value())).isNull();
        }
        return content;
    }

    private static <K extends Comparable<? super K>, V> List<K> order(PersistentMap<K, V> map) {
        var order = new ArrayList<K>();
        map.forEach(entry -> order.add(entry.key()));
        return order;
    }

    @Test
    void itBehavesAsAMapAlsoWhereHashesCollide() {
        Seeds.check(1_000, random -> {
            int hashes = random.nextInt(1, 40);
            var map = PersistentMap.<Key, Integer>empty();
            var model = new TreeMap<Key, Integer>();
            for (int step = 0; step < 150; step++) {
                int number = random.nextInt(60);
                var key = new Key(number % hashes, number);
                if (random.nextInt(5) < 3) {
                    map = map.put(key, step);
                    model.put(key, step);
                } else {
                    map = map.remove(key);
                    model.remove(key);
                }
                assertThat(map.get(key)).isEqualTo(model.get(key));
                assertThat(map.size()).isEqualTo(model.size());
            }
            assertThat(content(map)).isEqualTo(model);
            assertThat(map.isEmpty()).isEqualTo(model.isEmpty());
        });
    }

    @Test
    void theOrderOfIterationDependsOnTheContentAlone() {
        Seeds.check(500, random -> {
            int hashes = random.nextInt(1, 200);
            var keys = new ArrayList<Key>();
            for (int number = 0; number < 100; number++) {
                keys.add(new Key(number % hashes, number));
            }
            var kept = keys.subList(0, random.nextInt(101));
            var straight = PersistentMap.<Key, Integer>empty();
            for (var key : kept) {
                straight = straight.put(key, 0);
            }
            var roundabout = PersistentMap.<Key, Integer>empty();
            Collections.shuffle(keys, new Random(random.nextLong()));
            for (var key : keys) {
                roundabout = roundabout.put(key, 0);
            }
            for (var key : keys) {
                roundabout = key.number() < kept.size() ? roundabout : roundabout.remove(key);
            }
            assertThat(order(roundabout)).isEqualTo(order(straight));
        });
    }

    @Test
    void allVersionsLiveOnUnchanged() {
        var versions = new ArrayList<PersistentMap<Integer, Integer>>();
        var models = new ArrayList<Map<Integer, Integer>>();
        var map = PersistentMap.<Integer, Integer>empty();
        var model = new TreeMap<Integer, Integer>();
        var random = new Random(1);
        for (int step = 0; step < 500; step++) {
            versions.add(map);
            models.add(new TreeMap<>(model));
            int key = random.nextInt(200);
            if (random.nextInt(3) == 0) {
                map = map.remove(key);
                model.remove(key);
            } else {
                map = map.put(key, step);
                model.put(key, step);
            }
        }
        for (int i = 0; i < versions.size(); i++) {
            assertThat(content(versions.get(i))).isEqualTo(models.get(i));
        }
    }

    @Test
    void aHundredThousandKeysComeAndGo() {
        var map = PersistentMap.<String, Integer>empty();
        var model = new HashMap<String, Integer>();
        for (int i = 0; i < 100_000; i++) {
            map = map.put("key" + i, i);
            model.put("key" + i, i);
        }
        assertThat(map.size()).isEqualTo(100_000);
        assertThat(content(map)).isEqualTo(model);
        for (int i = 0; i < 100_000; i++) {
            map = map.remove("key" + i);
        }
        assertThat(map.isEmpty()).isTrue();
    }

    @Test
    void removingWhatIsNotThereReturnsTheSameMap() {
        var map = PersistentMap.<Key, Integer>empty()
                .put(new Key(0, 1), 1)
                .put(new Key(0, 2), 2)
                .put(new Key(3, 3), 3);
        assertThat(map.remove(new Key(0, 9))).isSameAs(map);
        assertThat(map.remove(new Key(3, 9))).isSameAs(map);
        assertThat(map.remove(new Key(77, 9))).isSameAs(map);
    }

    @Test
    void anIteratorBehindTheLastEntryThrows() {
        var iterator = PersistentMap.<Integer, Integer>empty().put(1, 1).iterator();
        iterator.next();
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void theOrderOfIterationIsTheSameInEveryVirtualMachine() {
        var map = PersistentMap.<String, Integer>empty();
        for (int i = 0; i < 10; i++) {
            map = map.put("key" + i, i);
        }
        assertThat(order(map)).hasToString("[key0, key4, key5, key6, key3, key2, key7, key1, key9, key8]");
    }
}
