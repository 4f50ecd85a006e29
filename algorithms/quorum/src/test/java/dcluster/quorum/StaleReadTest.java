package dcluster.quorum;

import static dcluster.quorum.Rig.KEY;
import static dcluster.quorum.Rig.N1;
import static dcluster.quorum.Rig.N2;
import static dcluster.quorum.Rig.N3;
import static dcluster.quorum.Rig.WRITTEN;
import static dcluster.quorum.Rig.found;
import static dcluster.quorum.Rig.get;
import static dcluster.quorum.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.quorum.QuorumMessage.Write;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What quorums do not promise. */
class StaleReadTest {
    /** The writer's coordinator dies when its new value has reached itself alone. */
    private static Rig withAHalfWrittenValue(Versioning versions) {
        var rig = new Rig(3, Options.of(versions));
        assertThat(rig.run(N1, put("old"))).isEqualTo(WRITTEN);
        rig.advance(Duration.ofMillis(50));
        rig.onlyIf((to, message) -> !(message instanceof Write));
        var lost = rig.ask(N1, put("new"));
        assertThat(rig.answer(N1, lost)).isEmpty();
        assertThat(rig.held(N1)).containsExactly("new");
        rig.heal();
        return rig;
    }

    @ParameterizedTest
    @EnumSource
    @Tag("hard-case-51")
    void twoReadsOneAfterTheOtherMayFindTheNewValueAndThenTheOldForNoReadWritesBack(Versioning versions) {
        var rig = withAHalfWrittenValue(versions);
        rig.cut(N3);
        assertThat(rig.run(N2, get())).isEqualTo(found("new"));
        rig.heal();
        rig.cut(N1);
        assertThat(rig.run(N3, get())).as("read after the first read ended").isEqualTo(found("old"));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("hard-case-51")
    void afterTheReadRepairOfTheFirstNoReadFindsTheOldValue(Versioning versions) {
        var rig = withAHalfWrittenValue(versions);
        rig.cut(N3);
        assertThat(rig.run(N2, get())).isEqualTo(found("new"));
        rig.advance(Duration.ofMillis(250));
        assertThat(rig.held(N2)).containsExactly("new");
        rig.heal();
        rig.cut(N1);
        assertThat(rig.run(N3, get())).isEqualTo(found("new"));
    }

    @ParameterizedTest
    @EnumSource
    void readsAndWritesThatNeedNotMeetMissWhatWasAcknowledged(Versioning versions) {
        var rig = new Rig(3, Options.of(versions).quorums(3, 1, 1).unmended());
        rig.cut(N2, N3);
        assertThat(rig.run(N1, put("a"))).isEqualTo(WRITTEN);
        rig.heal();
        rig.cut(N1);
        assertThat(rig.run(N2, get())).isEqualTo(Rig.ABSENT);
        assertThat(rig.replica(N2).versions(KEY).isNone()).isTrue();
    }

    @Test
    void byTheClockAWriteOfACoordinatorWhoseClockIsBehindIsAcknowledgedAndLost() {
        var rig = new Rig(3, Options.of(Versioning.LAST_WRITE_WINS));
        rig.at(N1).advance(Duration.ofSeconds(1));
        assertThat(rig.run(N1, put("of the clock ahead"))).isEqualTo(WRITTEN);
        assertThat(rig.run(N2, put("later"))).isEqualTo(WRITTEN);
        assertThat(rig.run(N2, get())).isEqualTo(found("of the clock ahead"));
        var clocks = new Rig(3);
        clocks.at(N1).advance(Duration.ofSeconds(1));
        clocks.run(N1, put("of the clock ahead"));
        clocks.run(N2, put("later"));
        assertThat(clocks.run(N1, get())).isEqualTo(found("later"));
    }
}
