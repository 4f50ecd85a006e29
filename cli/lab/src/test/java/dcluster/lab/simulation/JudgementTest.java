package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.history.Function;
import dcluster.lab.simulation.Recorder.Ask;
import dcluster.simulation.Violation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private final Recorder recorder = new Recorder();
    private long now;

    private void pushed(String element) {
        recorder.ok(push(element), element, true, ++now);
    }

    /** Somebody asks for it, and is never told. */
    private int push(String element) {
        return recorder.invoke(recorder.newClient(), new Ask(Function.PUSH, "list0", element), "n1", ++now);
    }

    private void read(List<String> elements) {
        int operation = recorder.invoke(recorder.newClient(), new Ask(Function.READ, "list0", null), "n1", ++now);
        recorder.ok(operation, elements, true, ++now);
    }

    private boolean judge() {
        return Judgement.requireLinearizable(recorder.operations());
    }

    private void requireViolation() {
        assertThatThrownBy(this::judge)
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith("Linearizability: key list0");
    }

    @Test
    void aReadThatMissesWhatWasAcknowledgedIsAViolation() {
        pushed("a");
        read(List.of("a"));
        assertThat(judge()).isTrue();
        read(List.of());
        requireViolation();
    }

    @Test
    void aPushOfUnknownOutcomeMayHaveHappenedButOnceSeenItHas() {
        push("a");
        read(List.of());
        read(List.of("a"));
        assertThat(judge()).isTrue();
        read(List.of());
        requireViolation();
    }

    /** In each round the checker has to find the order of several at once, and were it not told could try these, too. */
    @Test
    void manyPushesThatNobodySeesAreNoTrouble() {
        for (int i = 0; i < 15; i++) {
            push("unknown" + i);
        }
        var list = new ArrayList<String>();
        for (int round = 0; round < 10; round++) {
            var together = new ArrayList<String>();
            var operations = new ArrayList<Integer>();
            for (int i = 0; i < 6; i++) {
                together.add(0, round + "." + i);
                operations.add(push(round + "." + i));
            }
            operations.forEach(operation -> recorder.ok(operation, "", true, ++now));
            list.addAll(together);
            read(List.copyOf(list));
        }
        assertThat(judge()).isTrue();
    }
}
