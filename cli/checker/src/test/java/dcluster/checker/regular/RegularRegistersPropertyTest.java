package dcluster.checker.regular;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.Function;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.testing.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The checker against the definition (Shao, Welch, Pierce and Lee 2011, the weakest): for each read alone there is an
 * order of it and all writes that keeps their order in real time, and in which it returns what was written last before
 * it. Every order is tried. {@code -Ddcluster.checker.histories} sets of how many histories.
 */
class RegularRegistersPropertyTest {
    private static final int HISTORIES = Integer.getInteger("dcluster.checker.histories", 10_000);

    @Test
    void theReadsThatAreNotRegularAreThoseWithoutAnOrder() {
        int invalid = 0;
        int indeterminate = 0;
        int failed = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var script = script(new Random(seed * 0x9E3779B97F4A7C15L));
            var history = Script.history(script);
            var expected = history.operations().stream()
                    .filter(operation -> operation.isOk() && operation.function() == Function.READ)
                    .filter(read -> !hasOrder(null, writesAnd(read, history), read))
                    .toList();
            assertThat(RegularRegisters.check(history))
                    .as("seed %s: %s", seed, script)
                    .extracting(StaleRead::read)
                    .containsExactlyInAnyOrderElementsOf(expected);
            invalid += expected.isEmpty() ? 0 : 1;
            indeterminate += history.count(Operation.Outcome.INFO) > 0 ? 1 : 0;
            failed += history.count(Operation.Outcome.FAIL) > 0 ? 1 : 0;
        }
        assertThat(invalid).as("histories that must be rejected").isGreaterThan(HISTORIES / 3);
        assertThat(HISTORIES - invalid).as("histories that must be accepted").isGreaterThan(HISTORIES / 4);
        assertThat(indeterminate).as("histories with an unknown outcome").isGreaterThan(HISTORIES / 2);
        assertThat(failed).as("histories with a failed operation").isGreaterThan(HISTORIES / 10);
    }

    // The definition

    /** A write whose outcome is unknown may stand behind the read, as if it had not happened. */
    private static List<Operation> writesAnd(Operation read, History history) {
        var writes = history.operations().stream()
                .filter(operation -> operation.function() == Function.WRITE)
                .filter(operation -> operation.outcome() != Operation.Outcome.FAIL)
                .filter(operation -> Objects.equals(operation.key(), read.key()));
        return Stream.concat(writes, Stream.of(read)).toList();
    }

    private static boolean hasOrder(@Nullable Object value, List<Operation> left, Operation read) {
        for (var next : left) {
            if (left.stream().anyMatch(other -> other.ended() < next.invoked())) {
                continue;
            }
            var rest = new ArrayList<>(left);
            rest.remove(next);
            boolean isRead = next.equals(read);
            if (isRead ? Objects.equals(value, read.output()) : hasOrder(next.input(), rest, read)) {
                return true;
            }
        }
        return false;
    }

    // Random histories

    private static String script(Random random) {
        var words = new ArrayList<String>();
        var open = new HashMap<Character, Boolean>();
        int left = 4 + random.nextInt(5);
        while (left > 0 || !open.isEmpty()) {
            char client = (char) ('a' + random.nextInt(4));
            var isRead = open.remove(client);
            if (isRead != null) {
                words.add(client + end(isRead, random));
            } else if (left-- > 0) {
                isRead = random.nextBoolean();
                open.put(client, isRead);
                var key = random.nextInt(10) == 0 ? "y/" : "";
                words.add(client + "[" + key + (isRead ? "read" : "write:" + value(random)));
            }
        }
        return String.join(" ", words);
    }

    private static String end(boolean isRead, Random random) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> "?";
            case 2 -> "!";
            default -> "]" + (isRead ? "=" + value(random) : "");
        };
    }

    private static String value(Random random) {
        return random.nextInt(6) == 0 ? "null" : "" + (1 + random.nextInt(2));
    }
}
