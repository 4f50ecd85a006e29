package dcluster.checker.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.finding.Answer;
import dcluster.checker.history.Function;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.register.Access;
import dcluster.checker.testing.RandomRegister;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check against the definition. {@code -Ddcluster.checker.histories} sets over how many histories. */
class HealPropertyTest {
    private static final int HISTORIES = Integer.getInteger("dcluster.checker.histories", 10_000);

    @Test
    void convergenceAgreesWithBruteForce() {
        int invalid = 0;
        int valid = 0;
        int indeterminate = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var history = RandomRegister.healed(seed);
            var settle = Duration.ofNanos(seed % 3 * 4);
            var answer = Heal.check(history, new Settling("heal", settle, Set.of("n0", "n1")))
                    .judgement()
                    .answer();
            var reads = finalReads(history, settle);
            var pending = history.operations().stream()
                    .filter(operation -> operation.isIndeterminate() && Access.writes(operation))
                    .toList();
            boolean isExplained = isExplained(reads, pending, List.of());
            boolean isSilent = reads.stream().map(Operation::node).distinct().count() < 2;
            boolean isOne = reads.stream()
                            .map(read -> String.valueOf(read.output()))
                            .distinct()
                            .count()
                    <= 1;
            var text = "seed %s: %s".formatted(seed, history);
            if (answer == Answer.VIOLATED || pending.isEmpty()) {
                assertThat(answer == Answer.VIOLATED).as(text).isEqualTo(!isExplained);
            }
            assertThat(answer == Answer.HOLDS).as(text).isEqualTo(isOne && !isSilent);
            invalid += answer == Answer.VIOLATED ? 1 : 0;
            valid += answer == Answer.HOLDS ? 1 : 0;
            indeterminate += history.count(Operation.Outcome.INFO) > 0 ? 1 : 0;
        }
        assertThat(invalid).as("histories that were rejected").isGreaterThan(HISTORIES / 3);
        assertThat(valid).as("histories that were accepted").isGreaterThan(HISTORIES / 5);
        assertThat(indeterminate).as("histories with an unknown outcome").isGreaterThan(HISTORIES / 2);
    }

    private static List<Operation> finalReads(History history, Duration settle) {
        var heal = history.notes().get(0);
        return history.operations().stream()
                .filter(read -> read.isOk() && read.function() == Function.READ && read.invoked() > heal.line())
                .filter(read -> history.operations().stream()
                        .filter(write -> write.isOk() && Access.writes(write))
                        .allMatch(write -> write.ended() < read.invoked()))
                .filter(read -> latest(history, read.invoked()) - settle.toNanos()
                        >= history.operations().stream()
                                .filter(write -> write.isOk() && Access.writes(write))
                                .mapToLong(write -> latest(history, write.ended()))
                                .reduce(latest(history, heal.line()), Math::max))
                .toList();
    }

    /** The latest time that was recorded up to a position. */
    private static long latest(History history, int position) {
        long latest = Long.MIN_VALUE;
        for (var operation : history.operations()) {
            latest = operation.invoked() <= position ? Math.max(latest, operation.invokeTime()) : latest;
            latest = operation.ended() <= position ? Math.max(latest, operation.endTime()) : latest;
        }
        var heal = history.notes().get(0);
        return heal.line() <= position ? Math.max(latest, heal.time()) : latest;
    }

    /** Whether the reads can be put in an order in which the value changes only by pending writes, each once. */
    private static boolean isExplained(List<Operation> left, List<Operation> pending, List<Operation> done) {
        if (left.isEmpty()) {
            return true;
        }
        var value = done.isEmpty() ? null : done.get(done.size() - 1).output();
        int firstEnd = left.stream().mapToInt(Operation::ended).min().orElseThrow();
        for (var next : left) {
            if (next.invoked() > firstEnd) {
                continue;
            }
            var rest = without(left, next);
            var after = new ArrayList<>(done);
            after.add(next);
            boolean isSame = done.isEmpty() || Objects.equals(next.output(), value);
            if (isSame && isExplained(rest, pending, after)) {
                return true;
            }
            for (var write : isSame ? List.<Operation>of() : pending) {
                if (Objects.equals(Access.written(write), next.output())
                        && isExplained(rest, without(pending, write), after)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Operation> without(List<Operation> operations, Operation one) {
        return operations.stream().filter(operation -> !operation.equals(one)).toList();
    }
}
