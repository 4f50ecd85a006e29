package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Append;
import dcluster.spi.Command.Delete;
import dcluster.spi.Command.Prepend;
import dcluster.spi.Command.Put;
import dcluster.spi.Limits;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.testing.RandomCommands;
import dcluster.toolkit.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FrozenTest {
    private static final Bytes K = Bytes.utf8("k");
    private static final Bytes OTHER = Bytes.utf8("other");

    private static Store storeOf(List<Command> commands) {
        var store = new Store();
        commands.forEach(store::apply);
        return store;
    }

    private static Store random(RandomGenerator random, int count) {
        var store = new Store();
        var commands = new RandomCommands(random, 20);
        for (int i = 0; i < count; i++) {
            store.apply(commands.next());
        }
        return store;
    }

    private static List<StoreChunk> chunks(Frozen frozen, int bytes) {
        var chunks = new ArrayList<StoreChunk>();
        frozen.chunks(bytes).forEachRemaining(chunks::add);
        return chunks;
    }

    private static Store restored(List<StoreChunk> chunks) {
        var store = new Store();
        chunks.forEach(store::restore);
        return store;
    }

    private static long bytes(StoreChunk chunk) {
        return restored(List.of(fromZero(chunk))).bytes();
    }

    /** The chunk with its lists moved to the head, so that it can be restored alone. */
    private static StoreChunk fromZero(StoreChunk chunk) {
        return new StoreChunk(
                chunk.changes(),
                chunk.parts().stream()
                        .map(part -> part instanceof StoreChunk.ListPart list
                                ? new StoreChunk.ListPart(list.key(), list.version(), 0, list.elements())
                                : part)
                        .toList());
    }

    private static void equal(Store actual, Frozen expected) {
        assertThat(actual.hash()).isEqualTo(expected.hash());
        assertThat(actual.bytes()).isEqualTo(expected.bytes());
        assertThat(actual.size()).isEqualTo(expected.size());
        assertThat(chunks(actual.freeze(), 1_000)).isEqualTo(chunks(expected, 1_000));
    }

    @Test
    void aFrozenStoreDoesNotSeeWhatIsWrittenAfterwards() {
        Seeds.check(200, random -> {
            var store = random(random, 100);
            var frozen = store.freeze();
            var hash = frozen.hash();
            var before = chunks(frozen, 100);
            var underWay = frozen.chunks(100);
            var commands = new RandomCommands(random, 20);
            var meanwhile = new ArrayList<StoreChunk>();
            while (underWay.hasNext()) {
                meanwhile.add(underWay.next());
                store.apply(commands.next());
            }
            assertThat(meanwhile).isEqualTo(before);
            assertThat(frozen.hash()).isEqualTo(hash);
        });
    }

    @Test
    void chunksOfAnySizeMakeTheSameStoreAgain() {
        Seeds.check(500, random -> {
            var frozen = random(random, 200).freeze();
            int bytes = random.nextInt(1, 400);
            var chunks = chunks(frozen, bytes);
            equal(restored(chunks), frozen);
            assertThat(chunks(frozen, bytes)).isEqualTo(chunks);
        });
    }

    @Test
    void aChunkIsNoLargerThanAskedUnlessASingleValueIs() {
        Seeds.check(500, random -> {
            var frozen = random(random, 200).freeze();
            int bytes = random.nextInt(1, 400);
            for (var chunk : chunks(frozen, bytes)) {
                boolean alone = chunk.parts().size() == 1
                        && (chunk.parts().get(0) instanceof StoreChunk.TextPart
                                || ((StoreChunk.ListPart) chunk.parts().get(0))
                                                .elements()
                                                .size()
                                        == 1);
                assertThat(alone || bytes(chunk) <= bytes).as("%s", chunk).isTrue();
            }
        });
    }

    @Test
    void aLongListSpansManyChunks() {
        var store = new Store();
        for (int i = 0; i < 1_000; i++) {
            var elements = new ArrayList<Bytes>();
            for (int j = 0; j < 100; j++) {
                elements.add(Bytes.utf8("element " + (100 * i + j)));
            }
            store.apply(i % 3 == 0 ? new Prepend(K, elements) : new Append(K, elements));
        }
        store.apply(new Put(Bytes.utf8("other"), Bytes.utf8("v")));
        var chunks = chunks(store.freeze(), Limits.CHUNK_BYTES);
        assertThat(chunks).hasSizeGreaterThan(5).allMatch(chunk -> bytes(chunk) <= Limits.CHUNK_BYTES);
        equal(restored(chunks), store.freeze());
    }

    @Test
    void aTextOfTheLargestSizeStandsAlone() {
        var large = new byte[Limits.MAX_VALUE_BYTES];
        new Random(1).nextBytes(large);
        var store = new Store();
        for (int i = 0; i < 10; i++) {
            store.apply(new Put(Bytes.utf8("small" + i), Bytes.utf8("v")));
        }
        store.apply(new Put(K, Bytes.copyOf(large)));
        store.apply(new Append(Bytes.utf8("l"), List.of(Bytes.copyOf(large), Bytes.utf8("a"), Bytes.copyOf(large))));
        var chunks = chunks(store.freeze(), Limits.CHUNK_BYTES);
        assertThat(chunks)
                .filteredOn(chunk -> bytes(chunk) > Limits.CHUNK_BYTES)
                .hasSize(3);
        assertThat(chunks)
                .filteredOn(chunk -> bytes(chunk) > Limits.CHUNK_BYTES)
                .allMatch(chunk -> chunk.parts().size() == 1);
        equal(restored(chunks), store.freeze());
    }

    @Test
    void anEmptyStoreHasOneChunkThatTellsHowOftenItChanged() {
        var emptied = storeOf(List.of(new Put(K, K), new Delete(K)));
        assertThat(chunks(emptied.freeze(), 100)).containsExactly(new StoreChunk(2, List.of()));
        var chunks = new Store().freeze().chunks(100);
        assertThat(chunks.next()).isEqualTo(new StoreChunk(0, List.of()));
        assertThat(chunks.hasNext()).isFalse();
        assertThatThrownBy(chunks::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aLostARepeatedOrAMisplacedPieceOfAListIsRefused() {
        var store = storeOf(List.of(new Append(K, Collections.nCopies(100, Bytes.utf8("element")))));
        var chunks = chunks(store.freeze(), 500);
        for (var wrong : List.of(
                List.of(chunks.get(1)), List.of(chunks.get(0), chunks.get(0)), List.of(chunks.get(0), chunks.get(2)))) {
            assertThatThrownBy(() -> restored(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not continue the list");
        }
    }

    @Test
    void theHashDependsOnTheContentAloneNotOnTheOrderInWhichItCame() {
        Seeds.check(500, random -> {
            var frozen = random(random, 200).freeze();
            var parts = new ArrayList<StoreChunk.Part>();
            chunks(frozen, 1_000_000).forEach(chunk -> parts.addAll(chunk.parts()));
            Collections.shuffle(parts, new Random(random.nextLong()));
            equal(restored(List.of(new StoreChunk(frozen.changes(), parts))), frozen);
        });
    }

    @Test
    void theHashOfAListDoesNotTellAtWhichEndItGrew() {
        Seeds.check(500, random -> {
            var elements = new ArrayList<Bytes>();
            for (int i = random.nextInt(1, 40); i > 0; i--) {
                elements.add(Bytes.utf8("element " + random.nextInt(5)));
            }
            int middle = random.nextInt(elements.size());
            var grown = Value.Elements.NONE;
            for (int i = middle - 1; i >= 0; i--) {
                grown = grown.prepend(List.of(elements.get(i)), 7);
            }
            grown = grown.append(elements.subList(middle, elements.size()), 7);
            var other = Value.Elements.NONE.append(elements, 7);
            assertThat(grown.hash()).isEqualTo(other.hash());
            assertThat(grown.bytes()).isEqualTo(other.bytes());
            assertThat(Value.Elements.NONE.append(elements, 8).hash()).isNotEqualTo(other.hash());
        });
    }

    @Test
    void versionsSurviveTheChunksThatOfADeletedKeyToo() {
        var store = storeOf(List.of(new Append(K, List.of(K)), new Put(OTHER, K), new Put(OTHER, OTHER)));
        assertThat(version(restored(chunks(store.freeze(), 1)), K)).isEqualTo(1);
        assertThat(version(restored(chunks(store.freeze(), 1)), OTHER)).isEqualTo(3);
        store.apply(new Delete(OTHER));
        var copy = restored(chunks(store.freeze(), 1));
        copy.apply(new Put(OTHER, OTHER));
        assertThat(version(copy, OTHER)).isGreaterThan(3);
    }

    private static long version(Store store, Bytes key) {
        var answer = (Response.Ok) store.apply(new Command.Watch(key));
        return ((Result.WholeNumber) answer.result()).value();
    }

    @Test
    void statesThatDifferALittleHaveDifferentHashes() {
        var a = Bytes.utf8("a");
        var b = Bytes.utf8("b");
        var ab = Bytes.utf8("ab");
        var states = List.<List<Command>>of(
                List.of(),
                List.of(new Put(a, b)),
                List.of(new Put(a, b), new Put(a, b)),
                List.of(new Put(a, b), new Delete(a)),
                List.of(new Put(a, b), new Put(a, b), new Delete(a)),
                List.of(new Put(b, a)),
                List.of(new Put(a, ab)),
                List.of(new Put(ab, a)),
                List.of(new Put(a, Bytes.EMPTY)),
                List.of(new Put(Bytes.EMPTY, a)),
                List.of(new Put(a, Bytes.copyOf(new byte[1]))),
                List.of(new Put(a, Bytes.copyOf(new byte[8]))),
                List.of(new Put(a, Bytes.copyOf(new byte[9]))),
                List.of(new Put(a, a), new Put(b, b)),
                List.of(new Put(a, b), new Put(b, a)),
                List.of(new Append(a, List.of(b))),
                List.of(new Append(a, List.of(a, b))),
                List.of(new Append(a, List.of(b, a))),
                List.of(new Append(a, List.of(ab))),
                List.of(new Append(a, List.of(Bytes.EMPTY))),
                List.of(new Append(a, List.of(Bytes.EMPTY, Bytes.EMPTY))));
        var hashes = new HashSet<Long>();
        for (var commands : states) {
            assertThat(hashes.add(storeOf(commands).hash())).as("%s", commands).isTrue();
        }
    }

    @Test
    void manySmallChangesGiveAsManyHashes() {
        var store = new Store();
        var hashes = new HashSet<Long>();
        for (int i = 0; i < 200_000; i++) {
            store.apply(new Put(Bytes.utf8("key" + i % 100), Bytes.utf8(Integer.toString(i))));
            hashes.add(store.hash());
        }
        assertThat(hashes).hasSize(200_000);
    }

    @Test
    void theHashIsTheSameInEveryVirtualMachine() {
        var store = storeOf(List.of(
                new Put(K, Bytes.utf8("a text of more than eight bytes")),
                new Put(Bytes.utf8("number"), Bytes.utf8("42")),
                new Append(Bytes.utf8("list"), List.of(Bytes.utf8("a"), Bytes.EMPTY, Bytes.utf8("b")))));
        assertThat(store.hash()).isEqualTo(-2181704404131822566L);
    }
}
