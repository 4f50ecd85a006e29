package dcluster.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.linear.Allowance.Spent;
import dcluster.checker.testing.Script;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A history that is rejected is explained by few operations, and by what the object held before them. */
class ExplanationTest {
    private static final Budget AMPLE = new Budget(Duration.ofMinutes(1), 1 << 28);
    private static final int HISTORIES = 500;

    private static Explanation explain(Model model, History history) {
        return new Linearizability(model, AMPLE).check(history).bad().get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        REGISTER | a.write:1 a.write:2 b.read=1                          | [2]       | [98: read x 1]
        REGISTER | a.write:1 a.write:2 b.read=2 a.read=1 b.write:3       | [2]       | [97: read x 1]
        REGISTER | a[write:1 b[write:2 c.read=1 c.read=2 d.read=1 a] b]  | [null]    | [99: read x 1, 99: read x 2, 100: read x 1]
        REGISTER | a.write:1 b[cas:[1,2] c[cas:[1,3] b] c]               | [1]       | [98: cas x [1, 2], 99: cas x [1, 3]]
        REGISTER | a[write:1 a? b.read=1 b.read=null                     | [1]       | [98: read x null]
        COUNTER  | a.add:1 b[add:2 c.read=3 c.read=1 b]                  | [3]       | [99: read x 1]
        SET      | a.add:1 a.add:2 a.remove:1 b.read=[1,2]               | [{2}]     | [98: read x [1, 2]]
        QUEUE    | a.enqueue:1 a.enqueue:2 b[dequeue c[dequeue b]=1 c]=1 | [[1, 2]]  | [98: dequeue x 1, 99: dequeue x 1]
        QUEUE    | a.enqueue:1 a.enqueue:2 b.dequeue=2                   | [[1, 2]]  | [98: dequeue x 2]
        LIST     | a.push:1 a.push:2 b[push:3 c.read=[1,3,2] b]          | [[1, 2]]  | [99: read x [1, 3, 2]]
        """)
    void theSmallestSetAndTheStateBeforeAreTold(Model model, String script, String states, String core) {
        var explanation = explain(model, Script.history(script));
        assertThat(explanation.states()).hasToString(states);
        assertThat(explanation.core()).hasToString(core);
        assertThat(explanation.isSmallest()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Model.class)
    void noOrderOfTheCoreIsFoundByBruteForce(Model model) {
        var bruteForce = new BruteForce(model);
        int explained = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var history = RandomHistories.history(model, seed);
            for (var explanation :
                    new Linearizability(model, AMPLE).check(history).bad()) {
                var left = relaxed(history, explanation.core());
                for (var state : explanation.states()) {
                    assertThat(bruteForce.isLinearizable(parsed(model, state), left))
                            .as("%s, seed %s: %s of %s", model, seed, explanation, history.operations())
                            .isFalse();
                }
                assertThat(explanation.states()).isNotEmpty();
                assertThat(explanation.isSmallest()).isTrue();
                explained++;
            }
        }
        assertThat(explained).isGreaterThan(HISTORIES / 3);
    }

    /** The core, and all that may have changed something after it began, without a demand. */
    private static List<Operation> relaxed(History history, List<Operation> core) {
        int begin = core.stream().mapToInt(Operation::invoked).min().orElseThrow();
        return LinearizabilityPropertyTest.speaking(history.operations()).stream()
                .filter(operation ->
                        core.contains(operation) || (operation.ended() > begin && !Model.isObservation(operation)))
                .map(operation -> core.contains(operation) ? operation : operation.withUnknownOutcome())
                .toList();
    }

    private static List<@Nullable Object> parsed(Model model, String state) {
        if (model == Model.REGISTER) {
            return Collections.singletonList(value(state));
        }
        var values = state.replaceAll("[\\[\\]{} ]", "");
        return values.isEmpty()
                ? List.of()
                : Arrays.stream(values.split(",", -1))
                        .<@Nullable Object>map(ExplanationTest::value)
                        .toList();
    }

    private static @Nullable Object value(String text) {
        return text.equals("null") ? null : text.matches("-?[0-9]+") ? (Object) Long.valueOf(text) : text;
    }

    @ParameterizedTest
    @EnumSource(Model.class)
    void theStatesAtAReturnAreThoseThatBruteForceFinds(Model model) throws Spent {
        var bruteForce = new BruteForce(model);
        int compared = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            var operations = RandomHistories.history(model, seed).operations();
            var allowance = new Allowance(System.nanoTime() + AMPLE.time().toNanos(), AMPLE.bytes());
            var timeline = new Timeline(operations, UnaryOperator.identity(), allowance);
            var search = new Search(timeline, Set.of(model.initial()), allowance);
            if (search.run() != Search.End.IMPOSSIBLE) {
                continue;
            }
            var speaking = LinearizabilityPropertyTest.speaking(operations);
            for (int r = 1; r <= search.stuckAt(); r++) {
                int moment = timeline.operation(r - 1).ended();
                var possible = texts(model, bruteForce.states(bruteForce.initial(), speaking, moment));
                var found = search.statesAt(r).stream().map(State::toString).collect(Collectors.toSet());
                assertThat(possible)
                        .as("%s, seed %s: %s", model, seed, operations)
                        .containsAll(found);
                var open = speaking.stream()
                        .filter(operation -> operation.ended() > moment)
                        .map(Operation::withUnknownOutcome)
                        .toList();
                var reached = new HashSet<String>();
                for (var state : found) {
                    reached.addAll(texts(model, bruteForce.states(parsed(model, state), open, moment)));
                }
                assertThat(reached)
                        .as("%s, seed %s: %s", model, seed, operations)
                        .containsAll(possible);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(HISTORIES / 2);
    }

    private static Set<String> texts(Model model, Set<List<@Nullable Object>> states) {
        return states.stream()
                .map(state -> switch (model) {
                    case REGISTER, COUNTER -> String.valueOf(state.get(0));
                    case SET ->
                        state.stream().map(String::valueOf).sorted().collect(Collectors.joining(", ", "{", "}"));
                    case QUEUE, LIST -> state.toString();
                })
                .collect(Collectors.toSet());
    }
}
