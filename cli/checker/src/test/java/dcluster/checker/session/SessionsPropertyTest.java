package dcluster.checker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.finding.Answer;
import dcluster.checker.history.Operation;
import dcluster.checker.testing.RandomRegister;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** The checker against the definition. {@code -Ddcluster.checker.histories} sets over how many histories. */
class SessionsPropertyTest {
    private static final int HISTORIES = Integer.getInteger("dcluster.checker.histories", 10_000);

    @Test
    void allSetsOfGuaranteesAgreeWithBruteForce() {
        int invalid = 0;
        int indeterminate = 0;
        int single = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var history = RandomRegister.history(seed, 9, 4);
            var satisfied = BruteForce.satisfied(history.operations());
            var found = Sessions.check(history);
            for (var set : Together.sets()) {
                boolean holds = satisfied.stream().anyMatch(holding -> holding.containsAll(set));
                assertThat(found.together(set).answer())
                        .as("%s, seed %s: %s", set, seed, history.operations())
                        .isEqualTo(holds ? Answer.HOLDS : Answer.VIOLATED);
            }
            invalid += satisfied.contains(EnumSet.allOf(Guarantee.class)) ? 0 : 1;
            indeterminate += history.count(Operation.Outcome.INFO) > 0 ? 1 : 0;
            single += found.conflicts().stream()
                            .anyMatch(conflict -> conflict.guarantees().size() == 1)
                    ? 1
                    : 0;
        }
        assertThat(invalid).as("histories that must be rejected").isGreaterThan(HISTORIES / 3);
        assertThat(HISTORIES - invalid).as("histories that must be accepted").isGreaterThan(HISTORIES / 4);
        assertThat(indeterminate).as("histories with an unknown outcome").isGreaterThan(HISTORIES / 2);
        assertThat(single).as("histories that violate a guarantee by itself").isGreaterThan(HISTORIES / 20);
    }
}
