package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingTest {
    private static final int KEYS = 6_000;

    private static List<NodeId> nodes(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new NodeId("n" + i))
                .toList();
    }

    private static long hash(int key) {
        return StateHash.of(Bytes.utf8("key:" + key));
    }

    @Test
    void eachKeyBelongsToAllNodesInSomeOrderEachOnce() {
        for (int count : new int[] {1, 2, 3, 10, 63}) {
            var ring = new Ring(nodes(count), 4);
            var first = new HashSet<NodeId>();
            for (int key = 0; key < 500; key++) {
                var order = ring.order(hash(key));
                assertThat(order).hasSize(count).doesNotHaveDuplicates();
                first.add(order.get(0));
            }
            assertThat(first.size()).isGreaterThan(count / 2);
        }
    }

    @Test
    void aKeyAtTheEndOfTheCircleBelongsToWhoIsAtItsBeginning() {
        var ring = new Ring(nodes(3), 1);
        assertThat(ring.order(Long.MAX_VALUE)).isEqualTo(ring.order(Long.MIN_VALUE));
    }

    @Test
    void theOrderIsTheSameInEveryVirtualMachineAndWhateverTheOrderOfTheNodes() {
        var ring = new Ring(nodes(5), 64);
        assertThat(IntStream.range(0, 4).mapToObj(key -> ring.order(hash(key)).toString()))
                .containsExactly(
                        "[n4, n5, n3, n2, n1]", "[n4, n3, n5, n1, n2]", "[n1, n5, n2, n4, n3]", "[n3, n4, n5, n1, n2]");
        var shuffled = new ArrayList<>(nodes(5));
        Collections.shuffle(shuffled, new Random(1));
        var other = new Ring(shuffled, 64);
        for (int key = 0; key < 500; key++) {
            assertThat(other.order(hash(key))).isEqualTo(ring.order(hash(key)));
        }
    }

    @Test
    void tokensBalanceWhatNodesHoldOfEachKeyAndOfAllCopies() {
        var ring = new Ring(nodes(5), 64);
        var first = new HashMap<NodeId, Integer>();
        var copies = new HashMap<NodeId, Integer>();
        for (int key = 0; key < KEYS; key++) {
            var owners = ring.order(hash(key)).subList(0, 3);
            first.merge(owners.get(0), 1, Integer::sum);
            owners.forEach(owner -> copies.merge(owner, 1, Integer::sum));
        }
        assertThat(first.values()).hasSize(5).allMatch(count -> isWithin(count, KEYS / 5, 40));
        assertThat(copies.values()).hasSize(5).allMatch(count -> isWithin(count, KEYS * 3 / 5, 25));
    }

    private static boolean isWithin(int count, int share, int percent) {
        return Math.abs(count - share) * 100L <= (long) share * percent;
    }

    @Test
    void aNodeMoreTakesItsShareAndNobodyElseGainsAKey() {
        var before = new Ring(nodes(5), 64);
        var after = new Ring(nodes(6), 64);
        var sixth = new NodeId("n6");
        int moved = 0;
        for (int key = 0; key < KEYS; key++) {
            var was = before.order(hash(key)).subList(0, 3);
            var is = new ArrayList<>(after.order(hash(key)).subList(0, 3));
            moved += is.contains(sixth) ? 1 : 0;
            is.remove(sixth);
            assertThat(was).as("a key less or the same").containsAll(is);
            // Whoever goes, the order of the others stays.
            var rest = new ArrayList<>(after.order(hash(key)));
            rest.remove(sixth);
            assertThat(rest).isEqualTo(before.order(hash(key)));
        }
        assertThat(isWithin(moved, KEYS * 3 / 6, 30)).as("moved %d", moved).isTrue();
    }
}
