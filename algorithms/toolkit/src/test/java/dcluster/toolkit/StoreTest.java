package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Append;
import dcluster.spi.Command.CompareAndSet;
import dcluster.spi.Command.Condition;
import dcluster.spi.Command.Delete;
import dcluster.spi.Command.Exists;
import dcluster.spi.Command.Get;
import dcluster.spi.Command.Increment;
import dcluster.spi.Command.Prepend;
import dcluster.spi.Command.Put;
import dcluster.spi.Command.ReadList;
import dcluster.spi.Command.Transaction;
import dcluster.spi.Command.Watch;
import dcluster.spi.Command.Watched;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import dcluster.toolkit.testing.RandomCommands;
import dcluster.toolkit.testing.Seeds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoreTest {
    private static final Bytes K = Bytes.utf8("k");
    private static final Bytes L = Bytes.utf8("l");

    private final Store store = new Store();

    private static Bytes bytes(String text) {
        return Bytes.utf8(text);
    }

    private static List<Bytes> list(String... texts) {
        return Stream.of(texts).map(Bytes::utf8).toList();
    }

    private static Response found(String text) {
        return new Response.Ok(new Result.Found(bytes(text)));
    }

    private static Response absent() {
        return new Response.Ok(new Result.Absent());
    }

    private static Response applied(boolean applied) {
        return new Response.Ok(new Result.Applied(applied));
    }

    private static Response number(long value) {
        return new Response.Ok(new Result.WholeNumber(value));
    }

    private static Response elements(String... texts) {
        return new Response.Ok(new Result.Elements(list(texts)));
    }

    private void put(Bytes key, String text) {
        store.apply(new Put(key, bytes(text)));
    }

    private void failsWithoutATrace(Command command, Reason reason) {
        var before = store.freeze();
        assertThat(store.apply(command))
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(reason));
        assertThat(store.freeze()).isSameAs(before);
    }

    @Test
    void whatWasPutIsFoundUntilItIsDeleted() {
        assertThat(store.apply(new Get(K))).isEqualTo(absent());
        assertThat(store.apply(new Put(K, bytes("v")))).isEqualTo(applied(true));
        assertThat(store.apply(new Get(K))).isEqualTo(found("v"));
        assertThat(store.apply(new Exists(K))).isEqualTo(number(1));
        assertThat(store.apply(new Delete(K))).isEqualTo(number(1));
        assertThat(store.apply(new Delete(K))).isEqualTo(number(0));
        assertThat(store.apply(new Exists(K))).isEqualTo(number(0));
    }

    @Test
    void twoStoresOfOneBeginningGoOnApart() {
        store.apply(new Put(K, bytes("v")));
        var other = new Store(store.freeze());
        other.apply(new Put(K, bytes("w")));
        assertThat(store.apply(new Get(K))).isEqualTo(found("v"));
        assertThat(other.apply(new Get(K))).isEqualTo(found("w"));
    }

    @Test
    void aPutMayDependOnWhetherTheKeyIsThere() {
        assertThat(store.apply(new Put(K, bytes("1"), Condition.IF_PRESENT, false)))
                .isEqualTo(applied(false));
        assertThat(store.apply(new Get(K))).isEqualTo(absent());
        assertThat(store.apply(new Put(K, bytes("2"), Condition.IF_ABSENT, false)))
                .isEqualTo(applied(true));
        assertThat(store.apply(new Put(K, bytes("3"), Condition.IF_ABSENT, false)))
                .isEqualTo(applied(false));
        assertThat(store.apply(new Get(K))).isEqualTo(found("2"));
        assertThat(store.apply(new Put(K, bytes("4"), Condition.IF_PRESENT, false)))
                .isEqualTo(applied(true));
        assertThat(store.apply(new Get(K))).isEqualTo(found("4"));
    }

    @Test
    void aPutMayAnswerWhatTheKeyHeldWhetherItWritesOrNot() {
        assertThat(store.apply(new Put(K, bytes("1"), Condition.ALWAYS, true))).isEqualTo(absent());
        assertThat(store.apply(new Put(K, bytes("2"), Condition.ALWAYS, true))).isEqualTo(found("1"));
        assertThat(store.apply(new Put(K, bytes("3"), Condition.IF_ABSENT, true)))
                .isEqualTo(found("2"));
        assertThat(store.apply(new Get(K))).isEqualTo(found("2"));
    }

    @Test
    void aPutReplacesAListButCannotAnswerIt() {
        store.apply(new Append(K, list("a")));
        failsWithoutATrace(new Put(K, bytes("v"), Condition.ALWAYS, true), Reason.WRONG_TYPE);
        assertThat(store.apply(new Put(K, bytes("v")))).isEqualTo(applied(true));
        assertThat(store.apply(new Get(K))).isEqualTo(found("v"));
    }

    @Test
    void compareAndSetWritesOnlyOverWhatItExpects() {
        assertThat(store.apply(new CompareAndSet(K, Optional.of(bytes("")), bytes("0"))))
                .isEqualTo(applied(false));
        assertThat(store.apply(new CompareAndSet(K, Optional.empty(), bytes("1"))))
                .isEqualTo(applied(true));
        assertThat(store.apply(new CompareAndSet(K, Optional.empty(), bytes("2"))))
                .isEqualTo(applied(false));
        assertThat(store.apply(new CompareAndSet(K, Optional.of(bytes("0")), bytes("2"))))
                .isEqualTo(applied(false));
        assertThat(store.apply(new CompareAndSet(K, Optional.of(bytes("1")), bytes("2"))))
                .isEqualTo(applied(true));
        assertThat(store.apply(new Get(K))).isEqualTo(found("2"));
    }

    @Test
    void anIncrementCountsFromZeroAndWritesADecimalText() {
        assertThat(store.apply(new Increment(K, 0))).isEqualTo(number(0));
        assertThat(store.apply(new Get(K))).isEqualTo(found("0"));
        assertThat(store.apply(new Increment(K, -5))).isEqualTo(number(-5));
        assertThat(store.apply(new Get(K))).isEqualTo(found("-5"));
    }

    @Test
    void anIncrementRefusesWhatIsNoNumberOrWouldOverflow() {
        put(K, "07");
        failsWithoutATrace(new Increment(K, 1), Reason.NOT_A_NUMBER);
        put(K, Long.toString(Long.MAX_VALUE));
        failsWithoutATrace(new Increment(K, 1), Reason.OUT_OF_RANGE);
        assertThat(store.apply(new Increment(K, 0))).isEqualTo(number(Long.MAX_VALUE));
        put(K, Long.toString(Long.MIN_VALUE));
        failsWithoutATrace(new Increment(K, -1), Reason.OUT_OF_RANGE);
        failsWithoutATrace(new Increment(K, Long.MIN_VALUE), Reason.OUT_OF_RANGE);
        assertThat(store.apply(new Increment(K, Long.MAX_VALUE))).isEqualTo(number(-1));
    }

    @Test
    void aListGrowsAtBothEnds() {
        assertThat(store.apply(new Append(L, list("c", "d")))).isEqualTo(number(2));
        assertThat(store.apply(new Prepend(L, list("b", "a")))).isEqualTo(number(4));
        assertThat(store.apply(new ReadList(L, 0, -1))).isEqualTo(elements("a", "b", "c", "d"));
    }

    @Test
    void aListIsReadByIndexesFromEitherEndAndWhatLiesOutsideIsLeftOut() {
        store.apply(new Append(L, list("a", "b", "c")));
        assertThat(store.apply(new ReadList(L, 1, 1))).isEqualTo(elements("b"));
        assertThat(store.apply(new ReadList(L, -2, -1))).isEqualTo(elements("b", "c"));
        assertThat(store.apply(new ReadList(L, -100, 1))).isEqualTo(elements("a", "b"));
        assertThat(store.apply(new ReadList(L, 2, 100))).isEqualTo(elements("c"));
        assertThat(store.apply(new ReadList(L, 2, 1))).isEqualTo(elements());
        assertThat(store.apply(new ReadList(L, 3, 5))).isEqualTo(elements());
        assertThat(store.apply(new ReadList(L, 0, -4))).isEqualTo(elements());
        assertThat(store.apply(new ReadList(L, Long.MIN_VALUE, Long.MAX_VALUE))).isEqualTo(elements("a", "b", "c"));
        assertThat(store.apply(new ReadList(L, Long.MAX_VALUE, Long.MIN_VALUE))).isEqualTo(elements());
        assertThat(store.apply(new ReadList(K, 0, -1))).isEqualTo(elements());
    }

    @Test
    void aCommandThatMeetsTheOtherKindFails() {
        put(K, "1");
        store.apply(new Append(L, list("a")));
        var element = list("b");
        for (var command : List.of(new Append(K, element), new Prepend(K, element), new ReadList(K, 0, 0))) {
            failsWithoutATrace(command, Reason.WRONG_TYPE);
        }
        for (var command : List.of(
                new Get(L),
                new Increment(L, 1),
                new CompareAndSet(L, Optional.empty(), bytes("v")),
                new CompareAndSet(L, Optional.of(bytes("a")), bytes("v")))) {
            failsWithoutATrace(command, Reason.WRONG_TYPE);
        }
        assertThat(store.apply(new Exists(L))).isEqualTo(number(1));
        assertThat(store.apply(new Delete(L))).isEqualTo(number(1));
    }

    @Test
    void aTransactionSeesItsOwnEffects() {
        var transaction = new Transaction(List.of(
                new Put(K, bytes("1")),
                new Increment(K, 1),
                new Get(K),
                new Delete(K),
                new Get(K),
                new Append(L, list("a"))));
        assertThat(store.apply(transaction))
                .isEqualTo(new Response.Ok(new Result.Each(List.of(
                        new Result.Applied(true),
                        new Result.WholeNumber(2),
                        new Result.Found(bytes("2")),
                        new Result.WholeNumber(1),
                        new Result.Absent(),
                        new Result.WholeNumber(1)))));
    }

    @Test
    void aTransactionOfWhichOneCommandFailsLeavesNoTraceWhereverThatStands() {
        put(K, "text");
        var failing = new Increment(K, 1);
        var writing = List.<Command>of(new Put(L, bytes("1")), new Delete(K), new Append(bytes("m"), list("a")));
        failsWithoutATrace(new Transaction(List.of(failing, writing.get(0))), Reason.NOT_A_NUMBER);
        failsWithoutATrace(new Transaction(List.of(writing.get(0), failing)), Reason.NOT_A_NUMBER);
        failsWithoutATrace(
                new Transaction(List.of(writing.get(2), new Put(L, bytes("1")), failing, writing.get(1))),
                Reason.NOT_A_NUMBER);
    }

    @Test
    void anUnmetConditionDoesNotFailATransaction() {
        var transaction = new Transaction(
                List.of(new CompareAndSet(K, Optional.of(bytes("x")), bytes("y")), new Put(L, bytes("1"))));
        assertThat(store.apply(transaction)).isInstanceOf(Response.Ok.class);
        assertThat(store.apply(new Exists(L))).isEqualTo(number(1));
    }

    @Test
    void aVersionGrowsWithEachWriteOfItsKeyAndOnlyWithThose() {
        assertThat(version(K)).isZero();
        var versions = new ArrayList<Long>();
        for (var write : List.of(
                new Put(K, bytes("1")),
                new Put(K, bytes("1")),
                new Increment(K, 1),
                new CompareAndSet(K, Optional.of(bytes("2")), bytes("3")),
                new Put(K, bytes("4"), Condition.IF_PRESENT, true))) {
            store.apply(write);
            store.apply(new Append(L, list("a")));
            versions.add(version(K));
        }
        store.apply(new Delete(K));
        assertThat(version(K)).isZero();
        store.apply(new Append(K, list("a")));
        versions.add(version(K));
        store.apply(new Prepend(K, list("a")));
        versions.add(version(K));
        assertThat(versions).isSorted().doesNotHaveDuplicates().doesNotContain(0L);
    }

    @Test
    void whatChangesNothingLeavesTheVersion() {
        put(K, "text");
        long version = version(K);
        for (var idle : List.of(
                new Get(K),
                new Put(K, bytes("x"), Condition.IF_ABSENT, false),
                new CompareAndSet(K, Optional.empty(), bytes("x")),
                new Increment(K, 1),
                new Delete(bytes("absent")),
                new Transaction(List.of(new Put(K, bytes("x")), new Increment(K, 1))))) {
            store.apply(idle);
            assertThat(version(K)).as("%s", idle).isEqualTo(version);
        }
        put(L, "next");
        assertThat(version(L)).isEqualTo(version + 1);
    }

    @Test
    void aTransactionTakesEffectOnlyWhileWhatItWatchesHasTheVersionsThatItNames() {
        put(K, "1");
        var watched = List.of(new Watched(K, version(K)), new Watched(L, 0));
        var transaction = new Transaction(List.of(new Increment(K, 1), new Get(K)), watched);
        assertThat(transaction.keys()).containsExactly(K, K, K, L);
        assertThat(store.apply(transaction))
                .isEqualTo(new Response.Ok(
                        new Result.Each(List.of(new Result.WholeNumber(2), new Result.Found(bytes("2"))))));
        long hash = store.hash();
        assertThat(store.apply(transaction)).isEqualTo(new Response.Ok(new Result.Applied(false)));
        assertThat(store.hash()).isEqualTo(hash);
    }

    private long version(Bytes key) {
        return ((Result.WholeNumber) ((Response.Ok) store.apply(new Watch(key))).result()).value();
    }

    @Test
    void itMeansWhatThePlainStoreMeans() {
        var reasons = EnumSet.noneOf(Reason.class);
        Seeds.check(10_000, random -> {
            var commands = new RandomCommands(random, 3);
            var tested = new Store();
            var reference = new ReferenceStore();
            for (int i = 0; i < 40; i++) {
                var command = commands.next();
                var expected = reference.apply(command);
                var actual = tested.apply(command);
                if (expected instanceof Response.Failed failed) {
                    reasons.add(failed.reason());
                    actual = new Response.Failed(((Response.Failed) actual).reason(), "");
                }
                assertThat(actual).as("answer %s to %s", i, command).isEqualTo(expected);
            }
            assertThat(content(tested)).isEqualTo(reference.content());
        });
        assertThat(reasons).containsExactlyInAnyOrder(Reason.WRONG_TYPE, Reason.NOT_A_NUMBER, Reason.OUT_OF_RANGE);
    }

    private static Map<Bytes, Object> content(Store store) {
        var content = new TreeMap<Bytes, Object>();
        store.freeze()
                .chunks(1_000_000)
                .forEachRemaining(chunk -> chunk.parts().forEach(part -> {
                    Object value = part instanceof StoreChunk.TextPart text
                            ? text.text()
                            : new ArrayList<>(((StoreChunk.ListPart) part).elements());
                    content.put(((StoreChunk.KeyPart) part).key(), value);
                }));
        return content;
    }
}
