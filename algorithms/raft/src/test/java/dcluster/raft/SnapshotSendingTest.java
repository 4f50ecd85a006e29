package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.N3;
import static dcluster.raft.Alone.agreed;
import static dcluster.raft.Alone.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.raft.RaftConfig.ReadPath;
import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.Heartbeat;
import dcluster.raft.RaftMessage.HeartbeatReply;
import dcluster.raft.RaftMessage.InstallSnapshot;
import dcluster.raft.RaftMessage.SnapshotReply;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.Shipment;
import dcluster.toolkit.Store;
import dcluster.toolkit.StoreChunk;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The leader's half of a snapshot's transfer (section 7, figure 13): chunks within a window. */
@Tag("raft-7")
@Tag("hard-case-22")
class SnapshotSendingTest {
    static final RaftConfig SMALL = Configs.with(
            Configs.of(false, false, ReadPath.READ_INDEX),
            Configs.amount(100, 100),
            Configs.amount(100, 10_000),
            Configs.amount(1000, 100_000),
            Configs.amount(10, 100_000));

    private final Alone leader = Alone.leader(3, SMALL, 0);

    SnapshotSendingTest() {
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

    private void beginShipment() {
        leader.advanceMillis(500);
        leader.receive(N1, new HeartbeatReply(1, 1));
    }

    /** The follower lives, but has answered no chunk for longer than a heartbeat interval. */
    private void timeOut() {
        leader.advanceMillis(160);
        leader.receive(
                N1, new HeartbeatReply(1, leader.lastSent(N1, Heartbeat.class).round()));
    }

    @Test
    void whoNeedsDiscardedEntriesIsSentTheStateMachine() {
        assertThat(leader.raft.durable().log().firstIndex()).isGreaterThan(5);
        beginShipment();
        assertThat(chunks()).singleElement().satisfies(first -> {
            assertThat(first.snapshot()).isEqualTo(new SnapshotId(21, 1, 1, 1));
            assertThat(first.number()).isZero();
            assertThat(first.last()).isFalse();
        });
    }

    @Test
    void allChunksMakeTheStateAndReplicationGoesOnBehindIt() {
        beginShipment();
        assertThat(copied().hash()).isEqualTo(leader.raft.durable().machine().hash());
        leader.request(put("later", "1"));
        leader.context.clear();
        leader.receive(N1, agreed(1, 21));
        assertThat(leader.lastSent(N1, AppendEntries.class).previousIndex()).isEqualTo(21);
    }

    @Test
    void versionsAndTheCountOfChangesTravelWithTheSnapshot() {
        leader.request(new Command.Delete(Bytes.utf8("key-19")));
        leader.receive(N3, agreed(1, 22));
        leader.durable();
        beginShipment();
        var copy = copied();
        assertThat(copy.apply(new Command.Watch(Bytes.utf8("key-18"))))
                .isEqualTo(new Response.Ok(new Result.WholeNumber(19)));
        copy.apply(put("key-19", "anew"));
        assertThat(copy.apply(new Command.Watch(Bytes.utf8("key-19"))))
                .as("twenty puts and a deletion came before")
                .isEqualTo(new Response.Ok(new Result.WholeNumber(22)));
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
        beginShipment();
        var hash = leader.raft.durable().machine().hash();
        for (int i = 0; i < 5; i++) {
            write(i);
        }
        assertThat(copied().hash()).isEqualTo(hash);
    }

    @Test
    void theWindowGrowsWithEachAcknowledgement() {
        beginShipment();
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
        var shipment = new Shipment<>(new SnapshotId(1, 1, 1, 1), manyChunks(), 250);
        int sent = 0;
        for (int received = 0; received < 50; received++) {
            while (shipment.send() != null) {
                sent++;
            }
            assertThat(sent - received).isBetween(1, 3);
            shipment.acknowledge(received + 1);
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
        beginShipment();
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
        beginShipment();
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
        beginShipment();
        copied();
        var last = lastChunk();
        acknowledge(last.number() + 1);
        timeOut();
        assertThat(chunks()).endsWith(last, last);
    }

    @Test
    void heartbeatsGoOn() {
        beginShipment();
        leader.context.clear();
        leader.tick();
        assertThat(leader.sent(N1, Heartbeat.class)).hasSize(1);
    }

    @Test
    void aReceiverThatDeniesWhatItAcknowledgedIsSentANewSnapshot() {
        beginShipment();
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
        beginShipment();
        leader.advanceMillis(3100);
        assertThat(leader.raft.durable().log().firstIndex()).isLessThan(21);
        leader.context.clear();
        leader.receive(N1, new HeartbeatReply(1, 1));
        leader.receive(N1, new HeartbeatReply(1, 1));
        assertThat(lastChunk().snapshot().serial()).isEqualTo(2);
    }

    @Test
    void whatMustFollowTheSnapshotIsKeptButNotForEver() {
        beginShipment();
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
