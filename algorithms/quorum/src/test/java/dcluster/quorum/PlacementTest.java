package dcluster.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.toolkit.Ring;
import dcluster.toolkit.StateHash;
import dcluster.toolkit.testing.Members;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final List<NodeId> FOUR = Members.of(4).ids();

    private static Placement placement(int nodes, Options options) {
        return new Placement(options.config(), Members.of(nodes));
    }

    private static Stream<Bytes> keys() {
        return IntStream.range(0, 400).mapToObj(key -> Bytes.utf8("key:" + key));
    }

    private static List<NodeId> ownersOf(List<NodeId> ring, Bytes key) {
        return new Ring(ring, 8).order(StateHash.of(key)).subList(0, 3);
    }

    /** The nodes at some places of a route. */
    private static List<NodeId> at(Route route, long places) {
        return IntStream.range(0, route.order().size())
                .filter(place -> (places & 1L << place) != 0)
                .mapToObj(route.order()::get)
                .toList();
    }

    @Test
    void aSettledRingHasAsManyOwnersOfAKeyAsReplicasAndTheRestStandsIn() {
        var placement = placement(5, new Options());
        assertThat(placement.isMoving()).isFalse();
        keys().forEach(key -> {
            var route = placement.route(key);
            assertThat(route.owners()).hasSize(3).doesNotHaveDuplicates();
            assertThat(route.order()).hasSize(5).doesNotHaveDuplicates();
            assertThat(at(route, route.former())).isEqualTo(route.owners());
            assertThat(route.future()).isZero();
            assertThat(route.order())
                    .allMatch(node ->
                            placement.isOwner(node, key) == route.owners().contains(node));
        });
    }

    @Test
    void whileNodesMoveThoseOfBothRingsAreOwnersAndEachRingIsKnown() {
        var placement = placement(5, new Options().joining("n5").leaving("n1"));
        var former = FOUR;
        var future = List.of(Rig.N2, Rig.N3, Rig.N4, Rig.N5);
        assertThat(placement.isMoving()).isTrue();
        assertThat(placement.formerNodes()).isEqualTo(former);
        assertThat(placement.nodes()).isEqualTo(future);
        var counts = new HashSet<Integer>();
        keys().forEach(key -> {
            var route = placement.route(key);
            assertThat(at(route, route.former())).isEqualTo(ownersOf(former, key));
            assertThat(at(route, route.future())).hasSameElementsAs(ownersOf(future, key));
            assertThat(route.order()).doesNotHaveDuplicates().contains(Rig.N2, Rig.N3, Rig.N4);
            var both = new HashSet<>(ownersOf(former, key));
            both.addAll(ownersOf(future, key));
            assertThat(route.owners()).hasSameElementsAs(both);
            counts.add(route.ownerCount());
        });
        assertThat(counts).contains(3, 4);
    }

    @Test
    void whoJoinedLacksWhatItOwnsAndAStrangerOwesAllOwnersWhatItHolds() {
        var placement = placement(4, new Options().joining("n4"));
        keys().forEach(key -> {
            var future = ownersOf(FOUR, key);
            for (var holder : List.of(Rig.N1, Rig.N2, Rig.N3)) {
                assertThat(placement.lacking(holder, key))
                        .isEqualTo(future.contains(Rig.N4) ? List.of(Rig.N4) : List.of());
            }
        });
        var settled = placement(4, new Options());
        keys().forEach(key -> {
            var owners = ownersOf(FOUR, key);
            FOUR.forEach(holder ->
                    assertThat(settled.lacking(holder, key)).isEqualTo(owners.contains(holder) ? List.of() : owners));
        });
    }
}
