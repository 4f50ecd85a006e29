package dcluster.checker.transaction;

import static dcluster.checker.testing.TransactionScript.lists;
import static dcluster.checker.testing.TransactionScript.registers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.history.History;
import dcluster.checker.linear.Budget;
import dcluster.checker.testing.Script;
import dcluster.checker.transaction.Isolation.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionsTest {
    private static final Budget AMPLE = new Budget(Duration.ofMinutes(1), 1 << 28);

    private static Isolation check(TransactionModel model, History history) {
        return new Transactions(model, AMPLE).check(history);
    }

    private static List<String> lines(Isolation found, Phenomenon phenomenon) {
        return found.anomalies().stream()
                .filter(anomaly -> anomaly.phenomenon() == phenomenon)
                .findFirst()
                .orElseThrow()
                .lines();
    }

    // What is told

    @Test
    void aCycleIsToldWithItsTransactionsAndTheReasonOfEachStep() {
        var found = check(TransactionModel.LIST_APPEND, lists("a[x=;y=1 b.x+1;y+1 a]"));
        assertThat(lines(found, Phenomenon.G_SINGLE))
                .containsExactly(
                        "T1, line 1, client 97: read x [], read y [1]",
                        "T2, line 2, client 98: append x 1, append y 1",
                        "T1 before T2: T1 read x when there was nothing in it, before T2 appended 1",
                        "T2 before T1: T1 read 1 of y, which T2 appended");
    }

    @Test
    void theOrderOfTimeIsToldByItsLines() {
        var found = check(TransactionModel.RW_REGISTER, registers("a.x:1 b.x=1;x:2 c.x=1"));
        assertThat(lines(found, Phenomenon.G_SINGLE_REALTIME))
                .contains(
                        "T3 before T2: T3 read x at 1, before T2 wrote 2",
                        "T2 before T3: it ended in line 4, and the other began in line 5");
    }

    @Test
    void whoOverwroteWhatNobodyReadIsToldByTime() {
        var found = check(TransactionModel.RW_REGISTER, registers("a.x:1 b.x:2 c.x=1"));
        assertThat(lines(found, Phenomenon.G_SINGLE_REALTIME))
                .contains("T3 before T2: T3 read x at 1, and T2 wrote 2 when the writer of that had ended");
        found = check(TransactionModel.RW_REGISTER, registers("a.x:1 a.x:2 a.x=1"));
        assertThat(lines(found, Phenomenon.G_SINGLE_PROCESS))
                .contains("T3 before T2: T3 read x at 1, and T2 wrote 2 when the same client had written that");
    }

    @Test
    void ofAllCyclesOfANameTheShortestIsTold() {
        var three = "a[x=;y+1 b[y=;z+2 c[z=;x+3 a] b] c] ";
        var found = check(TransactionModel.LIST_APPEND, lists(three + "d[u=;v+4 e[v=;u+5 d] e]"));
        assertThat(found.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.phenomenon()).isEqualTo(Phenomenon.G2_ITEM);
            assertThat(anomaly.operations()).hasSize(2);
            assertThat(anomaly.isSmallest()).isTrue();
        });
    }

    @Test
    void manyOfOneKindAreCountedAndAFewTold() {
        var found = check(TransactionModel.RW_REGISTER, registers("a.x=7" + " a.x=7".repeat(8)));
        assertThat(found.counts()).containsEntry(Phenomenon.UNWRITTEN, 9);
        assertThat(found.anomalies()).hasSize(5);
    }

    // What is refused

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.x+1 b.x+1 | line 3: 1 is written to x again, as in line 1",
                "a.x:1 | line 2: a txn-list-append has the steps r and append, not w",
                "a[x+1 a? b.x+1 | line 3: 1 is written to x again",
                "a.x+1;x+1 | line 1: 1 is written to x again"
            })
    void whatIsNoHistoryOfListsIsRefusedWithItsLine(String script, String message) {
        assertThatThrownBy(() -> check(TransactionModel.LIST_APPEND, lists(script)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void whatIsNoTransactionIsRefused() {
        assertThatThrownBy(() -> check(TransactionModel.RW_REGISTER, Script.history("a.write:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 1: a txn-rw-register has no write");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a[txn:[[\"r\",\"x\",null]] a]=[[\"r\",\"x\",[1]]] | line 2: a value is a number, a text or a truth,",
                "a[txn:[[\"r\",\"x\",null]] a]=[[\"r\",\"y\",1]] | line 2: \"read y 1\" ended,",
                "a[txn:[[\"w\",\"x\",1]] a]=[[\"w\",\"x\",2]] | line 2: \"write x 2\" ended, \"write x 1\" was invoked",
                "a[txn:[[\"w\",\"x\",1]] a]=[] | line 2: 0 steps ended, 1 were invoked",
                "a.txn:[[\"w\",null,1]] | line 2: the key of a step is a text or a whole number, not null",
                "a.txn:[[\"w\",\"x\",null]] | line 2: a value is a number, a text or a truth, not null"
            })
    void stepsThatCannotBeAreRefused(String script, String message) {
        assertThatThrownBy(() -> check(TransactionModel.RW_REGISTER, Script.history(script)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    // What is not known

    @Test
    void withoutTimeNothingIsKnownButWhatWasSeenAtOnce() {
        var hasty = new Transactions(TransactionModel.LIST_APPEND, new Budget(Duration.ZERO, 1 << 20));
        var found = hasty.check(lists("a.x+1;x= b.x=1"));
        assertThat(found.isComplete()).isFalse();
        assertThat(found.answer(Level.SERIALIZABLE)).isEqualTo(Answer.VIOLATED);
        assertThat(found.answer(Level.READ_COMMITTED)).isEqualTo(Answer.UNKNOWN);
        assertThat(found.strongest()).containsExactly(Level.NONE);
    }
}
