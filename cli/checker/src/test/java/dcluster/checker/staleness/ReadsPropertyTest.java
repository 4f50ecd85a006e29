package dcluster.checker.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.finding.Answer;
import dcluster.checker.history.Function;
import dcluster.checker.history.Operation;
import dcluster.checker.register.Access;
import dcluster.checker.testing.RandomRegister;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The measure against the definition. {@code -Ddcluster.checker.histories} sets over how many histories. */
class ReadsPropertyTest {
    private static final int HISTORIES = Integer.getInteger("dcluster.checker.histories", 10_000);

    @Test
    void versionsBehindAgreeWithBruteForce() {
        int invalid = 0;
        int indeterminate = 0;
        int exact = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var history = RandomRegister.history(seed, 8, 4);
            var operations = history.operations();
            var least = BruteForce.versionsBehind(operations);
            var found = Reads.measure(history);
            var text = "seed %s: %s".formatted(seed, operations);
            int worst = 0;
            for (int i = 0; i < least.length; i++) {
                boolean isRead = Access.reads(operations.get(i));
                boolean isFromNowhere = isRead && least[i] == BruteForce.NOWHERE;
                assertThat(found.unwritten().contains(operations.get(i)))
                        .as(text)
                        .isEqualTo(isFromNowhere);
                if (isRead && !isFromNowhere) {
                    worst = Math.max(worst, least[i]);
                    int told = behind(found, operations.get(i));
                    assertThat(told).as(text).isLessThanOrEqualTo(least[i]);
                    assertThat(isExact(operations) ? told : least[i]).as(text).isEqualTo(least[i]);
                }
            }
            boolean isFresh = worst == 0 && found.unwritten().isEmpty();
            if (isExact(operations) && found.reads() > 0) {
                exact++;
                assertThat(found.versions().max()).as(text).isEqualTo(worst);
                assertThat(found.judge(new Bound.Versions(0)).answer())
                        .as(text)
                        .isEqualTo(isFresh ? Answer.HOLDS : Answer.VIOLATED);
            }
            invalid += isFresh ? 0 : 1;
            indeterminate += history.count(Operation.Outcome.INFO) > 0 ? 1 : 0;
        }
        assertThat(invalid).as("histories that must be rejected").isGreaterThan(HISTORIES / 3);
        assertThat(HISTORIES - invalid).as("histories that must be accepted").isGreaterThan(HISTORIES / 5);
        assertThat(indeterminate).as("histories with an unknown outcome").isGreaterThan(HISTORIES / 2);
        assertThat(exact).as("histories that are measured exactly").isGreaterThan(HISTORIES / 3);
    }

    private static int behind(Staleness found, Operation read) {
        return found.furthest().stream()
                .filter(stale -> stale.read().equals(read))
                .mapToInt(StaleRead::versions)
                .findAny()
                .orElse(0);
    }

    /** What a compare-and-set replaced is older than what it wrote; the measure does not use that. */
    private static boolean isExact(List<Operation> operations) {
        var values = operations.stream()
                .filter(Access::writes)
                .map(write -> String.valueOf(Access.written(write)))
                .toArray(String[]::new);
        boolean hasCas = operations.stream().anyMatch(operation -> operation.function() == Function.CAS);
        return !hasCas && Arrays.stream(values).distinct().count() == values.length;
    }
}
