package dcluster.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dcluster.checker.history.Function;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Operation.Outcome;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Histories that nobody can decide: a check comes back all the same, within what it may take, and says so. */
class HostileHistoriesTest {
    /** Far more than the budgets, and far less than for ever. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Budget SHORT = new Budget(Duration.ofMillis(200), 1L << 30);
    private static final Budget SMALL = new Budget(Duration.ofMinutes(2), 4 << 20);

    private final List<Operation> operations = new ArrayList<>();
    private String key = "x";

    private static Linearity check(Model model, List<Operation> operations, Budget budget) {
        var history = new History(operations, List.of(), false);
        return assertTimeoutPreemptively(SOON, () -> new Linearizability(model, budget).check(history));
    }

    /** {@code value} is what it asks for, or what it sees. */
    private void add(Function function, Object value, int invoked, int ended) {
        boolean isOk = ended < Operation.NEVER;
        operations.add(new Operation(
                operations.size(),
                function,
                key,
                function.observes() ? null : value,
                isOk ? value : null,
                isOk ? Outcome.OK : Outcome.INFO,
                true,
                invoked,
                ended,
                invoked,
                ended,
                null));
    }

    /** All clients do something else at the same time, some of them for ever, and one sees what has no order. */
    private void allAtOnce(Model model, int clients) {
        int end = 2 * clients + 10;
        for (int i = 1; i <= clients; i++) {
            add(writing(model, i), written(model, i, clients), i, i % 4 == 0 ? Operation.NEVER : end + i);
        }
        var reading = model == Model.QUEUE ? Function.DEQUEUE : Function.READ;
        for (int i = 1; i <= clients; i++) {
            add(reading, seen(model, i), clients + i, end + 2 * clients);
        }
        noOrder(model, 2 * clients);
    }

    /** Of a counter an odd number, where all that is added is even; of the others what was there once comes back. */
    private void noOrder(Model model, int position) {
        switch (model) {
            case COUNTER -> add(Function.READ, 1L, position + 1, position + 2);
            case QUEUE -> {
                add(Function.ENQUEUE, -1L, position + 1, position + 2);
                add(Function.ENQUEUE, -2L, position + 3, position + 4);
                add(Function.DEQUEUE, -2L, position + 5, position + 6);
                add(Function.DEQUEUE, -1L, position + 7, position + 8);
            }
            case REGISTER, SET, LIST -> {
                add(Function.READ, seen(model, 1), position + 1, position + 2);
                add(Function.READ, seen(model, 3), position + 3, position + 4);
                add(Function.READ, seen(model, 1), position + 5, position + 6);
            }
        }
    }

    private static Function writing(Model model, int i) {
        return switch (model) {
            case REGISTER -> i % 2 == 0 ? Function.CAS : Function.WRITE;
            case COUNTER, SET -> Function.ADD;
            case QUEUE -> Function.ENQUEUE;
            case LIST -> Function.PUSH;
        };
    }

    private static Object written(Model model, long i, long clients) {
        return switch (model) {
            case REGISTER -> i % 2 == 0 ? List.of(1 + i * 7 % clients, i) : (Object) i;
            case COUNTER -> BigInteger.ONE.shiftLeft((int) i);
            case SET, QUEUE, LIST -> i;
        };
    }

    /** What somebody sees. */
    private static Object seen(Model model, int i) {
        return switch (model) {
            case COUNTER -> 2L * i;
            case REGISTER, QUEUE -> (long) i;
            case SET, LIST -> List.of((long) i);
        };
    }

    @ParameterizedTest
    @EnumSource(Model.class)
    void fortyClientsOnOneKeyEndWithTheTime(Model model) {
        allAtOnce(model, 40);
        assertThat(check(model, operations, SHORT).undecided())
                .singleElement()
                .returns(operations.size(), Linearity.Undecided::operations);
    }

    @ParameterizedTest
    @EnumSource(Model.class)
    void fortyClientsOnOneKeyEndWithTheMemory(Model model) {
        allAtOnce(model, 40);
        assertThat(check(model, operations, SMALL).undecided())
                .singleElement()
                .returns(false, Linearity.Undecided::isOutOfTime);
    }

    @ParameterizedTest
    @EnumSource(Model.class)
    void manyHostileKeysShareOneBudget(Model model) {
        for (int i = 0; i < 500; i++) {
            key = "k" + i;
            allAtOnce(model, 30);
        }
        assertThat(check(model, operations, SHORT).undecided()).hasSizeGreaterThan(400);
    }

    @Test
    void oneSmallKeyIsJudgedBesidesThem() {
        allAtOnce(Model.REGISTER, 40);
        key = "small";
        add(Function.READ, 1L, 1000, 1001);
        var found = check(Model.REGISTER, operations, SHORT);
        assertThat(found.bad()).extracting(Explanation::key).containsExactly("small");
        assertThat(found.undecided()).extracting(Linearity.Undecided::key).containsExactly("x");
    }

    @Test
    void clientsWithoutNumberAreTooMuchForTheMemory() {
        for (int i = 0; i < 30_000; i++) {
            add(Function.WRITE, (long) i, i, 100_000 + i);
        }
        assertThat(check(Model.REGISTER, operations, SMALL).undecided())
                .singleElement()
                .returns(false, Linearity.Undecided::isOutOfTime);
    }

    @Test
    void unknownOutcomesWithoutNumberAreTooMuchForTheMemory() {
        for (int i = 0; i < 30_000; i++) {
            add(Function.ADD, 2L * i, i, Operation.NEVER);
        }
        add(Function.READ, 1L, 100_000, 100_001);
        assertThat(check(Model.COUNTER, operations, SMALL).undecided())
                .singleElement()
                .returns(false, Linearity.Undecided::isOutOfTime);
    }

    /** Each state is a text of its own. */
    @Test
    void longTextsAreCountedAsTheMemoryThatTheyTake() {
        for (int i = 0; i < 20; i++) {
            add(Function.APPEND, ("" + i).repeat(50_000), i, 100 + i);
        }
        add(Function.READ, "never", 21, 99);
        var found = check(Model.REGISTER, operations, SMALL);
        assertThat(found.undecided())
                .singleElement()
                .returns(false, Linearity.Undecided::isOutOfTime)
                .satisfies(undecided -> assertThat(undecided.configurations()).isLessThan(500));
    }

    /** There is much to compare between two looks at the clock. */
    @Test
    void longReadsDoNotHideTheTime() {
        var elements =
                IntStream.range(0, 3_000).mapToObj(i -> (Object) (long) i).toList();
        elements.forEach(element -> add(Function.ADD, element, operations.size(), 10_000 + operations.size()));
        for (int i = 0; i < 500; i++) {
            var read = new ArrayList<>(elements);
            Collections.swap(read, i, i + 1);
            read.set(2_999, 0L);
            add(Function.READ, read, 20_000 + i, 30_000 + i);
        }
        var found = check(Model.SET, operations, SHORT);
        assertThat(found.isLinearizable()).isFalse();
    }

    /** The search takes the most of it; and what explains must make do with the rest. */
    @Test
    void aLongHistoryIsExplainedWithinTheBudget() {
        int position = 0;
        for (int i = 0; i < 20_000; i++) {
            add(Function.WRITE, (long) i, position, position + 5);
            add(Function.READ, i == 15_000 ? 7L : (long) i, position + 1, position + 6);
            position += 4;
        }
        var found = check(Model.REGISTER, operations, new Budget(Duration.ofSeconds(10), 1 << 28));
        assertThat(found.bad())
                .singleElement()
                .returns(true, Explanation::isSmallest)
                .satisfies(explanation -> assertThat(explanation.core()).hasSize(1));
    }
}
