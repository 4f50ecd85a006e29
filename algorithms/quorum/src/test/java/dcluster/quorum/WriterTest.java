package dcluster.quorum;

import static dcluster.quorum.Rig.KEY;
import static dcluster.quorum.Rig.N1;
import static dcluster.quorum.Rig.N2;
import static dcluster.quorum.Rig.WRITTEN;
import static dcluster.quorum.Rig.delete;
import static dcluster.quorum.Rig.found;
import static dcluster.quorum.Rig.get;
import static dcluster.quorum.Rig.number;
import static dcluster.quorum.Rig.put;
import static dcluster.quorum.Rig.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.quorum.QuorumMessage.Write;
import dcluster.quorum.QuorumRecord.Stored;
import dcluster.quorum.Versions.Latest;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Condition;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a coordinator refuses to write, and the stamps that it gives. */
class WriterTest {
    @ParameterizedTest
    @EnumSource
    void aPutThatLooksFirstIsRefusedWithTheReason(Versioning versions) {
        var rig = new Rig(3, Options.of(versions));
        for (var put : List.of(
                new Command.Put(KEY, KEY, Condition.IF_ABSENT, false),
                new Command.Put(KEY, KEY, Condition.IF_PRESENT, false),
                new Command.Put(KEY, KEY, Condition.ALWAYS, true))) {
            assertThat(rig.run(N1, put))
                    .isEqualTo(new Response.Failed(
                            Reason.UNSUPPORTED,
                            "its replicas agree on no order, so nobody can look at a key and change it as one; that takes"
                                    + " consensus, as raft has it"));
        }
        assertThat(rig.held(N1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFullReplicaTakesReadsAndDeletionsAndNothingThatGrows(Versioning versions) {
        var rig = new Rig(3, Options.of(versions));
        rig.at(N1).capacity(1_600);
        assertThat(rig.run(N1, put("a".repeat(500)))).isEqualTo(WRITTEN);
        rig.advance(Duration.ofMillis(50));
        var more = new Command.Put(Bytes.utf8("more"), Bytes.utf8("a".repeat(600)));
        assertThat(rig.run(N1, more))
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.message())
                                .startsWith("the store is full (")
                                .endsWith(" of 1600 bytes): raise storage.capacity"));
        assertThat(rig.run(N1, get())).isEqualTo(found("a".repeat(500)));
        assertThat(rig.run(N1, delete())).isEqualTo(number(1));
        assertThat(rig.run(N1, more)).isEqualTo(WRITTEN);
        rig.run(N2, new Command.Delete(more.key()));
        assertThat(rig.detail(N1, "waiting requests")).isEqualTo(0L);
    }

    @ParameterizedTest
    @EnumSource
    void anOverfullOwnerConfirmsWhatItHoldsAlready(Versioning versions) {
        var rig = new Rig(3, Options.of(versions));
        for (int i = 0; i < 20; i++) {
            rig.run(N1, new Command.Put(Bytes.utf8("k" + i), Bytes.utf8("a".repeat(500))));
        }
        assertThat(rig.run(N1, put("a"))).isEqualTo(WRITTEN);
        rig.advance(Duration.ofMillis(50));
        rig.at(N1).capacity(2_000);
        rig.cut(Rig.N3);
        assertThat(rig.run(N1, delete())).as("so that it can be emptied").isEqualTo(number(1));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsUnderWayTakesItsRoomBeforeItIsHeldAndGivesItBackAtItsEnd(Versioning versions) {
        var rig = new Rig(3, Options.of(versions).with(false, true, true));
        rig.at(N1).capacity(2_000);
        rig.cut(N2, Rig.N3);
        for (int i = 0; i < 3; i++) {
            rig.at(N1).request(new Command.Delete(Bytes.utf8("none" + i)));
        }
        var one = rig.at(N1).request(new Command.Put(Bytes.utf8("one"), Bytes.utf8("a".repeat(900))));
        var other = rig.at(N1).request(new Command.Put(Bytes.utf8("other"), Bytes.utf8("a".repeat(900))));
        assertThat(rig.answer(N1, one)).isEmpty();
        assertThat(reason(rig.answer(N1, other).orElseThrow())).isEqualTo(Reason.OVERLOADED);
        rig.heal();
        rig.advance(Duration.ofMillis(300));
        assertThat(rig.answer(N1, one)).contains(WRITTEN);
        assertThat(rig.run(N1, new Command.Put(Bytes.utf8("one"), Bytes.utf8("b".repeat(800)))))
                .isEqualTo(WRITTEN);
    }

    @Test
    void stampsOfOneLifeAscendThoughTheClockStandsStill() {
        var rig = new Rig(3, Options.of(Versioning.LAST_WRITE_WINS));
        for (int i = 0; i < 20; i++) {
            rig.at(N1).request(put("v" + i));
        }
        rig.mesh.settle();
        assertThat(rig.at(N1).records().stream()
                        .filter(Stored.class::isInstance)
                        .map(record -> ((Latest) ((Stored) record).versions()).stamp()))
                .hasSize(20)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(rig.run(N2, get())).isEqualTo(found("v19"));
    }

    @Test
    void aNewLifeAtTheSameTimeGivesOtherStamps() {
        var rig = new Rig(1, Options.of(Versioning.LAST_WRITE_WINS).quorums(1, 1, 1));
        rig.run(N1, put("a"));
        var before = ((Latest) rig.replica(N1).versions(KEY)).stamp();
        rig.mesh.crash(N1);
        rig.run(N1, put("b"));
        assertThat(((Latest) rig.replica(N1).versions(KEY)).stamp()).isGreaterThan(before);
        assertThat(rig.run(N1, get())).isEqualTo(found("b"));
    }

    @Test
    void aVersionOfAVectorClockLeavesWhenTheDiskOfItsMakerHoldsItAndATimeAtOnce() {
        var clocks = new Rig(3);
        clocks.mesh.settle();
        clocks.at(N1).request(Rig.merge("a", Bytes.EMPTY));
        assertThat(clocks.at(N1).sent(N2, Write.class)).isEmpty();
        clocks.at(N1).durable();
        assertThat(clocks.at(N1).sent(N2, Write.class)).hasSize(1);
        var latest = new Rig(3, Options.of(Versioning.LAST_WRITE_WINS));
        latest.at(N1).request(put("a"));
        assertThat(latest.at(N1).sent(N2, Write.class)).hasSize(1);
    }
}
