package dcluster.quorum;

import static dcluster.quorum.Rig.KEY;
import static dcluster.quorum.Rig.N1;
import static dcluster.quorum.Rig.N2;
import static dcluster.quorum.Rig.N3;
import static dcluster.quorum.Rig.WRITTEN;
import static dcluster.quorum.Rig.delete;
import static dcluster.quorum.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.quorum.QuorumMessage.HandoffReply;
import dcluster.quorum.QuorumMessage.Receipt;
import dcluster.quorum.QuorumRecord.HandedOff;
import dcluster.quorum.QuorumRecord.Owed;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A coordinator keeps what an owner has missed, and brings it once the owner answers again. */
class HandoffTest {
    private static final Duration LATE = Duration.ofMillis(300);

    private static Rig rig(Versioning versions) {
        return new Rig(3, Options.of(versions).with(true, false, false));
    }

    /** A write that one owner misses, and its hint. */
    private static Rig withAHint(Versioning versions) {
        var rig = rig(versions);
        rig.cut(N3);
        assertThat(rig.run(N1, put("a"))).isEqualTo(WRITTEN);
        rig.advance(LATE);
        assertThat(rig.detail(N1, "hints left")).isEqualTo(1L);
        assertThat(rig.detail(N1, "keys owed")).isEqualTo(1L);
        return rig;
    }

    @ParameterizedTest
    @EnumSource
    void whatAnOwnerMissedIsBroughtToItAndThenOwedNoMore(Versioning versions) {
        var rig = withAHint(versions);
        rig.heal();
        rig.advance(Duration.ofSeconds(2));
        assertThat(rig.held(N3)).containsExactly("a");
        assertThat(rig.held(N1)).as("its own").containsExactly("a");
        assertThat(rig.detail(N1, "keys owed")).isEqualTo(0L);
        assertThat(rig.detail(N1, "keys handed off")).isEqualTo(1L);
        assertThat(rig.difference()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aHintSurvivesACrashAndIsLeftOnce(Versioning versions) {
        var rig = withAHint(versions);
        rig.advance(LATE);
        rig.run(N1, put("b"));
        rig.advance(LATE);
        rig.mesh.crash(N1);
        assertThat(rig.at(N1).records().stream().filter(Owed.class::isInstance)).hasSize(1);
        rig.heal();
        rig.advance(Duration.ofSeconds(2));
        assertThat(rig.held(N3)).containsExactly("b");
        assertThat(rig.difference()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aReceiptForWhatWasReplacedMeanwhileSettlesNothing(Versioning versions) {
        var rig = withAHint(versions);
        long old = rig.replica(N1).versions(KEY).stateHash();
        rig.advance(LATE);
        rig.run(N1, put("b"));
        long now = rig.replica(N1).versions(KEY).stateHash();
        rig.at(N1).receive(N3, new HandoffReply(List.of(new Receipt(KEY, old)), List.of()));
        rig.at(N1).receive(N2, new HandoffReply(List.of(new Receipt(KEY, now)), List.of()));
        assertThat(rig.replica(N1).holdings().isOwed(KEY, N3)).isTrue();
        var receipt = new Receipt(KEY, now);
        rig.at(N1).receive(N3, new HandoffReply(List.of(receipt, receipt), List.of()));
        rig.at(N1).receive(N3, new HandoffReply(List.of(receipt), List.of()));
        assertThat(rig.replica(N1).holdings().isOwed(KEY, N3)).isFalse();
        assertThat(rig.at(N1).records().stream().filter(HandedOff.class::isInstance))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void anOwnerSaysThatItHoldsWhatItWasGivenWhenItsDiskDoes(Versioning versions) {
        var rig = withAHint(versions);
        var item = new QuorumMessage.Item(KEY, rig.replica(N1).versions(KEY));
        rig.at(N3).receive(N1, new QuorumMessage.Handoff(List.of(item)));
        assertThat(rig.at(N3).sent(N1, HandoffReply.class)).isEmpty();
        rig.at(N3).durable();
        assertThat(rig.at(N3).sent(N1, HandoffReply.class))
                .containsExactly(new HandoffReply(
                        List.of(new Receipt(KEY, item.versions().stateHash())), List.of()));
    }

    @ParameterizedTest
    @EnumSource
    void whoIsSilentIsTriedWithASingleKeyAndGetsTheRestInBatchesOnceItAnswers(Versioning versions) {
        var rig = rig(versions);
        rig.cut(N3);
        for (int i = 0; i < 50; i++) {
            rig.run(N1, new Command.Put(Bytes.utf8("key:" + i), Bytes.utf8("v".repeat(20_000))));
        }
        rig.advance(LATE);
        rig.mesh.settle();
        rig.at(N1).advance(Duration.ofSeconds(1));
        rig.at(N1).durable();
        assertThat(rig.at(N1).sent(N3, QuorumMessage.Handoff.class))
                .singleElement()
                .satisfies(handoff -> assertThat(handoff.items()).hasSize(1));
        rig.heal();
        rig.advance(Duration.ofSeconds(2));
        assertThat(rig.replica(N3).holdings().freeze().size()).isEqualTo(50);
        assertThat(rig.difference()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void withoutHintedHandoffNothingIsOwed(Versioning versions) {
        var rig = new Rig(3, Options.of(versions).unmended());
        rig.cut(N3);
        rig.run(N1, put("a"));
        rig.advance(LATE);
        rig.run(N1, delete());
        rig.advance(LATE);
        assertThat(rig.detail(N1, "keys owed")).isEqualTo(0L);
        assertThat(rig.detail(N1, "hints left")).isEqualTo(0L);
        rig.heal();
        rig.advance(Duration.ofSeconds(3));
        assertThat(rig.held(N3)).isEmpty();
    }

    @Test
    void whatItsOwnerCannotTakeHoldsUpNothingBehindIt() {
        var rig = new Rig(4, Options.of(Versioning.VECTOR_CLOCK).with(true, false, false));
        var holder = rig.strangers().get(0);
        var owner = rig.owners().get(0);
        var large = Bytes.copyOf(new byte[5 << 20], 0, 5 << 20);
        rig.replica(owner).take(Rig.KEY, version(1, large));
        rig.replica(holder).takeFor(owner, Rig.KEY, version(2, large));
        var small = new ArrayList<Bytes>();
        for (int i = 0; small.size() < 40; i++) {
            var key = Bytes.utf8("small" + i);
            if (rig.replica(holder).placement().isOwner(owner, key)
                    && !rig.replica(holder).isOwner(key)) {
                rig.replica(holder).takeFor(owner, key, version(3, key));
                small.add(key);
            }
        }
        rig.advance(Duration.ofSeconds(6));
        assertThat(small).allMatch(key -> !rig.replica(owner).versions(key).isNone());
        assertThat(rig.replica(holder).holdings().isOwed(Rig.KEY, owner)).isTrue();
        assertThat(rig.run(owner, Rig.put("instead"))).isEqualTo(Rig.WRITTEN);
        rig.advance(Duration.ofSeconds(20));
        assertThat(rig.replica(holder).holdings().owedCount()).isZero();
    }

    private static Versions version(long actor, Bytes value) {
        return Versions.Concurrent.NONE.with(new Actor(new NodeId("n9"), 1, actor), value, Clock.NONE);
    }
}
