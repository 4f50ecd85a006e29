package dcluster.quorum;

import static dcluster.quorum.Rig.N1;
import static dcluster.quorum.Rig.N2;
import static dcluster.quorum.Rig.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replicas that missed writes and deletions of many keys come to the same by each mechanism alone. */
class ConvergenceTest {
    private static List<Bytes> keys() {
        return IntStream.range(0, 20).mapToObj(i -> Bytes.utf8("key:" + i)).toList();
    }

    private static void putAll(Rig rig, NodeId at, int from, String value) {
        for (var key : keys().subList(from, from + 10)) {
            rig.run(at, new Command.Put(key, Bytes.utf8(value)));
        }
    }

    /** First one replica misses writes and deletions, then another. */
    private static Rig apart(Options options) {
        var rig = new Rig(3, options);
        putAll(rig, N1, 0, "first");
        rig.advance(Duration.ofMillis(300));
        rig.cut(N3);
        putAll(rig, N1, 5, "second");
        rig.run(N2, new Command.Delete(keys().get(0)));
        rig.advance(Duration.ofMillis(300));
        rig.heal();
        rig.cut(N2);
        putAll(rig, N1, 10, "third");
        rig.run(N1, new Command.Delete(keys().get(1)));
        rig.advance(Duration.ofMillis(300));
        rig.heal();
        assertThat(rig.difference()).as("apart at first").isPresent();
        return rig;
    }

    private static void readAll(Rig rig) {
        keys().forEach(key -> rig.run(N1, new Command.Get(key)));
        rig.advance(Duration.ofMillis(300));
    }

    private static List<String> values(Rig rig) {
        var values = new ArrayList<String>();
        for (var key : keys()) {
            values.add(Rig.texts(rig.replica(N2).versions(key).values()).toString());
        }
        return values;
    }

    private static void isWhole(Rig rig) {
        assertThat(rig.difference()).isEmpty();
        assertThat(values(rig).subList(0, 2)).containsOnly("[]");
        assertThat(values(rig).subList(2, 5)).containsOnly("[first]");
        assertThat(values(rig).subList(5, 10)).containsOnly("[second]");
        assertThat(values(rig).subList(10, 20)).containsOnly("[third]");
        assertThat(new QuorumInvariants.UniqueVersions().violation(rig.algorithms()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void byHintsAlone(Versioning versions) {
        var rig = apart(Options.of(versions).with(true, false, false));
        rig.advance(Duration.ofSeconds(3));
        isWhole(rig);
        assertThat(rig.detail(N1, "keys repaired")).isEqualTo(0L);
    }

    @ParameterizedTest
    @EnumSource
    void byReadRepairAloneWhenAllKeysWereRead(Versioning versions) {
        var rig = apart(Options.of(versions).with(false, true, false));
        rig.advance(Duration.ofSeconds(3));
        assertThat(rig.difference()).as("before they are read").isPresent();
        readAll(rig);
        isWhole(rig);
        assertThat(rig.detail(N1, "keys handed off")).isEqualTo(0L);
        long repaired = (long) rig.detail(N1, "read repairs");
        readAll(rig);
        assertThat(rig.detail(N1, "read repairs"))
                .as("nothing is repaired twice")
                .isEqualTo(repaired);
    }

    @ParameterizedTest
    @EnumSource
    void byAntiEntropyAlone(Versioning versions) {
        var rig = apart(Options.of(versions).with(false, false, true));
        rig.advance(Duration.ofSeconds(6));
        isWhole(rig);
        assertThat(rig.detail(N1, "keys handed off")).isEqualTo(0L);
        assertThat(rig.detail(N1, "read repairs")).isEqualTo(0L);
    }

    @ParameterizedTest
    @EnumSource
    void byNothingAtAllNever(Versioning versions) {
        var rig = apart(Options.of(versions).unmended());
        readAll(rig);
        rig.advance(Duration.ofSeconds(6));
        assertThat(rig.difference()).isPresent();
    }
}
