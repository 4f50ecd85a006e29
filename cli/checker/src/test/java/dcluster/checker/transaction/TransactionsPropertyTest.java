package dcluster.checker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.linear.Budget;
import dcluster.checker.transaction.Isolation.Answer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The checker against brute force, over random small histories. What it rejects must be wrong; and of lists, whose
 * order reads show, what it accepts must be right. {@code -Ddcluster.checker.histories} sets how many.
 */
class TransactionsPropertyTest {
    private static final int HISTORIES = Integer.getInteger("dcluster.checker.histories", 10_000);
    private static final Budget AMPLE = new Budget(Duration.ofMinutes(1), 1 << 28);

    @ParameterizedTest
    @EnumSource(TransactionModel.class)
    void theLevelsAgreeWithBruteForce(TransactionModel model) {
        int invalid = 0;
        int rejected = 0;
        int indeterminate = 0;
        int exact = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var history = RandomTransactions.history(model, seed);
            var found = new Transactions(model, AMPLE).check(history);
            var held = EnumSet.noneOf(Level.class);
            boolean isStrict = BruteForce.isSerializable(model, speaking(history), true);
            held.addAll(isStrict ? EnumSet.of(Level.STRICT_SERIALIZABLE) : Set.of());
            boolean isList = model == TransactionModel.LIST_APPEND;
            boolean isKnown = isList && hasKnownOrder(history);
            for (var level : List.of(
                    Level.STRICT_SERIALIZABLE,
                    Level.SERIALIZABLE,
                    Level.STRONG_SNAPSHOT_ISOLATION,
                    Level.SNAPSHOT_ISOLATION)) {
                boolean isSeries = level == Level.SERIALIZABLE || level == Level.STRICT_SERIALIZABLE;
                boolean isExact = isSeries ? isList : isKnown;
                if (isExact || found.answer(level) == Answer.VIOLATED) {
                    boolean holds = held.stream().anyMatch(stronger -> stronger.implies(level))
                            || BruteForce.holds(level, model, speaking(history));
                    held.addAll(holds ? EnumSet.of(level) : Set.of());
                    assertThat(found.answer(level))
                            .as("%s, %s, seed %s: %s", model, level, seed, history.operations())
                            .isEqualTo(holds ? Answer.HOLDS : Answer.VIOLATED);
                }
            }
            rejected += found.ruledOut().isEmpty() ? 0 : 1;
            invalid += isStrict ? 0 : 1;
            indeterminate += history.count(Operation.Outcome.INFO) > 0 ? 1 : 0;
            exact += isKnown ? 1 : 0;
        }
        assertThat(invalid).as("histories that must be rejected").isGreaterThan(HISTORIES / 3);
        assertThat(rejected).as("histories that were rejected").isBetween(invalid * 4 / 5, invalid);
        assertThat(HISTORIES - invalid).as("histories that must be accepted").isGreaterThan(HISTORIES / 5);
        assertThat(indeterminate).as("histories with an unknown outcome").isGreaterThan(HISTORIES / 2);
        assertThat(exact)
                .as("histories of lists whose order is known")
                .isGreaterThanOrEqualTo(model == TransactionModel.LIST_APPEND ? HISTORIES / 2 : 0);
    }

    private static List<Operation> speaking(History history) {
        return history.operations().stream()
                .filter(operation -> operation.outcome() != Operation.Outcome.FAIL)
                .toList();
    }

    /** Whether of each list at most one transaction appended what no other read. */
    private static boolean hasKnownOrder(History history) {
        var unread = new HashSet<String>();
        for (var operation : history.operations()) {
            var own = new HashSet<String>();
            for (var step : steps(operation.isOk() ? operation.input() : null)) {
                boolean isRead = !step.get(0).equals("append") || isReadByOthers(history, operation, step);
                own.addAll(isRead ? List.of() : List.of(String.valueOf(step.get(1))));
            }
            if (!own.stream().allMatch(unread::add)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReadByOthers(History history, Operation writer, List<?> append) {
        return history.operations().stream()
                .filter(operation -> operation.isOk() && !operation.equals(writer))
                .flatMap(operation -> steps(operation.output()).stream())
                .anyMatch(step -> step.get(0).equals("r")
                        && Objects.equals(step.get(1), append.get(1))
                        && step.get(2) instanceof List<?> elements
                        && elements.contains(append.get(2)));
    }

    private static List<List<?>> steps(@Nullable Object value) {
        return value instanceof List<?> all
                ? all.stream().<List<?>>map(step -> (List<?>) step).toList()
                : List.of();
    }
}
