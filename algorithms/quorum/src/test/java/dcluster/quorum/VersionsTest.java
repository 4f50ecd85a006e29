package dcluster.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dcluster.quorum.Versions.Concurrent;
import dcluster.quorum.Versions.Latest;
import dcluster.quorum.Versions.Version;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.toolkit.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class VersionsTest {
    private static final Actor ACTOR = new Actor(Rig.N1, 1, 1);

    private static void areJoinedInWhateverOrder(RandomGenerator random, List<? extends Versions> arisen) {
        for (int i = 0; i < 40; i++) {
            var one = arisen.get(random.nextInt(arisen.size()));
            var two = arisen.get(random.nextInt(arisen.size()));
            var three = arisen.get(random.nextInt(arisen.size()));
            assertThat(one.join(two)).isEqualTo(two.join(one));
            assertThat(one.join(two).join(three)).isEqualTo(one.join(two.join(three)));
            assertThat(one.join(one)).isEqualTo(one);
            assertThat(one.join(two).join(two)).isEqualTo(one.join(two));
            assertThat(one.join(two).stateHash()).isEqualTo(two.join(one).stateHash());
        }
    }

    /** Each life of the runs loses what was not durable, and stand-ins forget what they have brought to others. */
    @Test
    void siblingsAreJoinedInWhateverOrderNothingIsLostAndNothingComesBack() {
        Seeds.check(60, random -> {
            var life = new VersionsLife(random);
            for (int step = 0; step < 60; step++) {
                life.step();
            }
            areJoinedInWhateverOrder(random, life.arisen());
            life.checkTheEnd();
        });
    }

    @Test
    void ofWritesByTheClockTheLatestStaysInWhateverOrderTheyAreHeardOf() {
        Seeds.check(100, random -> {
            var arisen = new ArrayList<Latest>(List.of(Latest.NONE));
            for (int i = 0; i < 12; i++) {
                var stamp = new Stamp(random.nextInt(4), new NodeId("n" + random.nextInt(1, 4)), i);
                var value = Optional.of(Bytes.utf8("v" + i)).filter(each -> random.nextInt(3) > 0);
                arisen.add(new Latest(stamp, value));
            }
            areJoinedInWhateverOrder(random, arisen);
            var latest = arisen.stream()
                    .max((one, other) -> one.stamp().compareTo(other.stamp()))
                    .orElseThrow();
            assertThat(arisen.stream().<Versions>map(each -> each).reduce(Versions::join))
                    .contains(latest);
        });
    }

    @Test
    void nothingKnownADeletionAndAnEmptyValueAreThreeThings() {
        for (var versioning : Versioning.values()) {
            assertThat(Versions.none(versioning).isNone()).isTrue();
            assertThat(Versions.none(versioning).isTombstone()).isFalse();
        }
        var empty = Concurrent.NONE.with(ACTOR, Bytes.EMPTY, Clock.NONE);
        assertThat(empty.values()).containsExactly(Bytes.EMPTY);
        var deleted = empty.without(empty.clock());
        assertThat(deleted.isTombstone()).isTrue();
        assertThat(deleted.isNone()).isFalse();
        var latest = new Latest(new Stamp(1, Rig.N1, 1), Optional.empty());
        assertThat(latest.isTombstone()).isTrue();
        assertThat(latest.stateHash()).isNotEqualTo(new Latest(latest.stamp(), Optional.of(Bytes.EMPTY)).stateHash());
    }

    @Test
    void whatHoldsTheSameValuesByOtherWritesHasAnotherHash() {
        var one = Concurrent.NONE.with(ACTOR, Bytes.utf8("a"), Clock.NONE);
        var again = one.with(ACTOR, Bytes.utf8("a"), one.clock());
        assertThat(again.values()).isEqualTo(one.values());
        assertThat(again.stateHash()).isNotEqualTo(one.stateHash());
        assertThat(again.without(again.clock()).stateHash())
                .isNotEqualTo(one.without(one.clock()).stateHash());
    }

    @Test
    void equalValuesOfTwoWritesAreShownOnce() {
        var one = Concurrent.NONE.with(ACTOR, Bytes.utf8("a"), Clock.NONE);
        var two = one.with(ACTOR, Bytes.utf8("a"), Clock.NONE);
        assertThat(two.versions()).hasSize(2);
        assertThat(two.values()).containsExactly(Bytes.utf8("a"));
    }

    @Test
    void equalValuesOfSeveralWritesWeighAsMuchAsUnequalOnesForEachIsCarried() {
        var one = Bytes.copyOf(new byte[3 << 20]);
        var versions = Concurrent.NONE.with(ACTOR, one, Clock.NONE).with(ACTOR, one, Clock.NONE);
        assertThat(versions.fits()).isTrue();
        assertThat(versions.valueBytes()).isEqualTo(6 << 20);
        assertThat(new Held(versions, Optional.empty()).memoryBytes()).isGreaterThan(6 << 20);
        assertThat(versions.with(ACTOR, one, Clock.NONE).fits()).isFalse();
    }

    @Test
    void twoKindsDoNotMixAndAVersionStandsUnderItsClock() {
        assertThatIllegalArgumentException().isThrownBy(() -> Concurrent.NONE.join(Latest.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> Latest.NONE.join(Concurrent.NONE));
        var version = new Version(new Dot(ACTOR, 1), Bytes.EMPTY);
        assertThatIllegalArgumentException().isThrownBy(() -> new Concurrent(Clock.NONE, List.of(version)));
        var clock = Clock.NONE.with(version.dot());
        assertThatIllegalArgumentException().isThrownBy(() -> new Concurrent(clock, List.of(version, version)));
    }
}
