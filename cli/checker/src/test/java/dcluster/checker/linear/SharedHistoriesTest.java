package dcluster.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.HistoryReader;
import dcluster.checker.testing.SharedHistories;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Histories whose verdicts come from Porcupine and Knossos. */
class SharedHistoriesTest {
    private static final Budget AMPLE = new Budget(Duration.ofSeconds(30), 1 << 29);

    @Test
    void everyRegisterIsJudgedAsItsManifestSays() throws IOException {
        var entries = SharedHistories.of("register");
        for (var entry : entries) {
            var history = HistoryReader.read(entry.file());
            assertThat(history.operations()).as("%s", entry).hasSize(Integer.parseInt(entry.expect("ops")));
            var found = new Linearizability(Model.REGISTER, AMPLE).check(history);
            assertThat(found.undecided()).as("%s", entry).isEmpty();
            assertThat(found.isLinearizable())
                    .as("%s", entry)
                    .isEqualTo(entry.expect("expected").equals("linearizable"));
        }
        assertThat(entries).hasSizeGreaterThanOrEqualTo(95);
    }
}
