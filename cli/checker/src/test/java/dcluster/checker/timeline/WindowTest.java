package dcluster.checker.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.linear.Budget;
import dcluster.checker.testing.Script;
import dcluster.checker.verdict.Check;
import dcluster.checker.verdict.Finding;
import dcluster.checker.verdict.Terms;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowTest {
    /** Many operations on two keys, with one wrong read in the middle of one. */
    private static History history(int each, int wrongAt) {
        var script = new StringBuilder();
        for (int i = 0; i < each; i++) {
            script.append(" a.x/write:").append(i).append(" b.x/read=").append(i == wrongAt ? -1 : i);
            script.append(" c.y/write:").append(i);
        }
        return Script.history(script.toString());
    }

    private static Finding finding(History history) {
        var terms = Terms.of(new Budget(Duration.ofSeconds(30), 1 << 28));
        return Check.REGISTER.judge(history, terms).findings().get(0);
    }

    @Test
    void aSmallHistoryIsDrawnWhole() {
        var history = history(5, 3);
        var window = Window.around(finding(history), history);
        assertThat(window.operations()).hasSize(10).allMatch(operation -> "x".equals(operation.key()));
        assertThat(window.leftOut()).isEqualTo("5 operations on other keys");
    }

    @Test
    void ofALargeHistoryWhatIsNearestIsDrawn() {
        var history = history(5000, 3000);
        var finding = finding(history);
        var window = Window.around(finding, history);
        assertThat(window.operations())
                .hasSize(Window.MOST_OPERATIONS)
                .isSortedAccordingTo((a, b) -> Integer.compare(a.invoked(), b.invoked()));
        var witness = finding.witnesses().get(0).operation();
        assertThat(window.operations()).contains(witness);
        assertThat(window.operations())
                .extracting(Operation::invoked)
                .allMatch(line -> Math.abs(line - witness.invoked()) < 2000);
        assertThat(window.leftOut()).isEqualTo("9,200 operations farther away, 5,000 operations on other keys");
    }

    @Test
    void withoutAFindingTheBeginningIsDrawn() {
        var window = Window.beginning(history(500, -1));
        assertThat(window.operations().get(0).invoked()).isEqualTo(1);
        assertThat(window.leftOut()).isEqualTo("700 operations farther away");
    }
}
