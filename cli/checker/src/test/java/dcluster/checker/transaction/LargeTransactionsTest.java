package dcluster.checker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.History;
import dcluster.checker.history.HistoryReader;
import dcluster.checker.linear.Budget;
import dcluster.checker.transaction.Isolation.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Tens of thousands of transactions: their number, not the product of readers and writers, is what a check costs. {@code
 * -Ddcluster.checker.transactions} sets how many.
 */
class LargeTransactionsTest {
    private static final int TRANSACTIONS = Integer.getInteger("dcluster.checker.transactions", 20_000);
    private static final Budget AMPLE = new Budget(Duration.ofMinutes(2), 1 << 29);

    private final StringBuilder text = new StringBuilder();

    private void line(int process, String type, String steps) {
        text.append("{\"process\":" + process + ",\"type\":\"" + type + "\",\"f\":\"txn\",\"value\":[" + steps
                + "],\"time\":0}\n");
    }

    private History history() {
        try {
            return HistoryReader.read(
                    new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)), "large");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Twenty clients, each of whose transactions takes effect when it ends; lists of up to fifty elements. */
    private History lists(boolean isSerializable) {
        var random = new Random(1);
        var open = new HashMap<Integer, List<Integer>>();
        var store = new HashMap<Integer, List<Integer>>();
        var before = new HashMap<Integer, Map<Integer, List<Integer>>>();
        for (int i = 0; i < TRANSACTIONS * 2; i++) {
            int process = i % 20;
            var keys = open.remove(process);
            int base = i / 2_000 * 20;
            if (keys == null) {
                keys = List.of(base + random.nextInt(20), base + random.nextInt(20));
                open.put(process, keys);
                var snapshot = new HashMap<Integer, List<Integer>>();
                keys.forEach(key -> snapshot.put(key, List.copyOf(store.getOrDefault(key, List.of()))));
                before.put(process, snapshot);
                line(process, "invoke", steps(keys, i + 1, "null", "null"));
                continue;
            }
            var seen = isSerializable || keys.get(0).equals(keys.get(1))
                    ? store
                    : Objects.requireNonNull(before.get(process));
            var steps = steps(
                    keys,
                    i - 19,
                    "" + seen.getOrDefault(keys.get(0), List.of()),
                    "" + seen.getOrDefault(keys.get(1), List.of()));
            store.computeIfAbsent(keys.get(0), key -> new ArrayList<>()).add(i - 19);
            line(process, "ok", steps);
        }
        return history();
    }

    private static String steps(List<Integer> keys, int value, String first, String second) {
        return "[\"r\"," + keys.get(1) + "," + second + "],[\"r\"," + keys.get(0) + "," + first + "],[\"append\","
                + keys.get(0) + "," + value + "]";
    }

    private static Isolation check(TransactionModel model, History history) {
        return new Transactions(model, AMPLE).check(history);
    }

    @Test
    void aGoodHistoryIsAccepted() {
        assertThat(check(TransactionModel.LIST_APPEND, lists(true)).strongest())
                .containsExactly(Level.STRICT_SERIALIZABLE);
    }

    @Test
    void aHistoryFullOfLostUpdatesIsRejected() {
        var found = check(TransactionModel.LIST_APPEND, lists(false));
        assertThat(found.isComplete()).isTrue();
        assertThat(found.answer(Level.SNAPSHOT_ISOLATION)).isEqualTo(Answer.VIOLATED);
    }

    @Test
    void oneKeyThatHalfReadAndHalfOverwriteIsJudged() {
        for (int i = 0; i < TRANSACTIONS; i++) {
            line(i, "invoke", i % 2 == 0 ? "[\"r\",0,null]" : "[\"w\",0," + i + "]");
        }
        for (int i = 0; i < TRANSACTIONS; i++) {
            line(i, "ok", i % 2 == 0 ? "[\"r\",0,null]" : "[\"w\",0," + i + "]");
        }
        assertThat(check(TransactionModel.RW_REGISTER, history()).strongest())
                .containsExactly(Level.STRICT_SERIALIZABLE);
    }

    @Test
    void aCycleOfAllTransactionsIsFound() {
        for (int i = 0; i < TRANSACTIONS; i++) {
            line(i, "invoke", skew(i));
        }
        for (int i = 0; i < TRANSACTIONS; i++) {
            line(i, "ok", skew(i));
        }
        var found = check(TransactionModel.RW_REGISTER, history());
        assertThat(found.strongest()).containsExactly(Level.STRONG_SNAPSHOT_ISOLATION);
        assertThat(found.anomalies())
                .singleElement()
                .satisfies(anomaly -> assertThat(anomaly.operations()).hasSize(TRANSACTIONS));
    }

    private static String skew(int i) {
        return "[\"r\"," + i + ",null],[\"w\"," + (i + 1) % TRANSACTIONS + ",1]";
    }
}
