package dcluster.abd;

import static dcluster.abd.Rig.N1;
import static dcluster.abd.Rig.get;
import static dcluster.abd.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Command;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the package's documentation says that a command costs, where nothing fails. */
class FormulasTest {
    private record Cost(long messages, long forcedWrites) {}

    /** Of all nodes together for one command at one of them. */
    private static Cost cost(Rig rig, Command command) {
        rig.mesh.repeatNothing();
        long writes = forcedWrites(rig);
        long before = rig.mesh.delivered();
        rig.run(N1, command);
        return new Cost(rig.mesh.delivered() - before, forcedWrites(rig) - writes);
    }

    private static long forcedWrites(Rig rig) {
        return rig.at(N1).members().ids().stream()
                .mapToLong(node -> rig.at(node).records().size())
                .sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void aWriteTakesTwoRoundsAndAForcedWriteEverywhere(int n) {
        assertThat(cost(new Rig(n), put("a"))).isEqualTo(new Cost(4L * (n - 1), n));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void aReadThatItsMajorityAgreesOnTakesOneRound(int n) {
        var rig = new Rig(n);
        rig.run(N1, put("a"));
        assertThat(cost(rig, get())).isEqualTo(new Cost(2L * (n - 1), 0));
    }
}
