package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import dcluster.toolkit.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

    /** Ascending, descending and at random are what breaks trees that are not balanced. */
    @Test
    void keysThatShareAHashCostALogarithm() {
        for (int kind = 0; kind < 3; kind++) {
            var numbers =
                    new ArrayList<Integer>(IntStream.range(0, 5_000).boxed().toList());
            if (kind == 1) {
                Collections.shuffle(numbers, new Random(kind));
            }
            var map = PersistentMap.<Key, Integer>empty();
            for (int number : numbers) {
                map = map.put(new Key(7, kind == 2 ? -number : number), number);
                assertBalanced(map, map.size() % 500 == 0);
            }
            Collections.shuffle(numbers, new Random(kind + 10));
            for (int number : numbers.subList(0, 4_990)) {
                map = map.remove(new Key(7, kind == 2 ? -number : number));
                assertBalanced(map, map.size() % 500 == 0);
            }
            assertThat(map.size()).isEqualTo(10);
        }
    }

    private static void assertBalanced(PersistentMap<Key, Integer> map, boolean look) {
        if (look && map.root() instanceof Collision<Key, Integer> tree) {
            // The least balanced AVL tree of n nodes is less than 1.45 log2(n + 2) high.
            assertThat((double) heightOf(tree)).isLessThan(1.45 * Math.log(tree.size() + 2.0) / Math.log(2));
        }
    }

    /** Also that each side is, and knows how high it is. */
    private static int heightOf(Trie.@Nullable OneHash<Key, Integer> side) {
        if (!(side instanceof Collision<Key, Integer> tree)) {
            return side == null ? 0 : 1;
        }
        int lesser = heightOf(tree.lesser);
        int greater = heightOf(tree.greater);
        assertThat(Math.abs(lesser - greater)).isLessThanOrEqualTo(1);
        assertThat(tree.height()).isEqualTo(1 + Math.max(lesser, greater));
        return tree.height();
    }

    /** Each of the two letters' pairs has the hash of the other: so 2^16 texts of one hash, which anybody can send. */
    @Test
    void tensOfThousandsOfTextsOfOneHashAreStoredQuickly() {
        var map = PersistentMap.<Bytes, Integer>empty();
        for (int i = 0; i < 1 << 16; i++) {
            var text = new StringBuilder();
            for (int bit = 0; bit < 16; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            map = map.put(Bytes.utf8(text.toString()), i);
        }
        assertThat(map.root()).isInstanceOfSatisfying(Collision.class, tree -> {
            assertThat(tree.size()).isEqualTo(1 << 16);
            assertThat(tree.height()).isLessThan(24);
        });
    }

    @Test
    void thePartsDivideTheIterationAndKeepItsOrder() {
        Seeds.check(300, random -> {
            var map = PersistentMap.<Key, Integer>empty();
            int keys = random.nextInt(200);
            int hashes = random.nextInt(1, 200);
            for (int number = 0; number < keys; number++) {
                map = map.put(new Key(random.nextInt(hashes), number), number);
            }
            var inParts = new TreeMap<Integer, List<Key>>();
            for (var mapping : map) {
                inParts.computeIfAbsent(PersistentMap.part(mapping.key()), part -> new ArrayList<>())
                        .add(mapping.key());
            }
            for (int part = 0; part < PersistentMap.PARTS; part++) {
                var found = new ArrayList<Key>();
                map.part(part).forEachRemaining(mapping -> found.add(mapping.key()));
                assertThat(found).isEqualTo(inParts.getOrDefault(part, List.of()));
            }
        });
    }

    @Test
    void aPartOfOneKeyAloneOrOfNoneIsFoundAtTheTopOfTheTrie() {
        var alone = new Key(7, 1);
        var map = PersistentMap.<Key, Integer>empty().put(alone, 1);
        for (int part = 0; part < PersistentMap.PARTS; part++) {
            assertThat(map.part(part).hasNext()).isEqualTo(part == PersistentMap.part(alone));
            assertThat(PersistentMap.<Key, Integer>empty().part(part).hasNext()).isFalse();
        }
    }
}
