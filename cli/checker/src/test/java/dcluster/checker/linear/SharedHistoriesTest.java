package dcluster.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.HistoryReader;
import dcluster.checker.testing.SharedHistories;
import dcluster.checker.verdict.Answer;
import dcluster.checker.verdict.Check;
import dcluster.checker.verdict.Terms;
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
            boolean isGood = entry.expect("expected").equals("linearizable");
            assertThat(Check.REGISTER.judge(history, Terms.of(AMPLE)).answer())
                    .as("%s", entry)
                    .isEqualTo(isGood ? Answer.VALID : Answer.INVALID);
        }
        assertThat(entries).hasSizeGreaterThanOrEqualTo(95);
    }
}
