package dcluster.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.Function;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Operation.Outcome;
import dcluster.checker.linear.Allowance.Spent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against brute force, over those random small histories of a list that push no element twice. */
class PushedOnceTest {
    private static final int HISTORIES = 20_000;

    @Test
    void anOrderIsFoundJustIfThereIsOne() throws Spent {
        var bruteForce = new BruteForce(Model.LIST);
        int ordered = 0;
        int unordered = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var operations = RandomHistories.history(Model.LIST, seed).operations();
            boolean isOrdered = PushedOnce.isOrdered(operations, new Allowance(Long.MAX_VALUE, Long.MAX_VALUE));
            if (!arePushedOnce(operations)) {
                assertThat(isOrdered).isFalse();
                continue;
            }
            assertThat(isOrdered)
                    .as("seed %d: %s", seed, operations)
                    .isEqualTo(bruteForce.isLinearizable(
                            bruteForce.initial(), LinearizabilityPropertyTest.speaking(operations)));
            ordered += isOrdered ? 1 : 0;
            unordered += isOrdered ? 0 : 1;
        }
        assertThat(ordered).as("histories with an order").isGreaterThan(HISTORIES / 20);
        assertThat(unordered).as("histories without").isGreaterThan(HISTORIES / 20);
    }

    private static boolean arePushedOnce(List<Operation> operations) {
        var elements = operations.stream()
                .filter(operation -> operation.function() == Function.PUSH && operation.outcome() != Outcome.FAIL)
                .map(Operation::input)
                .toList();
        return elements.stream().distinct().count() == elements.size();
    }
}
