package dcluster.quorum;

import static dcluster.quorum.Rig.KEY;
import static dcluster.quorum.Rig.N1;
import static dcluster.quorum.Rig.N2;
import static dcluster.quorum.Rig.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.quorum.QuorumMessage.Compare;
import dcluster.quorum.QuorumMessage.Leaf;
import dcluster.quorum.QuorumMessage.Repair;
import dcluster.quorum.QuorumMessage.TreeHash;
import dcluster.quorum.QuorumMessage.Want;
import dcluster.quorum.QuorumRecord.Stored;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AntiEntropyTest {
    private static final int KEYS = 3_000;
    private static final Actor ACTOR = new Actor(new NodeId("n9"), 1, 1);
    private static final Versions.Concurrent VALUE = Versions.Concurrent.NONE.with(ACTOR, Bytes.utf8("v"), Clock.NONE);

    private final Rig rig = new Rig(2, new Options().quorums(2, 1, 1).with(false, false, true));

    @BeforeEach
    void onceEach() {
        rig.mesh.repeatNothing();
    }

    private static Bytes key(int number) {
        return Bytes.utf8("key:" + number);
    }

    private void hold(NodeId node, Bytes key, Versions versions) {
        rig.at(node).journal(new Stored(key, versions, Optional.empty()));
    }

    private void holdAtBoth(int count) {
        for (int i = 0; i < count; i++) {
            hold(N1, key(i), VALUE);
            hold(N2, key(i), VALUE);
        }
        rig.mesh.settle();
    }

    /** One node compares once, and all messages that come of it are counted. */
    private long compareOnce(NodeId beginner) {
        rig.mesh.settle();
        long before = rig.mesh.delivered();
        rig.mesh.replica(beginner).onTimer(QuorumTimer.COMPARE);
        rig.mesh.replica(beginner).endTurn();
        rig.mesh.settle();
        return rig.mesh.delivered() - before;
    }

    @Test
    void whereBothHoldTheSameTheRootIsAllThatTravels() {
        holdAtBoth(KEYS);
        assertThat(compareOnce(N1)).isEqualTo(1);
        assertThat(compareOnce(N2)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void oneDifferentKeyAmongThousandsIsFoundInSevenMessagesAndNothingElseIsSent(String beginner) {
        holdAtBoth(KEYS);
        hold(N1, key(7), VALUE.with(ACTOR, Bytes.utf8("new"), VALUE.clock()));
        assertThat(rig.difference()).isPresent();
        assertThat(compareOnce(new NodeId(beginner))).isLessThanOrEqualTo(7);
        assertThat(rig.difference()).isEmpty();
        long repaired = (long) rig.detail(N1, "keys repaired") + (long) rig.detail(N2, "keys repaired");
        assertThat(repaired).isLessThanOrEqualTo(2);
        assertThat(compareOnce(N1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void aKeyThatOneLacksIsBroughtWhoeverBegins(String beginner) {
        holdAtBoth(100);
        hold(N1, KEY, VALUE);
        compareOnce(new NodeId(beginner));
        assertThat(rig.difference()).isEmpty();
        assertThat(rig.held(N2)).containsExactly("v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void aDeletionIsLearntByWhoHoldsTheValueWhoeverBegins(String beginner) {
        holdAtBoth(100);
        hold(N1, key(7), VALUE.without(VALUE.clock()));
        compareOnce(new NodeId(beginner));
        assertThat(rig.replica(N2).versions(key(7)).isTombstone()).isTrue();
        assertThat(rig.difference()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void whatEachKnowsAloneBothKnowAfterwards(String beginner) {
        hold(N1, KEY, VALUE);
        var other = new Actor(new NodeId("n8"), 1, 1);
        hold(N2, KEY, Versions.Concurrent.NONE.with(other, Bytes.utf8("w"), Clock.NONE));
        compareOnce(new NodeId(beginner));
        assertThat(rig.held(N1)).containsExactly("v", "w");
        assertThat(rig.held(N2)).containsExactly("v", "w");
    }

    @Test
    void aDeletionIsNotToldToWhoNeverHeardOfTheKey() {
        holdAtBoth(10);
        hold(N1, KEY, VALUE.without(VALUE.clock()));
        assertThat(compareOnce(N1)).isEqualTo(1);
        hold(N1, key(11), VALUE);
        compareOnce(N1);
        assertThat(rig.replica(N2).versions(KEY).isNone()).isTrue();
    }

    @Test
    void ofManyDifferentLeavesSixteenAreComparedAtOnceAndTheRestSoonAfter() {
        holdAtBoth(10);
        for (int i = 10; i < 500; i++) {
            hold(N1, key(i), VALUE);
        }
        rig.mesh.settle();
        var all = IntStream.range(0, MerkleTrees.width(MerkleTrees.LEAVES))
                .mapToObj(leaf -> new TreeHash(leaf, 0))
                .toList();
        rig.at(N1).receive(N2, new Compare(MerkleTrees.LEAVES, all));
        assertThat(rig.at(N1).sent(N2, Leaf.class)).hasSize(16);
        rig.advance(Duration.ofSeconds(10));
        assertThat(rig.difference()).isEmpty();
        assertThat(rig.replica(N2).holdings().freeze().size()).isEqualTo(500);
    }

    @Test
    void largeValuesTravelInSeveralMessages() {
        var large = Versions.Concurrent.NONE.with(ACTOR, Bytes.copyOf(new byte[200 << 10]), Clock.NONE);
        for (int i = 0; i < 4; i++) {
            hold(N1, key(i), large);
        }
        rig.mesh.settle();
        for (int i = 0; i < 4; i++) {
            var name = dcluster.toolkit.StateHash.of(key(i));
            rig.at(N1).receive(N2, new Want(dcluster.toolkit.PersistentMap.part(key(i)), List.of(name)));
        }
        assertThat(rig.at(N1).sent(N2, Repair.class)).hasSize(4);
        rig.mesh.settle();
        compareOnce(N1);
        assertThat(rig.difference()).isEmpty();
    }

    @Test
    void eachOtherNodeHasItsTurn() {
        var three = new Rig(3, new Options().with(false, false, true));
        three.at(N1).durable();
        var asked = new java.util.TreeSet<NodeId>();
        for (int i = 0; i < 4; i++) {
            three.at(N1).advance(Duration.ofSeconds(1));
            three.at(N1).sent().stream()
                    .filter(sent -> sent.message() instanceof Compare)
                    .forEach(sent -> asked.add(sent.to()));
        }
        assertThat(asked).containsExactly(N2, N3);
    }

    @ParameterizedTest
    @EnumSource
    void switchedOffItNeverCompares(Versioning versions) {
        var silent = new Rig(3, Options.of(versions).unmended());
        silent.advance(Duration.ofSeconds(3));
        assertThat(silent.at(N1).timers()).doesNotContainKey(QuorumTimer.COMPARE);
        assertThat(silent.mesh.delivered()).isZero();
    }
}
