package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.N3;
import static dcluster.raft.Alone.append;
import static dcluster.raft.Alone.noOps;
import static dcluster.raft.Alone.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.raft.RaftConfig.ReadPath;
import dcluster.raft.RaftMessage.InstallSnapshot;
import dcluster.raft.RaftRecord.Append;
import dcluster.raft.RaftRecord.Chunk;
import dcluster.raft.RaftRecord.Installed;
import dcluster.raft.RaftRecord.Term;
import dcluster.spi.Bytes;
import dcluster.toolkit.StoreChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keeping the journal and the log in memory bounded. */
@Tag("raft-7")
class CompactionTest {
    private static RaftConfig keeping(int entries, long bytes) {
        var config = Configs.of(false, false, ReadPath.READ_INDEX);
        return Configs.with(
                config, Configs.amount(100, 200), config.pipeline(), config.inFlight(), Configs.amount(entries, bytes));
    }

    /**
     * A follower that has applied so many puts of 10 keys, each of some 20 bytes, of which a journal record weighs 100.
     */
    private static Alone applied(RaftConfig config, int count) {
        var follower = Alone.of(3, config);
        for (int i = 0; i < count; i++) {
            apply(follower, i + 1);
        }
        return follower;
    }

    private static void apply(Alone follower, int index) {
        follower.receive(
                N1, append(3, index - 1, index == 1 ? 0 : 3, index, put(3, "key-" + index % 10, "value-" + index)));
    }

    private static long notes(Alone alone, String event) {
        return alone.context.notes().stream()
                .filter(note -> note.event().equals(event))
                .count();
    }

    // The log in memory

    @Test
    void theOlderHalfOfTooManyEntriesIsDropped() {
        var follower = applied(keeping(20, 1 << 20), 21);
        assertThat(follower.raft.durable().log().firstIndex()).isEqualTo(12);
        assertThat(follower.raft.durable().log().lastIndex()).isEqualTo(21);
    }

    @Test
    void upToTheBoundNothingIsDropped() {
        assertThat(applied(keeping(20, 1 << 20), 20).raft.durable().log().firstIndex())
                .isEqualTo(1);
    }

    @Test
    void theOlderHalfOfTooManyBytesIsDropped() {
        var follower = applied(keeping(1000, 300), 20);
        var log = follower.raft.durable().log();
        assertThat(log.bytes()).isBetween(100L, 300L);
        assertThat(log.firstIndex()).isGreaterThan(1);
    }

    @Test
    void whatIsNotAppliedIsNeverDropped() {
        var follower = Alone.of(3, keeping(5, 1 << 20));
        follower.receive(N1, append(3, 0, 0, 2, noOps(3, 3, 3, 3, 3, 3, 3, 3, 3, 3)));
        assertThat(follower.raft.durable().log().firstIndex()).isEqualTo(1);
    }

    // The journal

    @Test
    void theJournalIsRewrittenWhenItIsTwiceAsLargeAsTheState() {
        var follower = Alone.of(3, keeping(10_000, 50));
        int index = 0;
        while (!follower.context.rewriting()) {
            apply(follower, ++index);
            assertThat(index).isLessThan(1000);
        }
        var durable = follower.raft.durable();
        assertThat(follower.context.journalBytes())
                .isGreaterThan(2 * durable.machine().bytes());
        assertThat(follower.context.journalBytes() - 100)
                .isLessThanOrEqualTo(2 * durable.machine().bytes() + 100);
    }

    @Test
    void aSmallJournalIsLeftAlone() {
        assertThat(applied(keeping(10_000, 10_000), 90).context.rewriting()).isFalse();
    }

    @Test
    void whileARewritingIsUnderWayNoOtherIsSaidToBegin() {
        var follower = Alone.of(3, keeping(10_000, 1000));
        int index = 0;
        while (!follower.context.rewriting()) {
            apply(follower, ++index);
        }
        var begunAt = follower.raft.status().details().get("snapshot index");
        assertThat(begunAt).isEqualTo((long) index);
        long bytes = follower.context.journalBytes();
        while (follower.context.journalBytes() < 10 * bytes) {
            apply(follower, ++index);
        }
        assertThat(notes(follower, "rewrites its journal")).isEqualTo(1);
        assertThat(follower.raft.status().details()).containsEntry("snapshot index", begunAt);
    }

    @Test
    void aRewritingThatWasOutrunIsFollowedByAnother() {
        var follower = Alone.of(3, keeping(10_000, 1000));
        int index = 0;
        while (!follower.context.rewriting()) {
            apply(follower, ++index);
        }
        for (int i = 0; i < 20; i++) {
            apply(follower, ++index);
        }
        follower.durable();
        long bytes = follower.context.journalBytes();
        assertThat(bytes).isGreaterThan(2000);
        while (!follower.context.rewriting()) {
            apply(follower, ++index);
            assertThat(follower.context.journalBytes()).isLessThan(2 * bytes);
        }
        assertThat(notes(follower, "rewrites its journal")).isEqualTo(2);
        assertThat(follower.raft.status().details()).containsEntry("snapshot index", (long) index);
    }

    /** As on a full disk, which replicas may share: they have grown together, but do not try again together. */
    @Test
    void anAbandonedRewritingIsTriedAgainAtASizeThatIsDrawn() {
        var follower = Alone.of(3, keeping(10_000, 10_000));
        int index = 0;
        while (!follower.context.rewriting()) {
            apply(follower, ++index);
        }
        var growth = new TreeSet<Long>();
        for (int attempt = 0; attempt < 4; attempt++) {
            long tried = follower.context.journalBytes();
            follower.context.abandonRewriting();
            while (!follower.context.rewriting()) {
                apply(follower, ++index);
            }
            growth.add(100 * follower.context.journalBytes() / tried);
        }
        assertThat(growth)
                .hasSizeGreaterThan(2)
                .allSatisfy(percent -> assertThat(percent).isBetween(125L, 177L));
    }

    @Test
    void afterARewritingTheNextOneComesInItsTime() {
        var follower = Alone.of(3, keeping(10_000, 1000));
        int index = 0;
        for (int times = 1; times < 5; times++) {
            while (!follower.context.rewriting()) {
                apply(follower, ++index);
            }
            assertThat(notes(follower, "rewrites its journal")).isEqualTo(times);
            follower.durable();
            assertThat(follower.context.journalBytes()).isLessThanOrEqualTo(1000);
        }
    }

    @Test
    void aRewrittenJournalMakesTheSameState() {
        var follower = applied(keeping(10_000, 1 << 20), 30);
        follower.receive(N1, append(3, 30, 3, 31, put(3, "a", "committed"), put(3, "b", "not committed")));
        follower.receive(N3, Alone.requestVote(4, 40, 3));
        assertMadeAgain(follower);
    }

    @Test
    void aHalfReceivedSnapshotSurvivesARewriting() {
        var follower = applied(keeping(10_000, 1 << 20), 5);
        var part = new StoreChunk(0, List.of(new StoreChunk.TextPart(Bytes.utf8("a"), 1, Bytes.utf8("1"))));
        var snapshot = new SnapshotId(99, 3, 3, 1);
        follower.receive(N1, new InstallSnapshot(3, snapshot, 0, false, part));
        follower.receive(N1, new InstallSnapshot(3, snapshot, 1, false, part));
        var again = assertMadeAgain(follower);
        assertThat(again.incoming()).satisfies(incoming -> {
            assertThat(incoming.id()).isEqualTo(snapshot);
            assertThat(incoming.received()).isEqualTo(2);
        });
    }

    @Test
    void whatIsReceivedOfASnapshotIsNoReasonToRewrite() {
        var follower = Alone.of(3, keeping(10_000, 1000));
        follower.context.weighRecords(
                record -> record instanceof Chunk chunk ? 20 + chunk.content().bytes() : 20);
        var snapshot = new SnapshotId(99, 3, 3, 1);
        for (int i = 0; i < 50; i++) {
            var part = new StoreChunk.TextPart(Bytes.utf8("key" + i), i + 1, Bytes.utf8("x".repeat(100)));
            follower.receive(N1, new InstallSnapshot(3, snapshot, i, false, new StoreChunk(0, List.of(part))));
        }
        assertThat(follower.context.journalBytes()).isGreaterThan(5000);
        assertThat(follower.context.rewriting()).isFalse();
    }

    @Test
    void aNewReplicaHasNothingToWrite() {
        assertThat(StateRecords.of(new DurableState(1), 100)).isExhausted();
    }

    @Test
    void anEmptyStateMachineLeavesAChunkToInstall() {
        var follower = Alone.of(3, keeping(10_000, 1 << 20));
        follower.receive(N1, append(3, 0, 0, 2, noOps(3, 3)));
        assertMadeAgain(follower);
    }

    @Test
    void recordsAreSmall() {
        var follower = applied(keeping(10_000, 1 << 20), 10);
        var entries = new Entry[30];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = put(3, "k", "0123456789");
        }
        follower.receive(N1, append(3, 10, 3, 10, entries));
        var records = new ArrayList<RaftRecord>();
        StateRecords.of(follower.raft.durable(), 100).forEachRemaining(records::add);
        assertThat(records).filteredOn(Chunk.class::isInstance).hasSizeGreaterThan(1);
        assertThat(records)
                .filteredOn(Append.class::isInstance)
                .hasSizeGreaterThan(3)
                .allMatch(record -> ((Append) record)
                                .entries().stream().mapToLong(Entry::bytes).sum()
                        <= 100);
    }

    @Test
    void whatIsBeingWrittenIsTheStateAtTheBeginning() {
        var follower = applied(keeping(10_000, 1 << 20), 10);
        var hash = follower.raft.durable().machine().hash();
        var records = StateRecords.of(follower.raft.durable(), 100);
        apply(follower, 11);
        follower.receive(N3, Alone.append(4, 11, 3, 11, put(4, "x", "y")));
        var again = new DurableState(1);
        records.forEachRemaining(again::replay);
        assertThat(again.term()).isEqualTo(3);
        assertThat(again.machine().hash()).isEqualTo(hash);
        assertThat(again.log().lastIndex()).isEqualTo(10);
    }

    @Test
    void theOrderIsSnapshotTermLog() {
        var follower = applied(keeping(10_000, 1 << 20), 2);
        follower.receive(N1, append(3, 2, 3, 2, noOps(3)));
        var records = new ArrayList<RaftRecord>();
        StateRecords.of(follower.raft.durable(), 1000).forEachRemaining(records::add);
        assertThat(records).element(0).isInstanceOf(Chunk.class);
        assertThat(records.subList(1, records.size()))
                .containsExactly(
                        new Installed(SnapshotId.own(2, 3)),
                        new Term(3, Optional.empty()),
                        new Append(3, List.of(noOps(3))));
    }

    private static DurableState assertMadeAgain(Alone follower) {
        var before = follower.raft.durable();
        var again = new DurableState(1);
        StateRecords.of(before, 100).forEachRemaining(again::replay);
        assertThat(again.term()).isEqualTo(before.term());
        assertThat(again.vote()).isEqualTo(before.vote());
        assertThat(again.machine().applied()).isEqualTo(before.machine().applied());
        assertThat(again.machine().hash()).isEqualTo(before.machine().hash());
        assertThat(again.log().lastIndex()).isEqualTo(before.log().lastIndex());
        for (long index = again.log().firstIndex(); index <= again.log().lastIndex(); index++) {
            assertThat(again.log().entry(index)).isEqualTo(before.log().entry(index));
        }
        return again;
    }
}
