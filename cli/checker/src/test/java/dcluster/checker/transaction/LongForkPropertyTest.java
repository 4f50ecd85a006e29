package dcluster.checker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.Operation;
import dcluster.checker.testing.TransactionScript;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check against its definition. {@code -Ddcluster.checker.histories} sets over how many histories. */
class LongForkPropertyTest {
    private static final int HISTORIES = Integer.getInteger("dcluster.checker.histories", 10_000);
    private static final List<String> REGISTERS = List.of("x", "y", "z");

    @Test
    void aForkIsFoundIfThereIsOne() {
        int invalid = 0;
        int unlike = 0;
        int indeterminate = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var script = RandomForks.script(seed);
            var history = TransactionScript.registers(script);
            var forks = forks(history.operations());
            var found = new LongFork()
                    .check(history).stream()
                            .map(violation -> Set.copyOf(violation.operations()))
                            .toList();
            assertThat(found.isEmpty()).as("seed %s: %s", seed, script).isEqualTo(forks.isEmpty());
            assertThat(forks.containsAll(found)).as("seed %s: %s", seed, script).isTrue();
            invalid += forks.isEmpty() ? 0 : 1;
            unlike += !forks.isEmpty() && forks.stream().noneMatch(LongForkPropertyTest::readTheSame) ? 1 : 0;
            indeterminate += history.count(Operation.Outcome.INFO) > 0 ? 1 : 0;
        }
        assertThat(invalid).as("histories that must be rejected").isGreaterThan(HISTORIES / 3);
        assertThat(HISTORIES - invalid).as("histories that must be accepted").isGreaterThan(HISTORIES / 4);
        assertThat(unlike).as("histories with forks of unlike reads alone").isGreaterThan(HISTORIES / 20);
        assertThat(indeterminate).as("histories with an unknown outcome").isGreaterThan(HISTORIES / 2);
    }

    // The definition: one saw this write and not that one, another one that write and not this one.

    private static Set<Set<Operation>> forks(List<Operation> operations) {
        var forks = new HashSet<Set<Operation>>();
        var orders = operations.stream().map(LongForkPropertyTest::orders).toList();
        for (int i = 0; i < operations.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (orders.get(j).stream().map(Order::reversed).anyMatch(orders.get(i)::contains)) {
                    forks.add(Set.of(operations.get(i), operations.get(j)));
                }
            }
        }
        return forks;
    }

    private record Order(String seen, String unseen) {
        Order reversed() {
            return new Order(unseen, seen);
        }
    }

    private static Set<Order> orders(Operation by) {
        var orders = new HashSet<Order>();
        for (var seen : REGISTERS) {
            for (var unseen : REGISTERS) {
                if (look(by, seen) == Look.WRITTEN && look(by, unseen) == Look.NOT_WRITTEN) {
                    orders.add(new Order(seen, unseen));
                }
            }
        }
        return orders;
    }

    private static boolean readTheSame(Set<Operation> fork) {
        return REGISTERS.stream()
                .allMatch(register -> fork.stream()
                                .map(operation -> look(operation, register) == Look.NONE)
                                .distinct()
                                .count()
                        == 1);
    }

    private enum Look {
        NONE,
        WRITTEN,
        NOT_WRITTEN
    }

    /** What the first step on a register says of others' writes. */
    private static Look look(Operation operation, String register) {
        for (var step : operation.isOk() && operation.output() instanceof List<?> steps ? steps : List.of()) {
            if (step instanceof List<?> parts && parts.contains(register)) {
                boolean isOwn = parts.get(0).equals("w");
                return isOwn ? Look.NONE : parts.get(2) == null ? Look.NOT_WRITTEN : Look.WRITTEN;
            }
        }
        return Look.NONE;
    }
}
