package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Append;
import dcluster.spi.Command.Condition;
import dcluster.spi.Command.Delete;
import dcluster.spi.Command.Get;
import dcluster.spi.Command.Increment;
import dcluster.spi.Command.Put;
import dcluster.spi.Command.Transaction;
import dcluster.spi.Response;
import dcluster.toolkit.testing.RandomCommands;
import dcluster.toolkit.testing.RandomSessions;
import dcluster.toolkit.testing.Seeds;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private static final Bytes K = Bytes.utf8("k");
    private static final Bytes OTHER = Bytes.utf8("other");
    private static final long LIMIT = 1000;
    private static final int SESSIONS = 4;

    private final Store store = new Store();
    private final Capacity capacity = new Capacity(store, LIMIT);

    private static Bytes bytes(int size) {
        return Bytes.copyOf(new byte[size + 1], 0, size);
    }

    private boolean taken(Command command) {
        boolean taken = capacity.reserve(command);
        if (taken) {
            store.apply(command);
            capacity.applied();
        }
        return taken;
    }

    /** Fills the store with one key, but for so many bytes. */
    private void fillButFor(long free) {
        long overhead = Footprint.ofMapping(K) + Footprint.TEXT_BYTES + Footprint.ofBytes(0);
        assertThat(taken(new Put(K, bytes((int) (LIMIT - free - overhead))))).isTrue();
        assertThat(store.memoryBytes()).isBetween(LIMIT - free, LIMIT - free + 7);
    }

    @Test
    void aWriteThatWouldExceedTheLimitIsRefusedInWords() {
        fillButFor(100);
        assertThat(capacity.reserve(new Put(OTHER, bytes(0)))).isFalse();
        assertThat(capacity.full())
                .isEqualTo(new Response.Failed(
                        Response.Reason.OVERLOADED,
                        "the store is full (904 of 1000 bytes): delete keys or raise storage.capacity"));
    }

    @Test
    void whatCannotGrowTheStoreIsAlwaysTaken() {
        fillButFor(0);
        assertThat(taken(new Put(K, bytes(700)))).isTrue();
        assertThat(taken(new Put(K, bytes(824)))).as("larger again").isTrue();
        assertThat(capacity.reserve(new Put(K, bytes(900)))).isFalse();
        assertThat(taken(new Put(K, bytes(824)))).as("as large as it is").isTrue();
        assertThat(taken(new Get(OTHER))).isTrue();
        assertThat(taken(new Transaction(List.of(new Get(OTHER), new Delete(OTHER), new Delete(K)))))
                .isTrue();
        assertThat(store.size()).isZero();
    }

    @Test
    void whatIsTakenAndNotYetAppliedCounts() {
        assertThat(capacity.reserve(new Put(K, bytes(600)))).isTrue();
        assertThat(store.memoryBytes()).isZero();
        assertThat(capacity.reserve(new Put(OTHER, bytes(300)))).isFalse();
        assertThat(capacity.reserve(new Put(K, bytes(600))))
                .as("the same again")
                .isTrue();
        assertThat(capacity.reservedBytes()).isBetween(600L, 1000L);
    }

    @Test
    void aDeletionFreesRoomOnceItIsApplied() {
        fillButFor(0);
        var delete = new Delete(K);
        assertThat(capacity.reserve(delete)).isTrue();
        assertThat(capacity.reserve(new Put(OTHER, bytes(1)))).isFalse();
        assertThat(capacity.reserve(new Put(K, bytes(824))))
                .as("as large as what the key held before the deletion that is on its way")
                .isFalse();
        store.apply(delete);
        capacity.applied();
        assertThat(capacity.reserve(new Put(OTHER, bytes(1)))).isTrue();
    }

    @Test
    void aListCannotGrowBeyondTheLimit() {
        int count = 0;
        while (taken(new Append(K, List.of(bytes(1))))) {
            count++;
        }
        assertThat(count).isBetween(10, 20);
        assertThat(store.memoryBytes()).isBetween(LIMIT - 60, LIMIT);
        assertThat(capacity.reserve(new Increment(OTHER, 1))).isFalse();
        assertThat(taken(new Delete(K))).isTrue();
        assertThat(taken(new Increment(OTHER, 1))).isTrue();
    }

    @Test
    void aCommandLargerThanTheWholeIsRefused() {
        assertThat(capacity.reserve(new Put(K, bytes(1001)))).isFalse();
        assertThat(capacity.reserve(new Put(K, bytes(1001), Condition.IF_PRESENT, false)))
                .isFalse();
    }

    @Test
    void whatIsInALogAlreadyIsCountedEvenBeyondTheLimit() {
        capacity.reserveAnyway(new Put(K, bytes(2000)));
        assertThat(capacity.reserve(new Put(OTHER, bytes(1)))).isFalse();
        assertThat(capacity.reserve(new Delete(K))).isTrue();
    }

    @Test
    void aSessionTakesRoomForItsAnswersOnceAndWhatFreesRoomNeedsNoMore() {
        var content = new Store(1);
        var bound = new Capacity(content, Sessions.footprint());
        assertThat(bound.reserve(new Command.OpenSession())).isTrue();
        content.apply(new Command.OpenSession());
        bound.applied();
        assertThat(content.memoryBytes()).isEqualTo(Sessions.footprint());
        assertThat(bound.reserve(new Command.InSession(1, 1, new Delete(K)))).isTrue();
        assertThat(bound.reserve(new Command.InSession(1, 2, new Increment(K, 1))))
                .isFalse();
        assertThat(bound.reserve(new Command.InSession(1, 2, new Transaction(List.of(new Delete(K))))))
                .as("its answer may be large")
                .isFalse();
        assertThat(bound.reserve(new Command.InSession(1, 2, new Get(K)))).isTrue();
        assertThat(bound.reserve(new Command.OpenSession()))
                .as("another one expires for it")
                .isTrue();
    }

    @Test
    void whatWasAppliedIsAnsweredByAStoreThatIsFullToo() {
        var content = new Store(1);
        var put = new Command.InSession(1, 1, new Put(K, bytes(8)));
        content.apply(new Command.OpenSession());
        content.apply(put);
        content.apply(new Delete(K));
        var bound = new Capacity(content, content.memoryBytes());
        assertThat(bound.reserve(put)).isTrue();
        assertThat(bound.reserve(new Command.InSession(1, 2, new Put(K, bytes(8)))))
                .isFalse();
    }

    @Test
    void aPutInASessionMayBeOneThatWasAppliedBeforeSoNobodyCountsOnIt() {
        fillButFor(0);
        assertThat(capacity.reserve(new Command.InSession(1, 1, new Put(K, bytes(0)))))
                .isTrue();
        assertThat(capacity.growth(new Put(K, bytes(824)))).isEqualTo(824);
    }

    /** Whatever is proposed, and whenever it is applied: the store never exceeds what was promised. */
    @Test
    void theStoreNeverGrowsBeyondTheLimit() {
        var refused = new int[1];
        Seeds.check(500, random -> {
            var commands = new RandomCommands(random, random.nextInt(1, 20));
            refused[0] += neverGrowsBeyond(random.nextLong(200, 2000), random, commands::next);
        });
        assertThat(refused[0]).as("sometimes a write is refused").isGreaterThan(1000);
    }

    @Test
    void theStoreNeverGrowsBeyondTheLimitBySessionsEither() {
        var refused = new int[1];
        Seeds.check(500, random -> {
            var commands = new RandomSessions(random, random.nextInt(1, 20), SESSIONS);
            refused[0] += neverGrowsBeyond(random.nextLong(500, 20_000), random, commands::next);
        });
        assertThat(refused[0]).as("sometimes a write is refused").isGreaterThan(1000);
    }

    /** How many were refused of what a source gives. */
    private static int neverGrowsBeyond(long limit, RandomGenerator random, Supplier<Command> source) {
        int refused = 0;
        var content = new Store(SESSIONS);
        var bound = new Capacity(content, limit);
        var taken = new ArrayDeque<Command>();
        for (int step = 0; step < 400; step++) {
            var command = source.get();
            if (bound.reserve(command)) {
                taken.add(command);
            } else {
                refused++;
                assertThat(command).isNotInstanceOf(Delete.class);
                assertThat(command.isRead()).isFalse();
            }
            for (int some = random.nextInt(4); some > 1 && !taken.isEmpty(); some--) {
                long most = content.memoryBytes() + bound.reservedBytes();
                content.apply(taken.remove());
                bound.applied();
                assertThat(content.memoryBytes() + bound.reservedBytes()).isLessThanOrEqualTo(most);
            }
            assertThat(content.memoryBytes() + bound.reservedBytes()).isLessThanOrEqualTo(limit);
        }
        taken.forEach(command -> {
            content.apply(command);
            bound.applied();
        });
        assertThat(bound.reservedBytes()).isZero();
        assertThat(content.memoryBytes()).isLessThanOrEqualTo(limit);
        return refused;
    }
}
