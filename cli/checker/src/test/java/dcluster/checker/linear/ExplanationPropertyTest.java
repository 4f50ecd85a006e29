package dcluster.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplanationPropertyTest {
    private static final int HISTORIES = 500;
    private static final Budget AMPLE = new Budget(Duration.ofSeconds(30), 1 << 28);

    @ParameterizedTest
    @EnumSource(Model.class)
    void whatIsShownHasNoOrderWhateverTheOthersDidAfterwards(Model model) {
        var bruteForce = new BruteForce(model);
        int explained = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var history = RandomHistories.history(model, seed);
            var found = new Linearizability(model, AMPLE).check(history);
            for (var bad : found.bad()) {
                assertThat(bruteForce.isLinearizable(bruteForce.initial(), relaxed(history.operations(), bad)))
                        .as("%s, seed %s: %s, shown %s", model, seed, history.operations(), bad)
                        .isFalse();
                explained++;
            }
        }
        assertThat(explained).isGreaterThan(HISTORIES / 3);
    }

    /** Demands what ended before the first that is shown, which makes the states before, and what is shown. */
    private static List<Operation> relaxed(List<Operation> operations, Explanation bad) {
        int first = bad.core().stream().mapToInt(Operation::invoked).min().orElse(Integer.MAX_VALUE);
        var relaxed = new ArrayList<Operation>();
        for (var operation : operations) {
            boolean isDemanded = bad.core().contains(operation) || operation.ended() < first;
            if (operation.outcome() == Operation.Outcome.FAIL || (!isDemanded && Model.isObservation(operation))) {
                continue;
            }
            relaxed.add(isDemanded || !operation.isOk() ? operation : operation.withUnknownOutcome());
        }
        return relaxed;
    }
}
