package dcluster.quorum;

import static dcluster.quorum.Rig.KEY;
import static dcluster.quorum.Rig.N1;
import static dcluster.quorum.Rig.N2;
import static dcluster.quorum.Rig.N3;
import static dcluster.quorum.Rig.N4;
import static dcluster.quorum.Rig.WRITTEN;
import static dcluster.quorum.Rig.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dcluster.quorum.QuorumMessage.Drained;
import dcluster.quorum.QuorumRecord.Owed;
import dcluster.quorum.QuorumRecord.Settled;
import dcluster.quorum.QuorumRecord.Stored;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.toolkit.Ring;
import dcluster.toolkit.testing.RecordingContext.Note;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes join and leave between two starts of the cluster; nothing but the rebalance moves keys here. */
class RebalanceTest {
    private static final Duration MOVE = Duration.ofSeconds(5);

    private static List<Bytes> keys() {
        return IntStream.range(0, 60).mapToObj(i -> Bytes.utf8("key:" + i)).toList();
    }

    private static Options options(Versioning versions) {
        return Options.of(versions).unmended();
    }

    /** A cluster with all keys, each written where clients of both kinds may write it. */
    private static Rig full(int nodes, Options options) {
        var rig = new Rig(nodes, options);
        for (var key : keys()) {
            var owner = rig.replica(N1).placement().owners(key).get(0);
            assertThat(rig.run(owner, new Command.Put(key, key))).isEqualTo(WRITTEN);
        }
        rig.advance(Duration.ofMillis(300));
        return rig;
    }

    /** The nodes of a cluster start as a cluster of another size. */
    private static Rig restarted(Rig from, int nodes, Options options) {
        var rig = new Rig(nodes, options);
        rig.nodes()
                .filter(node -> from.nodes().toList().contains(node))
                .forEach(node -> from.at(node).records().forEach(rig.at(node)::journal));
        rig.mesh.settle();
        rig.restartAll(rig.config);
        return rig;
    }

    private static void holdsAll(Rig rig, List<NodeId> ring) {
        var placement = new Ring(ring, 8);
        for (var key : keys()) {
            var owners = placement.order(dcluster.toolkit.StateHash.of(key)).subList(0, 3);
            owners.forEach(owner -> assertThat(rig.replica(owner).versions(key).values())
                    .as("%s at %s", key, owner)
                    .containsExactly(key));
        }
    }

    private static void isSettled(Rig rig, List<NodeId> ring) {
        rig.nodes().forEach(node -> {
            assertThat(rig.replica(node).holdings().settled()).isEqualTo(ring);
            assertThat(rig.detail(node, "ring")).isEqualTo("settled");
            assertThat(rig.detail(node, "keys owed")).isEqualTo(0L);
        });
    }

    private static void readsAll(Rig rig) {
        rig.nodes()
                .forEach(node -> keys().forEach(key ->
                        assertThat(rig.run(node, new Command.Get(key))).isEqualTo(found(key.toUtf8()))));
    }

    @ParameterizedTest
    @EnumSource
    void whoJoinsIsGivenItsKeysAndAllCanBeReadAllAlong(Versioning versions) {
        var rig = restarted(full(3, options(versions)), 4, options(versions).joining("n4"));
        assertThat(rig.replica(N4).holdings().freeze().size()).isZero();
        assertThat((String) rig.detail(N1, "ring")).startsWith("moving: ");
        readsAll(rig);
        rig.advance(MOVE);
        readsAll(rig);
        var ring = List.of(N1, N2, N3, N4);
        holdsAll(rig, ring);
        isSettled(rig, ring);
        assertThat(rig.at(N4).notes()).isEmpty();

        var after = restarted(rig, 4, options(versions));
        readsAll(after);
        after.advance(MOVE);
        isSettled(after, ring);
        assertThat(after.difference()).isEmpty();
        for (var node : ring) {
            after.replica(node)
                    .holdings()
                    .freeze()
                    .forEach(mapping -> assertThat(after.replica(node).isOwner(mapping.key()))
                            .isTrue());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoLeavesGivesAwayAllThatItHoldsAndOwesNothing(Versioning versions) {
        var rig = full(4, options(versions));
        rig.restartAll(options(versions).leaving("n4").config());
        readsAll(rig);
        rig.advance(MOVE);
        var ring = List.of(N1, N2, N3);
        holdsAll(rig, ring);
        isSettled(rig, ring);
        readsAll(rig);
        var after = restarted(rig, 3, options(versions));
        readsAll(after);
        assertThat(after.difference()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void oneNodeTakesThePlaceOfAnotherAcrossCrashes(Versioning versions) {
        var rig = restarted(
                full(4, options(versions)), 5, options(versions).joining("n5").leaving("n1"));
        rig.nodes().toList().forEach(node -> {
            rig.advance(Duration.ofMillis(400));
            rig.mesh.crash(node);
        });
        rig.advance(MOVE);
        var ring = List.of(N2, N3, N4, Rig.N5);
        holdsAll(rig, ring);
        isSettled(rig, ring);
        readsAll(rig);
    }

    @Test
    void moreKeysThanAreOwedAtOnceAreAllMoved() {
        var rig = new Rig(4, new Options().unmended().joining("n4"));
        var value = Versions.Concurrent.NONE.with(new Actor(N1, 1, 1), KEY, Clock.NONE);
        for (int i = 0; i < 3_000; i++) {
            rig.at(N1).journal(new Stored(Bytes.utf8("many:" + i), value, Optional.empty()));
        }
        rig.mesh.settle();
        rig.restartAll(rig.config);
        rig.at(N1).advance(Duration.ofSeconds(1));
        assertThat((long) rig.detail(N1, "keys owed")).isBetween(1L, 1_001L);
        rig.advance(MOVE);
        isSettled(rig, List.of(N1, N2, N3, N4));
        int owned = 0;
        for (int i = 0; i < 3_000; i++) {
            var key = Bytes.utf8("many:" + i);
            boolean isOwner = rig.replica(N4).isOwner(key);
            owned += isOwner ? 1 : 0;
            assertThat(rig.replica(N4).versions(key).isNone()).isNotEqualTo(isOwner);
        }
        assertThat(owned).isGreaterThan(1_000);
    }

    @Test
    void theRingIsNotSettledWhileANodeHasNotSaidThatItIsDrained() {
        var rig = restarted(
                full(3, options(Versioning.VECTOR_CLOCK)),
                4,
                new Options().unmended().joining("n4"));
        rig.cut(N2);
        rig.advance(MOVE);
        assertThat(rig.replica(N1).holdings().settled()).isEqualTo(List.of(N1, N2, N3));
        assertThat((String) rig.detail(N1, "ring")).startsWith("moving: ");
        rig.at(N1).receive(N2, new Drained(List.of(N1, N2, N3)));
        assertThat(rig.replica(N1).holdings().settled()).as("another ring").isEqualTo(List.of(N1, N2, N3));
        rig.heal();
        rig.advance(MOVE);
        isSettled(rig, List.of(N1, N2, N3, N4));
        assertThat(rig.at(N1).records().stream().filter(Settled.class::isInstance))
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void settlingIsToldToPeopleOnce() {
        var rig = new Rig(4, new Options().unmended().joining("n4"));
        rig.advance(Duration.ofMillis(950));
        for (var node : rig.nodes().toList()) {
            rig.at(N1).receive(node, new Drained(List.of(N1, N2, N3, N4)));
            rig.at(N1).receive(node, new Drained(List.of(N1, N2, N3, N4)));
        }
        assertThat(rig.at(N1).notes()).containsExactly(new Note("settled", List.of("nodes", 4)));
    }

    @Test
    void aWriteWhileNodesMoveNeedsAQuorumOfBothRings() {
        var rig = new Rig(4, new Options().quorums(1, 1, 1).unmended().joining("n4"));
        var key = keys().stream()
                .filter(each -> rig.replica(N1).placement().owners(each).size() == 2)
                .findFirst()
                .orElseThrow();
        var former = rig.replica(N1).placement().owners(key).get(0);
        rig.cut(N4);
        var write = rig.ask(former, new Command.Put(key, key));
        assertThat(rig.answer(former, write)).isEmpty();
        assertThat(rig.run(former, new Command.Get(key)))
                .as("reads ask the former ring")
                .isEqualTo(found(key.toUtf8()));
        rig.heal();
        rig.advance(Duration.ofMillis(300));
        assertThat(rig.answer(former, write)).contains(WRITTEN);
        assertThat(rig.replica(N4).versions(key).values()).containsExactly(key);
    }

    @Test
    void aNodeThatOwesAnewSinceItWasDrainedDoesNotCallTheRingSettled() {
        var rig = full(4, new Options().with(true, false, false));
        rig.restartAll(new Options().with(true, false, false).leaving("n4").config());
        rig.onlyIf((to, message) -> !(message instanceof Drained));
        rig.advance(MOVE);
        assertThat(rig.detail(N4, "keys owed")).isEqualTo(0L);
        rig.cut(N3);
        var key = keys().stream()
                .filter(each -> rig.replica(N4).isOwner(each) && rig.replica(N3).isOwner(each))
                .findFirst()
                .orElseThrow();
        rig.run(N4, new Command.Put(key, KEY));
        rig.advance(Duration.ofMillis(300));
        assertThat(rig.detail(N4, "keys owed")).isEqualTo(1L);
        for (var node : List.of(N1, N2, N3)) {
            rig.at(N4).receive(node, new Drained(List.of(N1, N2, N3)));
        }
        assertThat((String) rig.detail(N4, "ring")).isEqualTo("moving: 0 keys to look at, 1 to bring");
        rig.heal();
        rig.advance(MOVE);
        isSettled(rig, List.of(N1, N2, N3));
        assertThat(rig.replica(N3).versions(key).values()).containsExactly(KEY);
    }

    @Test
    void aStartWithOptionsThatDoNotFitTheSettledRingIsRefused() {
        var rig = full(3, options(Versioning.VECTOR_CLOCK));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> restarted(rig, 4, new Options()))
                .withMessage("the keys of n1 were placed on a ring of [n1, n2, n3], and the options tell of one of"
                        + " [n1, n2, n3, n4]: name new nodes in options.quorum.joining, and keep those that go, in"
                        + " options.quorum.leaving, until status says that the ring is settled");
        var four = full(4, options(Versioning.VECTOR_CLOCK));
        assertThatIllegalArgumentException().isThrownBy(() -> restarted(four, 3, new Options()));
    }

    @ParameterizedTest
    @EnumSource
    void aStartWithTheOtherKindOfVersionsIsRefused(Versioning versions) {
        var rig = full(3, options(versions));
        var other = versions == Versioning.VECTOR_CLOCK ? Versioning.LAST_WRITE_WINS : Versioning.VECTOR_CLOCK;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rig.restartAll(options(other).config()))
                .withMessageContaining("options.quorum.versions");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOwedToWhoOwnsTheKeyNoMoreIsBroughtToItsOwners(Versioning versions) {
        var rig = new Rig(5, options(versions));
        rig.run(rig.owners().get(0), Rig.put("a"));
        var stranger = rig.strangers().get(0);
        for (var record : rig.at(rig.owners().get(0)).records()) {
            rig.at(stranger).journal(record);
        }
        rig.at(stranger).journal(new Owed(KEY, rig.strangers().get(1)));
        rig.at(stranger).journal(new Owed(KEY, new NodeId("gone")));
        rig.mesh.settle();
        rig.restartAll(rig.config);
        rig.advance(MOVE);
        assertThat(rig.detail(stranger, "keys owed")).isEqualTo(0L);
        assertThat(rig.held(stranger)).isEmpty();
        assertThat(rig.difference()).isEmpty();
    }
}
