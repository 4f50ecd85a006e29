package dcluster.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final int CLIENTS = 8;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Keys keys = new Keys(List.of(shard("a"), shard("b"), shard("c")));

    private static List<Bytes> shard(String name) {
        return IntStream.range(0, 2 * CLIENTS)
                .mapToObj(i -> Bytes.utf8(name + i))
                .toList();
    }

    /** The keys of a request. */
    private List<String> asked(Work work, int client) {
        var request = keys.request(work, client, random);
        return IntStream.range(0, request.size() / 2)
                .mapToObj(i -> request.get(1 + 2 * i).toString())
                .toList();
    }

    private static Set<Character> shards(List<String> keys) {
        return new HashSet<>(keys.stream().map(key -> key.charAt(0)).toList());
    }

    @Test
    void aTransactionOfOneShardHasTwoKeysOfIt() {
        for (int i = 0; i < 100; i++) {
            var pair = asked(Work.ONE_SHARD, 3);
            assertThat(pair).hasSize(2).doesNotHaveDuplicates();
            assertThat(shards(pair)).hasSize(1);
        }
    }

    @Test
    void aTransactionOfTwoShardsHasAKeyOfEach() {
        for (int i = 0; i < 100; i++) {
            assertThat(shards(asked(Work.TWO_SHARDS, 3))).hasSize(2);
        }
    }

    @Test
    void noTwoClientsWriteOneKeyUnlessTheyAreToContend() {
        var all = new ArrayList<String>();
        for (int client = 0; client < CLIENTS; client++) {
            var own = new HashSet<String>();
            for (int i = 0; i < 100; i++) {
                own.addAll(asked(Work.SINGLE_KEY, client));
                own.addAll(asked(Work.ONE_SHARD, client));
                own.addAll(asked(Work.TWO_SHARDS, client));
            }
            assertThat(own).hasSize(6);
            all.addAll(own);
        }
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void contendersWriteTwoOfThreeKeysOfThreeShardsInEitherOrder() {
        var pairs = new HashSet<List<String>>();
        for (int i = 0; i < 200; i++) {
            pairs.add(asked(Work.CONTENDED, i % CLIENTS));
        }
        assertThat(pairs)
                .containsExactlyInAnyOrder(
                        List.of("a0", "b0"),
                        List.of("b0", "a0"),
                        List.of("a0", "c0"),
                        List.of("c0", "a0"),
                        List.of("b0", "c0"),
                        List.of("c0", "b0"));
    }

    @Test
    void aClusterOfOneShardServesAllButTransactionsOfTwo() {
        var one = new Keys(List.of(shard("a")));
        assertThat(one.serve(Work.TWO_SHARDS)).isFalse();
        assertThat(one.serve(Work.CONTENDED)).isTrue();
        assertThat(one.request(Work.CONTENDED, 0, random)).hasSize(5);
    }
}
