package dcluster.quorum;

import static dcluster.quorum.Rig.KEY;
import static dcluster.quorum.Rig.WRITTEN;
import static dcluster.quorum.Rig.found;
import static dcluster.quorum.Rig.get;
import static dcluster.quorum.Rig.put;
import static dcluster.quorum.Rig.reason;
import static dcluster.quorum.Rig.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.NodeId;
import dcluster.spi.Response.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Others stand in for owners that do not answer (Dynamo, section 4.6), and bring them what they missed. */
class SloppyTest {
    private static final Duration RECOVERY = Duration.ofSeconds(4);

    /** Hints alone bring replicas to the same. */
    private static Rig rig(int nodes, Versioning versions) {
        return new Rig(nodes, Options.of(versions).with(true, false, false).sloppy());
    }

    private static NodeId[] array(List<NodeId> nodes) {
        return nodes.toArray(NodeId[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void withTwoOwnersDownOthersStandInAndForgetTheKeyWhenTheOwnersHaveIt(Versioning versions) {
        var rig = rig(5, versions);
        var up = rig.owners().get(0);
        rig.cut(rig.owners().get(1), rig.owners().get(2));
        assertThat(rig.runPatiently(up, put("a"))).isEqualTo(WRITTEN);
        assertThat(rig.runPatiently(up, get())).isEqualTo(found("a"));
        rig.strangers().forEach(node -> assertThat(rig.held(node)).containsExactly("a"));
        assertThat(rig.difference()).isPresent();
        rig.heal();
        rig.advance(RECOVERY);
        assertThat(rig.difference()).isEmpty();
        rig.owners().forEach(node -> assertThat(rig.held(node)).containsExactly("a"));
        rig.strangers()
                .forEach(node ->
                        assertThat(rig.replica(node).holdings().freeze().size()).isZero());
    }

    @ParameterizedTest
    @EnumSource
    void withAllOwnersDownTheOthersServeAlone(Versioning versions) {
        var rig = rig(5, versions);
        var stranger = rig.strangers().get(0);
        rig.cut(array(rig.owners()));
        assertThat(rig.runPatiently(stranger, put("a"))).isEqualTo(WRITTEN);
        assertThat(rig.runPatiently(rig.strangers().get(1), get())).isEqualTo(found("a"));
        assertThat(rig.runPatiently(stranger, put("b"))).isEqualTo(WRITTEN);
        assertThat(rig.runPatiently(stranger, get())).isEqualTo(found("b"));
        rig.heal();
        rig.advance(RECOVERY);
        assertThat(rig.difference()).isEmpty();
        assertThat(rig.run(rig.owners().get(2), get())).isEqualTo(found("b"));
        assertThat(rig.held(stranger)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void withoutStandInsTheSameTwoOwnersDownStopTheKey(Versioning versions) {
        var rig = new Rig(5, Options.of(versions));
        rig.cut(rig.owners().get(1), rig.owners().get(2));
        assertThat(reason(rig.runPatiently(rig.owners().get(0), get()))).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void bothSidesOfAPartitionWriteAndTheirValuesMeetAsSiblings() {
        var rig = rig(5, Versioning.VECTOR_CLOCK);
        var left = rig.owners().get(0);
        rig.cut(rig.owners().get(1), rig.owners().get(2));
        assertThat(rig.runPatiently(left, put("left"))).isEqualTo(WRITTEN);
        rig.heal();
        rig.cut(left, rig.strangers().get(0), rig.strangers().get(1));
        assertThat(rig.runPatiently(rig.owners().get(1), put("right"))).isEqualTo(WRITTEN);
        rig.heal();
        rig.advance(RECOVERY);
        assertThat(rig.difference()).isEmpty();
        assertThat(texts(rig.siblings(left).values())).containsExactly("left", "right");
    }

    @ParameterizedTest
    @EnumSource
    void whatAStandInOwesSurvivesItsCrash(Versioning versions) {
        var rig = rig(5, versions);
        var up = rig.owners().get(0);
        rig.cut(rig.owners().get(1), rig.owners().get(2));
        assertThat(rig.runPatiently(up, put("a"))).isEqualTo(WRITTEN);
        rig.strangers().forEach(rig.mesh::crash);
        rig.strangers()
                .forEach(node -> assertThat(rig.detail(node, "keys owed")).isEqualTo(1L));
        rig.heal();
        rig.advance(RECOVERY);
        assertThat(rig.held(rig.owners().get(1))).containsExactly("a");
        assertThat(rig.held(rig.owners().get(2))).containsExactly("a");
        assertThat(rig.difference()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoStandsInAndFallsSilentIsReplacedWhileTheOperationLasts(Versioning versions) {
        var rig = new Rig(6, Options.of(versions).quorums(3, 1, 3).sloppy());
        var up = rig.owners().get(0);
        var order = rig.replica(up).placement().route(KEY).order();
        rig.cut(order.get(1), order.get(2), order.get(3));
        assertThat(rig.runPatiently(up, put("a"))).isEqualTo(WRITTEN);
        assertThat(rig.held(order.get(4))).containsExactly("a");
        assertThat(rig.held(order.get(5))).containsExactly("a");
        rig.heal();
        rig.advance(RECOVERY);
        assertThat(rig.difference()).isEmpty();
    }
}
