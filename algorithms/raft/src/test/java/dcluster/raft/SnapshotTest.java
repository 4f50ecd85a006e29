package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.N3;
import static dcluster.raft.Alone.agreed;
import static dcluster.raft.Alone.append;
import static dcluster.raft.Alone.noOps;
import static dcluster.raft.Alone.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.raft.RaftConfig.ReadPath;
import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.AppendReply;
import dcluster.raft.RaftMessage.Heartbeat;
import dcluster.raft.RaftMessage.HeartbeatReply;
import dcluster.raft.RaftMessage.InstallSnapshot;
import dcluster.raft.RaftMessage.SnapshotReply;
import dcluster.spi.Bytes;
import dcluster.toolkit.Store;
import dcluster.toolkit.StoreChunk;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sending and installing snapshots (section 7, figure 13). */
@Tag("raft-7")
@Tag("hard-case-22")
class SnapshotTest {
    private static final RaftConfig SMALL = Configs.with(
            Configs.of(false, false, ReadPath.READ_INDEX),
            Configs.amount(100, 100),
            Configs.amount(100, 10_000),
            Configs.amount(1000, 100_000),
            Configs.amount(10, 100_000));

    @Nested
    class Leader {
        private final Alone leader = Alone.leader(3, SMALL, 0);

        Leader() {
            leader.receive(N3, agreed(1, 1));
            for (int i = 0; i < 20; i++) {
                write(i);
            }
            leader.context.clear();
        }

        private void write(int i) {
            leader.request(put("key-" + i, "value-" + i));
            leader.receive(N3, agreed(1, leader.raft.durable().log().lastIndex()));
            leader.durable();
        }

        private List<InstallSnapshot> chunks() {
            return leader.sent(N1, InstallSnapshot.class);
        }

        private InstallSnapshot lastChunk() {
            return leader.lastSent(N1, InstallSnapshot.class);
        }

        private void acknowledge(int received) {
            leader.receive(N1, new SnapshotReply(1, lastChunk().snapshot(), received));
        }

        private void beginTransfer() {
            leader.advanceMillis(500);
            leader.receive(N1, new HeartbeatReply(1, 1));
        }

        /** The follower lives, but has answered no chunk for longer than a heartbeat interval. */
        private void timeOut() {
            leader.advanceMillis(60);
            leader.receive(
                    N1,
                    new HeartbeatReply(1, leader.lastSent(N1, Heartbeat.class).round()));
        }

        @Test
        void whoNeedsDiscardedEntriesIsSentTheStateMachine() {
            assertThat(leader.raft.durable().log().firstIndex()).isGreaterThan(5);
            beginTransfer();
            assertThat(chunks()).singleElement().satisfies(first -> {
                assertThat(first.snapshot()).isEqualTo(new SnapshotId(21, 1, 1, 1));
                assertThat(first.number()).isZero();
                assertThat(first.last()).isFalse();
            });
        }

        @Test
        void allChunksMakeTheStateAndReplicationGoesOnBehindIt() {
            beginTransfer();
            assertThat(copied().hash())
                    .isEqualTo(leader.raft.durable().machine().hash());
            leader.request(put("later", "1"));
            leader.context.clear();
            leader.receive(N1, agreed(1, 21));
            assertThat(leader.lastSent(N1, AppendEntries.class).previousIndex()).isEqualTo(21);
        }

        /** What the chunks make that are sent as each is acknowledged, with a write before each acknowledgement. */
        private Store copied() {
            var copy = new Store();
            for (int i = 0; ; i++) {
                var chunk = chunks().get(i);
                assertThat(chunk.number()).isEqualTo(i);
                copy.restore(chunk.chunk());
                if (chunk.last()) {
                    return copy;
                }
                acknowledge(i + 1);
            }
        }

        @Test
        void theViewStaysAsItWasWhileWritesGoOn() {
            beginTransfer();
            var hash = leader.raft.durable().machine().hash();
            for (int i = 0; i < 5; i++) {
                write(i);
            }
            assertThat(copied().hash()).isEqualTo(hash);
        }

        @Test
        void theWindowGrowsWithEachAcknowledgement() {
            beginTransfer();
            assertThat(chunks()).hasSize(1);
            leader.request(put("a", "1"));
            leader.request(put("a", "2"));
            leader.durable();
            assertThat(chunks()).hasSize(1);
            acknowledge(1);
            int out = chunks().size() - 1;
            assertThat(out)
                    .as("twice as many are out, as far as they are equally large")
                    .isBetween(2, 3);
            acknowledge(1);
            acknowledge(0);
            assertThat(chunks()).as("nothing new was acknowledged").hasSize(1 + out);
            acknowledge(3);
            assertThat(chunks().size() - 3).as("twice as many again").isBetween(4, 6);
            assertThat(chunks())
                    .extracting(InstallSnapshot::number)
                    .containsExactlyElementsOf(
                            IntStream.range(0, chunks().size()).boxed().toList());
        }

        @Test
        void theWindowIsBoundedInBytesByThePipeline() {
            var transfer = new Transfer(new SnapshotId(1, 1, 1, 1), manyChunks(), 250);
            int sent = 0;
            for (int received = 0; received < 50; received++) {
                while (transfer.send(1) != null) {
                    sent++;
                }
                assertThat(sent - received).isBetween(1, 3);
                transfer.acknowledge(received + 1);
            }
        }

        /** Of some 100 bytes each. */
        private static Iterator<StoreChunk> manyChunks() {
            var store = new Store();
            for (int i = 0; i < 100; i++) {
                store.apply(put("key-" + i, "x".repeat(80)));
            }
            return store.freeze().chunks(100);
        }

        @Test
        void whatMayBeLostIsSentAgainFromTheFirstThatIsNotAcknowledged() {
            beginTransfer();
            acknowledge(1);
            acknowledge(3);
            int before = chunks().size();
            timeOut();
            assertThat(chunks().subList(before, chunks().size()))
                    .as("one for a start")
                    .containsExactly(chunks().get(3));
            acknowledge(before - 1);
            assertThat(lastChunk().number())
                    .as("the others were not lost, and are not sent again")
                    .isGreaterThanOrEqualTo(before - 1);
        }

        @Test
        void aSnapshotArrivesThroughANetworkThatLosesEveryOtherChunk() {
            beginTransfer();
            var copy = new Store();
            int received = 0;
            int looked = 0;
            boolean lost = false;
            for (int rounds = 0; rounds < 100; rounds++) {
                for (; looked < chunks().size(); looked++) {
                    var chunk = chunks().get(looked);
                    lost = !lost;
                    if (!lost && chunk.number() == received) {
                        copy.restore(chunk.chunk());
                        received++;
                        if (chunk.last()) {
                            assertThat(copy.hash())
                                    .isEqualTo(leader.raft.durable().machine().hash());
                            return;
                        }
                    }
                }
                acknowledge(received);
                timeOut();
            }
            throw new AssertionError("it never arrived; received=" + received);
        }

        @Test
        void theLastChunkIsSentAgainUntilTheSnapshotIsInstalled() {
            beginTransfer();
            copied();
            var last = lastChunk();
            acknowledge(last.number() + 1);
            timeOut();
            assertThat(chunks()).endsWith(last, last);
        }

        @Test
        void heartbeatsGoOn() {
            beginTransfer();
            leader.context.clear();
            leader.tick();
            assertThat(leader.sent(N1, Heartbeat.class)).hasSize(1);
        }

        @Test
        void aReceiverThatDeniesWhatItAcknowledgedIsSentANewSnapshot() {
            beginTransfer();
            acknowledge(1);
            acknowledge(0);
            timeOut();
            assertThat(lastChunk().snapshot().serial())
                    .as("the denial may be an old answer")
                    .isEqualTo(1);
            acknowledge(0);
            timeOut();
            assertThat(lastChunk().snapshot().serial()).isEqualTo(2);
            assertThat(lastChunk().number()).isZero();
        }

        @Test
        void aReceiverThatIsGoneForLongIsGivenUp() {
            beginTransfer();
            leader.advanceMillis(3100);
            assertThat(leader.raft.durable().log().firstIndex()).isLessThan(21);
            leader.context.clear();
            leader.receive(N1, new HeartbeatReply(1, 1));
            leader.receive(N1, new HeartbeatReply(1, 1));
            assertThat(lastChunk().snapshot().serial()).isEqualTo(2);
        }

        @Test
        void whatMustFollowTheSnapshotIsKeptButNotForEver() {
            beginTransfer();
            for (int i = 0; i < 15; i++) {
                write(i);
            }
            assertThat(leader.raft.durable().log().firstIndex()).isLessThanOrEqualTo(22);
            for (int i = 0; i < 40; i++) {
                write(i);
            }
            assertThat(leader.raft.durable().log().size()).isLessThan(45);
        }
    }

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
            assertThat(follower.sent(N1)).endsWith(new AppendReply(3, 9));
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
            assertThat(follower.sent(N1)).endsWith(new AppendReply(3, 9));
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
            var empty = new InstallSnapshot(3, snapshot, 0, true, new StoreChunk(List.of()));
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
        var chunk = new StoreChunk(List.of(new StoreChunk.TextPart(Bytes.utf8("a"), Bytes.utf8("1"))));
        raft.replay(new RaftRecord.Chunk(new SnapshotId(9, 2, 3, 1), 0, chunk));
        assertThatThrownBy(() -> raft.replay(new RaftRecord.Chunk(new SnapshotId(9, 2, 3, 1), 2, chunk)))
                .isInstanceOf(IllegalStateException.class);
    }
}
