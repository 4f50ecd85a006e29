package dcluster.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.Operation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The search against brute force, over random small histories. {@code -Ddcluster.checker.histories} sets how many. */
class LinearizabilityPropertyTest {
    private static final int HISTORIES = Integer.getInteger("dcluster.checker.histories", 10_000);
    private static final Budget AMPLE = new Budget(Duration.ofMinutes(1), 1 << 28);

    @ParameterizedTest
    @EnumSource(Model.class)
    void theSearchAgreesWithBruteForce(Model model) {
        var bruteForce = new BruteForce(model);
        int invalid = 0;
        int indeterminate = 0;
        int failed = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var history = RandomHistories.history(model, seed);
            boolean expected = bruteForce.isLinearizable(bruteForce.initial(), speaking(history.operations()));
            var found = new Linearizability(model, AMPLE).check(history);
            assertThat(found.isLinearizable())
                    .as("%s, seed %s: %s", model, seed, history.operations())
                    .isEqualTo(expected);
            assertThat(found.undecided()).isEmpty();
            invalid += expected ? 0 : 1;
            indeterminate += history.count(Operation.Outcome.INFO) > 0 ? 1 : 0;
            failed += history.count(Operation.Outcome.FAIL) > 0 ? 1 : 0;
        }
        assertThat(invalid).as("histories that must be rejected").isGreaterThan(HISTORIES / 3);
        assertThat(HISTORIES - invalid).as("histories that must be accepted").isGreaterThan(HISTORIES / 4);
        assertThat(indeterminate).as("histories with an unknown outcome").isGreaterThan(HISTORIES / 2);
        assertThat(failed).as("histories with a failed operation").isGreaterThan(HISTORIES / 10);
    }

    static List<Operation> speaking(List<Operation> operations) {
        return operations.stream()
                .filter(operation -> operation.outcome() != Operation.Outcome.FAIL)
                .toList();
    }
}
