package dcluster.raft;

import static dcluster.raft.Alone.noOps;
import static dcluster.raft.Alone.voted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.AppendRejected;
import dcluster.raft.RaftMessage.Heartbeat;
import dcluster.raft.RaftMessage.HeartbeatReply;
import dcluster.raft.RaftMessage.PreVote;
import dcluster.raft.RaftMessage.RequestVote;
import dcluster.raft.RaftMessage.TimeoutNow;
import dcluster.raft.RaftRecord.Append;
import dcluster.raft.RaftRecord.Chunk;
import dcluster.raft.RaftRecord.Term;
import dcluster.spi.Eager;
import dcluster.toolkit.StoreChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What messages and records refuse to be, so that a decoded one is a possible one; and what state refuses to become.
 */
class RecordsTest {
    private static void refused(ThrowingCallable constructor) {
        assertThatThrownBy(constructor).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void termsAreFrom1() {
        refused(() -> new PreVote(0, 0, 0));
        refused(() -> voted(0, true));
        refused(() -> new Heartbeat(-1, 0, 0));
        refused(() -> new Term(0, Optional.empty()));
    }

    @Test
    void aPlaceInALogHasAnIndexAndATermOrNeither() {
        refused(() -> new RequestVote(1, 1, 0, false));
        refused(() -> new RequestVote(1, 0, 1, false));
        refused(() -> new AppendEntries(1, -1, 1, 0, 0, List.of()));
        assertThat(new RequestVote(1, 0, 0, false).lastIndex()).isZero();
    }

    @Test
    void countsAndIndexesAreNotNegative() {
        refused(() -> new AppendEntries(1, 0, 0, -1, 0, List.of()));
        refused(() -> new HeartbeatReply(1, -1));
        refused(() -> new Append(0, List.of()));
        refused(() -> new Chunk(new SnapshotId(1, 1, 1, 1), -1, new StoreChunk(0, List.of())));
        refused(() -> new SnapshotId(0, 1, 1, 1));
        refused(() -> new SnapshotId(1, 1, -1, 0));
    }

    @Test
    void aConflictIsNotBehindWhatWasRejected() {
        refused(() -> new AppendRejected(1, 3, 1, 4));
        refused(() -> new AppendRejected(1, 3, 1, 0));
    }

    @Test
    void entriesAreCopied() {
        var entries = new ArrayList<Entry>(List.of(noOps(1)));
        var message = new AppendEntries(1, 0, 0, 0, 0, entries);
        var record = new Append(1, entries);
        entries.clear();
        assertThat(message.entries()).hasSize(1);
        assertThat(record.entries()).hasSize(1);
        assertThat(record.lastIndex()).isEqualTo(1);
    }

    @Test
    void onlyWhatClaimsNothingOfTheDiskIsEager() {
        assertThat(Arrays.stream(RaftMessage.class.getPermittedSubclasses()).filter(Eager.class::isAssignableFrom))
                .containsExactlyInAnyOrder(
                        AppendEntries.class, Heartbeat.class, HeartbeatReply.class, TimeoutNow.class);
    }

    @Test
    void snapshotsAreOrderedByLeaderAndThenByNumber() {
        var snapshot = new SnapshotId(9, 2, 3, 5);
        assertThat(snapshot.isOlderThan(new SnapshotId(1, 1, 4, 1))).isTrue();
        assertThat(snapshot.isOlderThan(new SnapshotId(1, 1, 3, 6))).isTrue();
        assertThat(snapshot.isOlderThan(snapshot)).isFalse();
        assertThat(snapshot.isOlderThan(new SnapshotId(99, 3, 2, 9))).isFalse();
    }

    @Test
    void theLogHasNoHoles() {
        assertThatThrownBy(() -> new DurableState(1).replay(new Append(2, List.of(noOps(1)))))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
