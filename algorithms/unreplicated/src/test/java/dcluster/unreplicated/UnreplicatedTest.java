package dcluster.unreplicated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Algorithm;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.ByteSize;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Append;
import dcluster.spi.Command.Exists;
import dcluster.spi.Command.Get;
import dcluster.spi.Command.Increment;
import dcluster.spi.Command.Put;
import dcluster.spi.Command.Transaction;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import dcluster.spi.Nothing;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import dcluster.spi.Status;
import dcluster.spi.Traits.Consistency;
import dcluster.toolkit.Store;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RandomSessions;
import dcluster.toolkit.testing.RecordingContext;
import dcluster.toolkit.testing.Seeds;
import dcluster.unreplicated.UnreplicatedRecord.Applied;
import dcluster.unreplicated.UnreplicatedRecord.Compacted;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnreplicatedTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final Bytes K = Bytes.utf8("k");
    private static final Bytes V = Bytes.utf8("v");
    private static final UnreplicatedConfig SMALL = new UnreplicatedConfig(new ByteSize(4 << 10), 4);

    private final RecordingContext<Nothing, UnreplicatedRecord, Nothing> context = context();
    private final Algorithm<Nothing, UnreplicatedRecord, Nothing> node = context.attach(create(context));

    private static RecordingContext<Nothing, UnreplicatedRecord, Nothing> context() {
        var context = new RecordingContext<Nothing, UnreplicatedRecord, Nothing>(N1, Members.of(1), 1);
        context.weighRecords(UnreplicatedTest::weight);
        return context;
    }

    private static Algorithm<Nothing, UnreplicatedRecord, Nothing> create(
            Context<Nothing, UnreplicatedRecord, Nothing> context) {
        return new UnreplicatedProvider().create(SMALL, context);
    }

    private static long weight(UnreplicatedRecord record) {
        if (record instanceof Applied applied) {
            return 20 + applied.command().bytes();
        }
        if (record instanceof UnreplicatedRecord.Restored restored) {
            var store = new Store(SMALL.sessions());
            store.restore(restored.chunk());
            return 20 + store.bytes();
        }
        return 20;
    }

    // Answers

    @Test
    void aWriteIsAnsweredOnceItIsDurable() {
        var request = context.request(new Put(K, V));
        assertThat(context.records()).containsExactly(new Applied(new Put(K, V)));
        assertThat(context.reply(request)).isEmpty();
        context.durable();
        assertThat(context.reply(request)).contains(new Response.Ok(new Result.Applied(true)));
    }

    @Test
    void aReadThatSawAnUndurableWriteWaitsForItAndIsNeverAnsweredIfACrashTakesTheWriteBack() {
        context.request(new Put(K, V));
        var read = context.request(new Get(K));
        assertThat(context.reply(read)).isEmpty();
        context.crashAndRestart(UnreplicatedTest::create);
        context.durable();
        assertThat(context.replies()).isEmpty();
        var again = context.request(new Get(K));
        assertThat(context.reply(again)).contains(new Response.Ok(new Result.Absent()));
    }

    @Test
    void aReadIsAnsweredAtOnceWhenAllIsDurable() {
        context.request(new Put(K, V));
        context.durable();
        var read = context.request(new Get(K));
        assertThat(context.reply(read)).contains(new Response.Ok(new Result.Found(V)));
    }

    @Test
    void everyWriteIsOneRecordAndEveryReadNone() {
        context.request(new Get(K));
        context.request(new Exists(K));
        context.request(new Transaction(List.of(new Get(K), new Exists(K))));
        assertThat(context.records()).isEmpty();
        context.request(new Put(K, V));
        context.request(new Transaction(List.of(new Put(K, V), new Get(K), new Append(V, List.of(V)))));
        assertThat(context.records()).hasSize(2);
    }

    @Test
    void aCommandThatFailsIsAnsweredDefinitelyAndChangesNothing() {
        context.request(new Put(K, V));
        long before = node.status().stateHash();
        var request = context.request(new Transaction(List.of(new Put(V, V), new Increment(K, 1))));
        context.durable();
        assertThat(context.reply(request).orElseThrow())
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.NOT_A_NUMBER));
        assertThat(node.status().stateHash()).isEqualTo(before);
    }

    @Test
    void whatCouldExceedTheCapacityIsRefusedAndLeavesNoTrace() {
        context.capacity(10_000);
        context.crashAndRestart(UnreplicatedTest::create);
        int taken = 0;
        while (context.reply(context.request(new Put(Bytes.utf8("key" + taken), V)))
                .isEmpty()) {
            context.durable();
            taken++;
        }
        assertThat(taken).isBetween(40, 80);
        int records = context.records().size();
        var refused = context.request(new Append(K, List.of(V)));
        assertThat(context.reply(refused).orElseThrow()).isInstanceOfSatisfying(Response.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.OVERLOADED);
            assertThat(failed.message()).startsWith("the store is full (").contains(" of 10000 bytes)");
        });
        assertThat(context.records()).hasSize(records);
        context.request(new Put(Bytes.utf8("key0"), K));
        context.request(new Command.Delete(Bytes.utf8("key1")));
        var again = context.request(new Put(K, V));
        context.durable();
        assertThat(context.reply(again)).contains(new Response.Ok(new Result.Applied(true)));
    }

    @Test
    void aStoreThatIsFullIsReplayedWholeAndStaysFull() {
        context.capacity(1_000);
        context.crashAndRestart(UnreplicatedTest::create);
        context.request(new Put(K, Bytes.copyOf(new byte[800])));
        context.durable();
        context.capacity(500);
        var full = context.crashAndRestart(UnreplicatedTest::create);
        assertThat(full.status().details()).containsEntry("store capacity", 500L);
        assertThat((Long) full.status().details().get("store bytes")).isGreaterThan(800);
        assertThat(context.reply(context.request(new Increment(V, 1))).orElseThrow())
                .isInstanceOf(Response.Failed.class);
        context.request(new Command.Delete(K));
        var again = context.request(new Increment(V, 1));
        context.durable();
        assertThat(context.reply(again)).contains(new Response.Ok(new Result.WholeNumber(1)));
    }

    // Versions

    private long version(Bytes key) {
        var request = context.request(new Command.Watch(key));
        context.durable();
        var answer = (Response.Ok) context.reply(request).orElseThrow();
        return ((Result.WholeNumber) answer.result()).value();
    }

    @Test
    void versionsSurviveARestartAndACompactedJournal() {
        context.request(new Put(K, V));
        context.request(new Append(V, List.of(V)));
        long text = version(K);
        long list = version(V);
        context.crashAndRestart(UnreplicatedTest::create);
        assertThat(version(K)).isEqualTo(text);
        for (int i = 0; i < 200; i++) {
            context.request(new Put(Bytes.utf8("filler"), Bytes.copyOf(new byte[100])));
        }
        assertThat(context.rewriting()).as("the journal was compacted").isTrue();
        context.durable();
        context.crashAndRestart(UnreplicatedTest::create);
        assertThat(version(K)).isEqualTo(text);
        assertThat(version(V)).isEqualTo(list).isGreaterThan(text);
        var stale = context.request(new Transaction(
                List.of(new Command.Delete(K)), List.of(new Command.Watched(K, text), new Command.Watched(V, text))));
        context.durable();
        assertThat(context.reply(stale)).contains(new Response.Ok(new Result.Applied(false)));
        assertThat(version(K)).isEqualTo(text);
    }

    // Crashes

    /** Random commands with random syncs, crashes and compactions, beside a plain store that is never crashed. */
    private static final class Life {
        final RecordingContext<Nothing, UnreplicatedRecord, Nothing> context = context();
        Algorithm<Nothing, UnreplicatedRecord, Nothing> node = context.attach(create(context));

        // All writes of the past that the journal holds, compacted or not, and the first undurable of them.
        final List<Command> writes = new ArrayList<>();
        final List<Request> writeRequests = new ArrayList<>();
        int durable;
        int compactions;

        void request(Command command) {
            boolean rewriting = context.rewriting();
            var request = context.request(command);
            if (!command.isRead()) {
                writes.add(command);
                writeRequests.add(request);
            }
            compactions += !rewriting && context.rewriting() ? 1 : 0;
        }

        void sync() {
            context.durable();
            durable = writes.size();
        }

        void crash(int survivors) {
            int kept = Math.min(writes.size(), durable + survivors);
            writes.subList(kept, writes.size()).clear();
            writeRequests.subList(kept, writeRequests.size()).clear();
            durable = kept;
            node = context.crashAndRestart(UnreplicatedTest::create, survivors);
        }

        void check() {
            var expected = new Store(SMALL.sessions());
            writes.forEach(expected::apply);
            assertThat(node.status().stateHash()).isEqualTo(expected.hash());
            assertThat(node.status().applied()).isEqualTo(writes.size());
            assertThat(context.replayed(UnreplicatedTest::create).status()).isEqualTo(node.status());
            context.replies().stream()
                    .map(RecordingContext.Replied::request)
                    .filter(request -> !request.command().isRead())
                    .forEach(request -> assertThat(writeRequests).contains(request));
        }
    }

    @Test
    void everyCrashKeepsAPrefixOfTheWritesThatHoldsAllAnsweredOnes() {
        var compactions = new int[1];
        Seeds.check(100, random -> {
            var life = new Life();
            var commands = new RandomSessions(random, 5, SMALL.sessions());
            for (int step = 0; step < 300; step++) {
                int choice = random.nextInt(40);
                if (choice < 34) {
                    life.request(commands.next());
                } else if (choice < 39) {
                    life.sync();
                } else {
                    life.crash(random.nextInt(3));
                    life.check();
                }
            }
            life.check();
            compactions[0] += life.compactions;
        });
        assertThat(compactions[0]).as("sometimes the journal is compacted").isGreaterThan(100);
    }

    // Compaction

    private void overwrite(int times) {
        for (int i = 0; i < times; i++) {
            context.request(new Put(K, V));
            context.durable();
        }
    }

    @Test
    void endlessOverwritingKeepsTheJournalBounded() {
        overwrite(10_000);
        assertThat(context.journalBytes()).isLessThan(5 << 10);
        assertThat(node.status().applied()).isEqualTo(10_000);
    }

    @Test
    void theCountOfCommandsSurvivesCompactionAndRestart() {
        overwrite(1_000);
        assertThat(context.records().get(0)).isInstanceOf(Compacted.class);
        var before = node.status();
        assertThat(context.crashAndRestart(UnreplicatedTest::create).status()).isEqualTo(before);
    }

    @Test
    void aJournalThatIsMostlyStateIsNotRewrittenAgainAndAgain() {
        int rewritings = 0;
        for (int i = 0; i < 10_000; i++) {
            context.request(new Put(Bytes.utf8("key" + i), V));
            rewritings += context.rewriting() ? 1 : 0;
            context.durable();
        }
        // Only writing grows the state here, so the journal never reaches twice its size.
        assertThat(rewritings).isLessThanOrEqualTo(1);
    }

    @Test
    void rewritingTheJournalCostsNoMoreThanWritingItDid() {
        var random = new SplittableRandom(1);
        long written = 0;
        long rewritten = 0;
        for (int i = 0; i < 20_000; i++) {
            var put = new Put(Bytes.utf8("key" + random.nextInt(100)), Bytes.copyOf(new byte[random.nextInt(100)]));
            context.request(put);
            written += weight(new Applied(put));
            boolean rewriting = context.rewriting();
            context.durable();
            rewritten += rewriting ? context.journalBytes() : 0;
        }
        assertThat(rewritten).isPositive().isLessThanOrEqualTo(written);
    }

    @Test
    void whatIsWrittenWhileTheJournalIsRewrittenComesAfterTheState() {
        int count = 0;
        while (!context.rewriting()) {
            context.request(new Increment(K, 1));
            count++;
        }
        context.request(new Increment(K, 1));
        context.request(new Increment(K, 1));
        context.durable();
        assertThat(context.rewriting()).isFalse();
        assertThat(context.records()).hasSize(4);
        var read = new Get(K);
        context.crashAndRestart(UnreplicatedTest::create);
        var request = context.request(read);
        assertThat(context.reply(request))
                .contains(new Response.Ok(new Result.Found(Bytes.utf8(Integer.toString(count + 2)))));
    }

    @Test
    void aRewritingThatIsUnderWayIsNotDisturbedByFurtherWrites() {
        int count = 0;
        while (!context.rewriting()) {
            context.request(new Increment(K, 1));
            count++;
        }
        for (int i = 0; i < 500; i++) {
            context.request(new Increment(K, 1));
        }
        context.durable();
        assertThat(context.records()).startsWith(new Compacted(count));
        assertThat(context.replayed(UnreplicatedTest::create).status()).isEqualTo(node.status());
    }

    // The provider

    @Test
    void itRunsOnOneNodeOnly() {
        var provider = new UnreplicatedProvider();
        var config = new UnreplicatedConfig(new ByteSize(64 << 20), 10_000);
        provider.check(config, Members.of(1));
        assertThatThrownBy(() -> provider.check(config, Members.of(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("none runs on one node; the cluster has 3: say 'nodes: 1' or choose another algorithm");
    }

    @Test
    void aJournalLimitThatWouldCompactForEverIsRefused() {
        assertThatThrownBy(() -> new UnreplicatedConfig(new ByteSize(100), 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("compact-above is at least 4KiB");
    }

    @Test
    void itIsFoundByItsName() {
        assertThat(ServiceLoader.load(AlgorithmProvider.class))
                .extracting(provider -> provider.name())
                .contains("none");
    }

    @Test
    void itServesEveryCommandStrictlySerializably() {
        var traits = new UnreplicatedProvider().traits(SMALL);
        assertThat(traits.unserved()).isEqualTo(Store.UNSERVED_WITH_SESSIONS);
        assertThat(traits.consistency()).isEqualTo(Consistency.STRICT_SERIALIZABLE);
    }

    @Test
    void itsStatusSaysWhatItHolds() {
        context.request(new Put(K, V));
        assertThat(node.status()).extracting(Status::role, Status::applied).containsExactly("single", 1L);
        assertThat(node.status().details()).containsEntry("keys", 1L);
    }
}
