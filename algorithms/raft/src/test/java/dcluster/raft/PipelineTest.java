package dcluster.raft;

import static dcluster.raft.Alone.N1;
import static dcluster.raft.Alone.N3;
import static dcluster.raft.Alone.agreed;
import static dcluster.raft.Alone.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.raft.RaftConfig.ReadPath;
import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.AppendRejected;
import dcluster.raft.RaftMessage.Heartbeat;
import dcluster.raft.RaftMessage.HeartbeatReply;
import dcluster.spi.NodeId;
import org.junit.jupiter.api.Test;

/** How a leader feeds its followers: windows, batches, lost messages, silence. */
class PipelineTest {
    private static final RaftConfig SMALL = Configs.with(
            Configs.of(false, false, ReadPath.READ_INDEX),
            Configs.amount(2, 1000),
            Configs.amount(4, 2000),
            Configs.amount(100, 100_000),
            Configs.amount(1000, 1_000_000));

    private final Alone leader = leaderThatHears(N1);

    private static Alone leaderThatHears(NodeId follower) {
        var leader = Alone.leader(3, SMALL, 0);
        leader.receive(follower, agreed(1, 1));
        leader.context.clear();
        return leader;
    }

    private void answerHeartbeat(NodeId follower) {
        leader.receive(
                follower,
                new HeartbeatReply(1, leader.lastSent(follower, Heartbeat.class).round()));
    }

    @Test
    void entriesFollowEachOtherWithoutWaiting() {
        leader.request(put("a", "1"));
        leader.request(put("a", "2"));
        leader.request(put("a", "3"));
        assertThat(leader.sent(N1, AppendEntries.class))
                .extracting(AppendEntries::previousIndex)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void untilTheLogsAreKnownToAgreeOneMessageIsOut() {
        leader.request(put("a", "1"));
        leader.request(put("a", "2"));
        assertThat(leader.sent(N3, AppendEntries.class)).isEmpty();
        leader.receive(N3, agreed(1, 1));
        assertThat(leader.sent(N3, AppendEntries.class))
                .extracting(AppendEntries::previousIndex)
                .containsExactly(1L);
    }

    @Test
    void aBatchIsBoundedByItsEntries() {
        for (int i = 0; i < 3; i++) {
            leader.request(put("a", "" + i));
        }
        leader.receive(N3, agreed(1, 1));
        assertThat(leader.sent(N3, AppendEntries.class))
                .extracting(message -> message.entries().size())
                .containsExactly(2, 1);
    }

    @Test
    void aBatchIsBoundedByItsBytes() {
        leader.request(put("a", "x".repeat(600)));
        leader.request(put("a", "y".repeat(600)));
        leader.receive(N3, agreed(1, 1));
        assertThat(leader.sent(N3, AppendEntries.class))
                .extracting(message -> message.entries().size())
                .containsExactly(1, 1);
    }

    @Test
    void theWindowBoundsWhatIsUnacknowledgedByEntries() {
        for (int i = 0; i < 7; i++) {
            leader.request(put("a", "" + i));
        }
        assertThat(leader.sent(N1, AppendEntries.class)).hasSize(4);
        leader.receive(N1, agreed(1, 3));
        assertThat(leader.lastSent(N1, AppendEntries.class).previousIndex()).isEqualTo(5);
        assertThat(leader.lastSent(N1, AppendEntries.class).entries()).hasSize(2);
    }

    @Test
    void theWindowBoundsWhatIsUnacknowledgedByBytes() {
        for (int i = 0; i < 4; i++) {
            leader.request(put("a", "x".repeat(1500)));
        }
        assertThat(leader.sent(N1, AppendEntries.class)).hasSize(2);
    }

    @Test
    void followersThatAreEquallyFarAreSentTheVerySameMessage() {
        leader.receive(N3, agreed(1, 1));
        leader.context.clear();
        leader.request(put("a", "1"));
        assertThat(leader.lastSent(N1, AppendEntries.class)).isSameAs(leader.lastSent(N3, AppendEntries.class));
    }

    @Test
    void aFollowerThatLivesButDoesNotAnswerIsAskedWhetherItHasEverything() {
        leader.request(put("a", "1"));
        leader.tick();
        leader.advanceMillis(1);
        leader.context.clear();
        leader.tick();
        answerHeartbeat(N1);
        assertThat(leader.sent(N1, AppendEntries.class)).singleElement().satisfies(message -> {
            assertThat(message.previousIndex()).isEqualTo(2);
            assertThat(message.entries()).isEmpty();
        });
        leader.receive(N1, new AppendRejected(1, 2, 0, 2));
        assertThat(leader.lastSent(N1, AppendEntries.class).entries()).containsExactly(put(1, "a", "1"));
    }

    @Test
    void aFollowerIsAskedAgainAtMostOnceAHeartbeat() {
        leader.request(put("a", "1"));
        leader.advanceMillis(101);
        answerHeartbeat(N1);
        leader.context.clear();
        leader.receive(N1, new HeartbeatReply(1, 1));
        leader.receive(N1, new HeartbeatReply(1, 1));
        assertThat(leader.context.sent()).isEmpty();
    }

    @Test
    void aFollowerThatAcknowledgesWithinTimeIsNotAskedAgain() {
        for (int i = 0; i < 5; i++) {
            leader.request(put("a", "" + i));
            leader.advanceMillis(40);
            leader.receive(N1, agreed(1, 2 + i));
            leader.context.clear();
            leader.receive(N1, new HeartbeatReply(1, 1));
            assertThat(leader.sent(N1, AppendEntries.class)).isEmpty();
        }
    }

    @Test
    void aSilentFollowerIsSentHeartbeatsAlone() {
        leader.request(put("a", "1"));
        leader.advanceMillis(500);
        leader.context.clear();
        leader.request(put("a", "2"));
        leader.tick();
        assertThat(leader.sent(N1)).hasSize(1).allMatch(Heartbeat.class::isInstance);
        answerHeartbeat(N1);
        assertThat(leader.lastSent(N1, AppendEntries.class).previousIndex()).isEqualTo(1);
    }

    @Test
    void aFollowerCannotAgreeWithMoreThanThereIs() {
        assertThatThrownBy(() -> leader.receive(N1, agreed(1, 9)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Log Matching");
    }

    @Test
    void answersOfStrangersAreIgnored() {
        leader.request(put("a", "1"));
        leader.durable();
        leader.receive(new NodeId("stranger"), agreed(1, 2));
        leader.receive(new NodeId("stranger"), new AppendRejected(1, 1, 0, 1));
        leader.receive(new NodeId("stranger"), new HeartbeatReply(1, 1));
        assertThat(leader.commit()).isEqualTo(1);
    }
}
