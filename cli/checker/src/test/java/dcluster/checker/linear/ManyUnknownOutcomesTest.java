package dcluster.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.Operation;
import dcluster.checker.testing.Script;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Histories in which so much is unknown that no moment has few possible states. */
class ManyUnknownOutcomesTest {
    private static final Budget AMPLE = new Budget(Duration.ofSeconds(60), 1 << 28);

    private static Explanation explained(Model model, String script) {
        var found = new Linearizability(model, AMPLE).check(Script.history(script));
        assertThat(found.bad()).hasSize(1);
        return found.bad().get(0);
    }

    @Test
    void anElementThatIsTakenOutTwiceIsShownByBoth() {
        var script = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            script.append(" a.enqueue:").append(i).append(" b.dequeue=").append(i);
            script.append(i % 4 == 0 ? " c[enqueue:" + (100 + i) + " c? d[dequeue d?" : "");
        }
        var why = explained(Model.QUEUE, script + " b.dequeue=39");
        assertThat(why.core()).extracting(Operation::output).containsOnly(39L).hasSizeLessThanOrEqualTo(2);
        assertThat(why.isSmallest()).isTrue();
    }

    @Test
    void anOldValueIsShownByFewOperations() {
        var script = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            script.append(" a.write:").append(i).append(" b.read=").append(i);
            script.append(i % 4 == 0 ? " c[write:" + (1000 + i) + " c?" : "");
        }
        var why = explained(Model.REGISTER, script + " b.read=150");
        assertThat(why.core().size()).isLessThanOrEqualTo(3);
        assertThat(why.core()).extracting(Operation::output).contains(150L);
    }

    @Test
    void pushesThatWereSeenInTheEndAreInTheOrderInWhichTheyWereSeen() {
        var script = new StringBuilder();
        var elements = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            script.append(" c[push:").append(i).append(" c?");
            elements.add(0, "" + i);
        }
        var seen = script + " a.read=[" + String.join(",", elements) + "]";
        assertThat(new Linearizability(Model.LIST, AMPLE)
                        .check(Script.history(seen))
                        .isLinearizable())
                .isTrue();
    }

    /** Forty writers at once, of which two are read: which of the others came first is all the same. */
    @Test
    void writesThatNobodySawAreNotToldApart() {
        var script = new StringBuilder("p[write:100 q[write:101");
        var writers = "abcdefghijklmnoABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (int i = 0; i < writers.length(); i++) {
            script.append(" ").append(writers.charAt(i)).append("[write:").append(i);
        }
        script.append(" p]");
        for (int i = 0; i < writers.length(); i++) {
            script.append(" ").append(writers.charAt(i)).append("]");
            script.append(i == writers.length() / 2 ? " r.read=100" : "");
        }
        script.append(" q] r.read=101");
        var found = new Linearizability(Model.REGISTER, new Budget(Duration.ofSeconds(60), 1 << 24));
        assertThat(found.check(Script.history(script.toString())).isLinearizable())
                .isTrue();
    }
}
