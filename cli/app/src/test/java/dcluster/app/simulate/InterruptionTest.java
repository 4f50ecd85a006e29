package dcluster.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.start.Wanted;
import dcluster.app.terminal.Format;
import dcluster.app.terminal.Output;
import dcluster.app.terminal.Progress;
import dcluster.app.terminal.Terminal;
import dcluster.config.Algorithms;
import dcluster.config.Overrides;
import dcluster.lab.simulation.Scenario;
import dcluster.lab.simulation.Seeds;
import dcluster.simulation.Beyond;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What somebody sees who ends a hunt before its time. */
class InterruptionTest {
    private static final Algorithms ALGORITHMS = Algorithms.load(List.of());
    private static final Wanted NONE = new Wanted(
            Optional.empty(), new Overrides(Optional.of("none"), OptionalInt.of(1), Optional.empty(), List.of()));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final Progress progress = Progress.forTerminalOnly(Terminal.NONE, printed);

    private BeyondRun beyond(Format format) {
        var beyond = Beyond.WIPED_DISKS;
        var subject = Subjects.of(NONE, ALGORITHMS).under(beyond);
        var simulated = new Simulated(subject, Scenario.USUAL, Optional.empty(), "dcluster simulate");
        return new BeyondRun(simulated, beyond, new Seeds(1, 9), new Output(format, Terminal.NONE, printed), progress);
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aHuntBeyondTheModelTellsThatNothingIsProvedYet() {
        beyond(Format.TABLE).interrupted();
        assertThat(told()).isEqualTo("interrupted: 0 seeds, 0 wiped disks, and no violation yet\n");
    }

    @Test
    void aProgramIsToldThatTheHuntWasInterrupted() {
        beyond(Format.NDJSON).interrupted();
        assertThat(told()).contains("\"found\":false", "\"broken\":null", "\"interrupted\":true");
    }

    @Test
    void aHuntForMutantsTellsOfHowManyItKnows() {
        new MutantsRun(NONE, ALGORITHMS, new Seeds(1, 9), new Output(Format.TABLE, Terminal.NONE, printed))
                .interrupted(progress);
        assertThat(told()).endsWith("interrupted: 0 of 0 mutants\n");
    }
}
