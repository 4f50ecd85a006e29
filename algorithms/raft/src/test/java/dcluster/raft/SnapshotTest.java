package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.agreed;
import static dcluster.raft.Alone.append;
import static dcluster.raft.Alone.noOps;
import static dcluster.raft.Alone.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.raft.RaftMessage.AppendReply;
import dcluster.raft.RaftMessage.InstallSnapshot;
import dcluster.raft.RaftMessage.SnapshotReply;
import dcluster.spi.Bytes;
import dcluster.toolkit.Store;
import dcluster.toolkit.StoreChunk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Receiving and installing snapshots (section 7, figure 13). */
@Tag("raft-7")
@Tag("hard-case-22")
class SnapshotTest {
    private static final RaftConfig SMALL = SnapshotSendingTest.SMALL;

    @Nested
    class Follower {
        private final List<StoreChunk> chunks = new ArrayList<>();
        private final Store state = new Store();
        private final SnapshotId snapshot = new SnapshotId(9, 2, 3, 1);
        private final Alone follower = Alone.follower(3, SMALL, 3, 1, 1, 2);

        Follower() {
            for (int i = 0; i < 20; i++) {
                state.apply(put("key-" + i, "value-" + i));
            }
            state.freeze().chunks(100).forEachRemaining(chunks::add);
            assertThat(chunks).hasSizeGreaterThan(2);
        }

        private void send(int number) {
            follower.receive(N1, message(snapshot, number));
        }

        private InstallSnapshot message(SnapshotId id, int number) {
            return new InstallSnapshot(3, id, number, number == chunks.size() - 1, chunks.get(number));
        }

        private void sendAll() {
            for (int i = 0; i < chunks.size(); i++) {
                send(i);
            }
        }

        private void assertInstalled() {
            var durable = follower.raft.durable();
            assertThat(durable.machine().hash()).isEqualTo(state.hash());
            assertThat(durable.machine().applied()).isEqualTo(9);
            assertThat(follower.commit()).isEqualTo(9);
            assertThat(durable.log().termAt(9)).isEqualTo(2);
            assertThat(durable.incoming()).isNull();
        }

        @Test
        void eachChunkIsAcknowledgedWhenItIsDurable() {
            send(0);
            assertThat(follower.context.sent()).isEmpty();
            follower.durable();
            assertThat(follower.sent(N1)).containsExactly(new SnapshotReply(3, snapshot, 1));
        }

        @Test
        void theLastChunkInstallsTheSnapshot() {
            sendAll();
            assertInstalled();
            follower.durable();
            assertThat(follower.sent(N1)).endsWith(agreed(3, 9));
        }

        @Test
        void theWholeLogIsDiscardedIfItEndsBefore() {
            sendAll();
            assertThat(follower.raft.durable().log().firstIndex()).isEqualTo(10);
            assertThat(follower.raft.durable().log().size()).isZero();
        }

        @Test
        void entriesAfterTheSnapshotStayIfTheLogAgrees() {
            follower.receive(N1, append(3, 3, 2, 0, noOps(2, 2, 2, 2, 2, 2, 3, 3)));
            sendAll();
            assertInstalled();
            assertThat(follower.logTerms()).containsExactly(3L, 3L);
        }

        @Test
        void entriesAfterTheSnapshotGoIfTheLogDisagrees() {
            follower.receive(N1, append(3, 3, 2, 0, noOps(2, 2, 2, 2, 2, 3, 3, 3)));
            sendAll();
            assertInstalled();
            assertThat(follower.logTerms()).isEmpty();
        }

        @Test
        void chunksOutOfOrderAndRepeatedDoNoHarm() {
            send(0);
            send(2);
            send(1);
            send(0);
            send(1);
            follower.durable();
            assertThat(follower.sent(N1, SnapshotReply.class))
                    .extracting(SnapshotReply::received)
                    .containsExactly(1, 1, 2, 2, 2);
            for (int i = 2; i < chunks.size(); i++) {
                send(i);
            }
            assertInstalled();
        }

        @Test
        void theLastChunkAloneInstallsNothing() {
            send(0);
            send(chunks.size() - 1);
            assertThat(follower.applied()).isZero();
            follower.durable();
            assertThat(follower.sent(N1)).endsWith(new SnapshotReply(3, snapshot, 1));
        }

        @Test
        void aRestartKeepsDurableChunks() {
            send(0);
            send(1);
            follower.durable();
            follower.restart();
            for (int i = 2; i < chunks.size(); i++) {
                send(i);
            }
            assertInstalled();
        }

        @Test
        void aCrashBetweenTheLastChunkAndTheInstallationIsMended() {
            sendAll();
            int records = follower.context.records().size();
            follower.context.durable(records - 1);
            follower.restart();
            assertThat(follower.applied()).isZero();
            send(chunks.size() - 1);
            assertInstalled();
        }

        @Test
        void aRestartAfterTheInstallationBeginsThere() {
            sendAll();
            follower.durable();
            follower.restart();
            assertInstalled();
            follower.receive(N1, append(3, 9, 2, 10, put(3, "a", "1")));
            assertThat(follower.applied()).isEqualTo(10);
        }

        @Test
        void aLaterSnapshotTakesTheEarlierOnesPlaceAndNotTheOtherWayRound() {
            var later = new SnapshotId(9, 2, 3, 2);
            send(0);
            follower.receive(N1, message(later, 0));
            follower.receive(N1, message(later, 1));
            send(0);
            assertThat(follower.raft.durable().incoming()).satisfies(incoming -> {
                assertThat(incoming.id()).isEqualTo(later);
                assertThat(incoming.received()).isEqualTo(2);
            });
        }

        @Test
        void aSnapshotThatBringsNothingIsAcknowledgedAndIgnored() {
            follower.receive(N1, append(3, 3, 2, 9, noOps(2, 2, 2, 2, 2, 2)));
            follower.durable();
            int records = follower.context.records().size();
            send(0);
            assertThat(follower.context.records()).hasSize(records);
            assertThat(follower.sent(N1)).endsWith(agreed(3, 9));
        }

        @Test
        void oldAppendsAfterTheInstallationDoNoHarm() {
            sendAll();
            follower.durable();
            follower.context.clear();
            follower.receive(N1, append(3, 0, 0, 0, noOps(1, 1)));
            follower.receive(N1, append(3, 7, 2, 0, noOps(2, 2, 3)));
            follower.durable();
            assertThat(follower.logTerms()).containsExactly(3L);
            assertThat(follower.sent(N1, AppendReply.class)).containsExactly(agreed(3, 2), agreed(3, 10));
        }

        @Test
        void entriesThatCatchUpMakeAHalfReceivedSnapshotObsolete() {
            send(0);
            follower.receive(N1, append(3, 3, 2, 3, noOps(2, 2, 2, 2, 2, 2)));
            assertThat(follower.raft.durable().incoming()).isNull();
        }

        @Test
        void anEmptyStateMachineIsInstalledToo() {
            var empty = new InstallSnapshot(3, snapshot, 0, true, new StoreChunk(0, List.of()));
            follower.receive(N1, empty);
            assertThat(follower.applied()).isEqualTo(9);
            assertThat(follower.raft.durable().machine().hash()).isEqualTo(new Store().hash());
        }
    }

    @Test
    void aSnapshotIsNotInstalledWithoutItsChunks() {
        assertThatThrownBy(() -> Alone.of(3, SMALL).raft.replay(new RaftRecord.Installed(new SnapshotId(9, 2, 3, 1))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void chunksThatDoNotFollowEachOtherAreRefused() {
        var raft = Alone.of(3, SMALL).raft;
        var chunk = new StoreChunk(0, List.of(new StoreChunk.TextPart(Bytes.utf8("a"), 1, Bytes.utf8("1"))));
        raft.replay(new RaftRecord.Chunk(new SnapshotId(9, 2, 3, 1), 0, chunk));
        assertThatThrownBy(() -> raft.replay(new RaftRecord.Chunk(new SnapshotId(9, 2, 3, 1), 2, chunk)))
                .isInstanceOf(IllegalStateException.class);
    }
}
