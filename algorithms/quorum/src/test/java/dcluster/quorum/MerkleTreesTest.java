package dcluster.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dcluster.quorum.QuorumMessage.Compare;
import dcluster.quorum.QuorumMessage.Leaf;
import dcluster.quorum.QuorumMessage.TreeHash;
import dcluster.quorum.QuorumMessage.Want;
import dcluster.quorum.QuorumRecord.Dropped;
import dcluster.quorum.QuorumRecord.Stored;
import dcluster.quorum.Versions.Latest;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.Seeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MerkleTreesTest {
    private static final List<NodeId> NODES = Members.of(4).ids();

    /** A node's holdings, with the tree that they share with another. */
    private record Side(NodeId self, Placement placement, MerkleTrees trees, Holdings holdings) {
        static Side of(NodeId self) {
            var placement = new Placement(Options.of(Versioning.LAST_WRITE_WINS).config(), Members.of(4));
            var trees = new MerkleTrees(placement, self);
            return new Side(self, placement, trees, new Holdings(Versioning.LAST_WRITE_WINS, trees));
        }

        void change(RandomGenerator random) {
            var key = Bytes.utf8("key:" + random.nextInt(12));
            if (random.nextInt(4) == 0) {
                holdings.replay(new Dropped(key));
            } else {
                put(key, random.nextInt(3), random.nextInt(3) > 0);
            }
        }

        void put(Bytes key, long time, boolean isValue) {
            var value = Optional.of(Bytes.utf8("at" + time)).filter(each -> isValue);
            var stamp = new Stamp(time, Rig.N1, isValue ? 1 : 2);
            holdings.replay(new Stored(key, new Latest(stamp, value), Optional.empty()));
        }

        /** The values of keys that both own. */
        Map<Bytes, Versions> sharedWith(NodeId other) {
            var shared = new HashMap<Bytes, Versions>();
            for (var mapping : holdings.freeze()) {
                boolean isShared = placement.isOwner(self, mapping.key()) && placement.isOwner(other, mapping.key());
                if (isShared && !mapping.value().versions().isTombstone()) {
                    shared.put(mapping.key(), mapping.value().versions());
                }
            }
            return shared;
        }
    }

    @Test
    void twoRootsAreEqualIfAndOnlyIfWhatIsSharedIs() {
        var seen = new TreeSet<Boolean>();
        Seeds.check(300, random -> {
            var one = Side.of(Rig.N1);
            var other = Side.of(Rig.N2);
            int steps = random.nextInt(12);
            for (int step = 0; step < steps; step++) {
                one.change(random);
                other.change(random);
            }
            boolean isSame = one.sharedWith(Rig.N2).equals(other.sharedWith(Rig.N1));
            assertThat(one.trees().hash(Rig.N2, 0, 0) == other.trees().hash(Rig.N1, 0, 0))
                    .isEqualTo(isSame);
            seen.add(isSame);
        });
        assertThat(seen).containsExactly(false, true);
    }

    @Test
    void whateverLedToItATreeIsThatOfItsContentAfterARestartToo() {
        Seeds.check(100, random -> {
            var one = Side.of(Rig.N1);
            for (int step = 0; step < 60; step++) {
                one.change(random);
            }
            var again = Side.of(Rig.N1);
            one.holdings().records().forEachRemaining(again.holdings()::replay);
            for (var other : NODES.subList(1, 4)) {
                assertThat(again.trees().hash(other, 0, 0))
                        .isEqualTo(one.trees().hash(other, 0, 0));
            }
        });
    }

    @Test
    void aSingleChangeShowsInOnePathOfTheTreeOfItsOwnersAndInNoOther() {
        var side = Side.of(Rig.N1);
        var empty = Side.of(Rig.N1);
        var key = Bytes.utf8("key:1");
        while (!side.placement().isOwner(Rig.N1, key)) {
            key = Bytes.utf8(key + "1");
        }
        side.put(key, 1, true);
        for (var other : NODES.subList(1, 4)) {
            for (int level = 0; level <= MerkleTrees.LEAVES; level++) {
                int different = 0;
                for (int name = 0; name < MerkleTrees.width(level); name++) {
                    boolean isSame = side.trees().hash(other, level, name)
                            == empty.trees().hash(other, level, name);
                    different += isSame ? 0 : 1;
                }
                assertThat(different).isEqualTo(side.placement().isOwner(other, key) ? 1 : 0);
            }
        }
    }

    @Test
    void eachLevelIsWideEnoughForTheChildrenOfTheOneAbove() {
        assertThat(MerkleTrees.width(MerkleTrees.LEAVES)).isEqualTo(dcluster.toolkit.PersistentMap.PARTS);
        for (int level = 0; level < MerkleTrees.LEAVES; level++) {
            var children = new TreeSet<Integer>();
            for (int name = 0; name < MerkleTrees.width(level); name++) {
                for (int way = 0; way < MerkleTrees.WAYS; way++) {
                    children.add(MerkleTrees.child(level, name, way));
                }
            }
            assertThat(children).hasSize(MerkleTrees.width(level + 1));
            assertThat(children.last()).isEqualTo(MerkleTrees.width(level + 1) - 1);
        }
    }

    @Test
    void placesThatAreNotInATreeAreRefused() {
        for (long name : new long[] {-1, 1, 1L << 32}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Compare(0, List.of(new TreeHash(name, 0))));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Compare(-1, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Compare(3, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Compare(2, List.of(new TreeHash(1024, 0))));
        for (int leaf : new int[] {-1, 1024}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Leaf(leaf, List.of()));
            assertThatIllegalArgumentException().isThrownBy(() -> new Want(leaf, List.of()));
        }
    }
}
