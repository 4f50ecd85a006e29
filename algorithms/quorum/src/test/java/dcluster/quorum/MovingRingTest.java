package dcluster.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.quorum.QuorumMessage.Change;
import dcluster.quorum.QuorumMessage.Drained;
import dcluster.quorum.QuorumMessage.Write;
import dcluster.quorum.QuorumRecord.Settled;
import dcluster.quorum.Versions.Latest;
import dcluster.spi.ByteSize;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.spi.Status;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A node while others join and leave. */
class MovingRingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private static final NodeId N4 = new NodeId("n4");

    @Test
    void aNodeThatJoinsKnowsThatItWasNotGivenEverythingYet() {
        var context = context(N4, 4);
        context.attach(new Quorum(config(List.of("n4"), List.of()), context));
        assertThat(context.records()).containsExactly(new Settled(List.of(N1, N2, N3), List.of()));
        context.durable();
        assertThatThrownBy(() -> context.crashAndRestart(own -> new Quorum(config(List.of(), List.of()), own)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("placed on a ring of [n1, n2, n3]")
                .hasMessageContaining("until status says that the ring is settled");
    }

    @Test
    void whoWasToJoinAndHasNotCannotLeaveAsIfItHad() {
        var context = context(N1, 4);
        context.attach(new Quorum(config(List.of("n4"), List.of()), context));
        context.durable();
        assertThatThrownBy(() -> context.crashAndRestart(own -> new Quorum(config(List.of(), List.of("n4")), own)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("placed on a ring of [n1, n2, n3]");
    }

    @Test
    void aNodeThatHasSettledGoesOnWithThoseThatHaveNot() {
        var joining = config(List.of("n2"), List.of());
        var context = context(N1, 2);
        context.attach(new Quorum(joining, context));
        context.receive(N2, new Drained(List.of(N1, N2)));
        context.advance(SECOND);
        assertThat(context.records()).endsWith(new Settled(List.of(N1, N2), List.of(N1)));
        context.durable();
        context.crashAndRestart(own -> new Quorum(joining, own));
        context.advance(SECOND);
        assertThat(context.sent(N2, Drained.class)).hasSize(2);
    }

    @Test
    void aNodeThatHasServedOnTheNewRingAloneDoesNotGoBackToMoving() {
        var joining = config(List.of("n2"), List.of());
        var context = context(N1, 2);
        context.attach(new Quorum(joining, context));
        context.receive(N2, new Drained(List.of(N1, N2)));
        context.advance(SECOND);
        context.durable();
        context.crashAndRestart(own -> new Quorum(config(List.of(), List.of()), own));
        context.durable();
        assertThatThrownBy(() -> context.crashAndRestart(own -> new Quorum(joining, own)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("placed on a ring of [n1, n2], and the options tell of one of [n1]");
    }

    @Test
    void aNodeThatLeavesStandsInForNobody() {
        var placement = new Placement(config(List.of(), List.of("n1")), Members.of(4));
        int strangers = 0;
        for (int i = 0; i < 100; i++) {
            var route = placement.route(Bytes.utf8("key-" + i));
            var standIns =
                    route.order().subList(route.ownerCount(), route.order().size());
            assertThat(standIns).doesNotContain(N1);
            strangers += standIns.size();
        }
        assertThat(strangers).isPositive();
    }

    @Test
    void aNodeThatLeavesHasWorkUnderWayUntilItOwesNothingMore() {
        var context = context(N1, 2);
        var node = context.attach(new Quorum(config(List.of(), List.of("n1")), context));
        assertThat(node.status().details()).containsEntry(Status.UNDER_WAY, "moving: 0 keys to look at, 0 to bring");
        context.receive(N2, new Drained(List.of(N2)));
        context.advance(SECOND);
        assertThat(node.status().details()).containsEntry("ring", "settled").doesNotContainKey(Status.UNDER_WAY);

        var version = new Latest(new Stamp(1, N2, 1), Optional.of(Bytes.utf8("v")));
        context.receive(N2, new Write(1, List.of(new Change(1, Bytes.utf8("k"), version, Optional.of(N2)))));
        assertThat(node.status().details()).containsEntry(Status.UNDER_WAY, "moving: 0 keys to look at, 1 to bring");
    }

    private static RecordingContext<QuorumMessage, QuorumRecord, QuorumTimer> context(NodeId self, int nodes) {
        return new RecordingContext<>(self, Members.of(nodes), 1);
    }

    private static QuorumConfig config(List<String> joining, List<String> leaving) {
        return new QuorumConfig(
                1,
                1,
                1,
                Versioning.LAST_WRITE_WINS,
                8,
                true,
                true,
                true,
                true,
                SECOND,
                SECOND,
                SECOND,
                SECOND,
                SECOND,
                new ByteSize(4 << 10),
                joining,
                leaving);
    }
}
