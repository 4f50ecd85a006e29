package dcluster.checker.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dcluster.checker.history.History;
import dcluster.checker.history.UnfitException;
import dcluster.checker.linear.Budget;
import dcluster.checker.testing.Script;
import dcluster.checker.testing.TransactionScript;
import dcluster.checker.transaction.Level;
import dcluster.checker.verdict.Finding.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
    private static final Terms TERMS = Terms.of(new Budget(Duration.ofSeconds(30), 1 << 28));

    private static Verdict judge(Check check, String script) {
        return check.judge(Script.history(script), TERMS);
    }

    private static Terms demanding(Level level) {
        return new Terms(TERMS.budget(), level, TERMS.bank(), TERMS.demands(), TERMS.progress());
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTER, a.write:1 b.read=1, b.read=2",
        "COUNTER, a.add:2 b.read=2, b.read=3",
        "SET, a.add:2 b.read=[2], b.read=[]",
        "QUEUE, a.enqueue:1 b.dequeue=1, b.dequeue=1",
        "LIST, a.push:1 b.read=[1], b.read=[]",
        "REGULAR, a.write:1 b.read=1, b.read=2"
    })
    void aHistoryIsValidUntilAReadIsWrong(Check check, String good, String wrong) {
        assertThat(judge(check, good).answer()).isEqualTo(Answer.VALID);
        var bad = judge(check, good + " " + wrong);
        assertThat(bad.answer()).isEqualTo(Answer.INVALID);
        assertThat(bad.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.key()).isEqualTo("x");
            assertThat(finding.isSmallest()).isTrue();
            assertThat(finding.witnesses().get(finding.witnesses().size() - 1).text())
                    .startsWith(wrong.contains("dequeue") ? "dequeue x" : "read x");
        });
    }

    @Test
    void whatCannotBeOrderedIsShownWithTheStateBefore() {
        var bad = judge(Check.REGISTER, "a.write:1 a.write:2 b.read=2 a[write:3 b.read=3 b.read=2 a]");
        assertThat(bad.reason()).isEqualTo("1 of 1 key has no order");
        var finding = bad.findings().get(0);
        assertThat(finding.states()).containsExactly("3");
        assertThat(finding.witnesses())
                .extracting(Witness::name, Witness::text, Witness::lines)
                .containsExactly(tuple("1", "read x 2", "10-11"));
    }

    // Histories that say nothing

    @ParameterizedTest
    @EnumSource
    void anEmptyHistoryIsNeverValid(Check check) {
        var verdict = check.judge(new History(List.of(), List.of(), false), TERMS);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).isEqualTo("there are no operations in it");
    }

    @Test
    void ifNothingEndedWithOkNobodyKnows() {
        var verdict = judge(Check.REGISTER, "a[write:1 a! a[read a? b[write:2");
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).isEqualTo("none of its 3 operations ended with ok");
    }

    @Test
    void ifNothingWasReadNobodyKnows() {
        assertThat(judge(Check.REGISTER, "a.write:1 b.write:2 a[read a?").reason())
                .isEqualTo("nothing in it could contradict that: no read of any kind ended with ok");
        assertThat(judge(Check.REGISTER, "a.write:1 b.cas:[2,3]≠").answer()).isEqualTo(Answer.VALID);
        assertThat(judge(Check.QUEUE, "a.enqueue:1 b.enqueue:2").answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(judge(Check.REGULAR, "a.write:1").answer()).isEqualTo(Answer.UNKNOWN);
        var blind = TransactionScript.registers("a.x:1 b.y:1 a[x= a!");
        for (var check : List.of(Check.TXN_RW_REGISTER, Check.LONG_FORK, Check.BANK)) {
            assertThat(check.judge(blind, TERMS).answer()).as("%s", check).isEqualTo(Answer.UNKNOWN);
        }
        assertThat(Check.TXN_LIST_APPEND
                        .judge(TransactionScript.lists("a.x+1"), TERMS)
                        .answer())
                .isEqualTo(Answer.UNKNOWN);
    }

    // Transactions

    private static final String WRITE_SKEW = "a[x=;y+1 b[y=;x+1 a] b] c.x=1;y=1";

    @Test
    void theStrongestLevelIsTold() {
        var verdict = Check.TXN_LIST_APPEND.judge(TransactionScript.lists(WRITE_SKEW), TERMS);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.reason())
                .isEqualTo("not strict serializable; the strongest level that holds is strong snapshot isolation");
        assertThat(verdict.figures())
                .containsEntry("strongest", List.of("strong-snapshot-isolation"))
                .containsEntry("isolation", "strict-serializable");
    }

    @Test
    void aCycleIsShownWithItsTransactionsAndWhyEachComesBeforeTheNext() {
        var verdict = Check.TXN_LIST_APPEND.judge(TransactionScript.lists(WRITE_SKEW), TERMS);
        var cycle = verdict.findings().get(0);
        assertThat(cycle.name()).isEqualTo("G2-item");
        assertThat(cycle.witnesses()).extracting(Witness::name).containsExactly("T1", "T2");
        assertThat(cycle.witnesses().get(0).text()).isEqualTo("read x [], append y 1");
        assertThat(cycle.links())
                .extracting(Link::from, Link::to, Link::relation)
                .containsExactly(tuple(0, 1, "rw"), tuple(1, 0, "rw"));
    }

    @Test
    void onlyTheDemandedLevelHasToHold() {
        var history = TransactionScript.lists(WRITE_SKEW);
        assertThat(Check.TXN_LIST_APPEND.judge(history, demanding(Level.SNAPSHOT_ISOLATION)))
                .returns(Answer.VALID, Verdict::answer)
                .returns(List.of(), Verdict::findings);
        assertThat(Check.TXN_LIST_APPEND
                        .judge(history, demanding(Level.SERIALIZABLE))
                        .answer())
                .isEqualTo(Answer.INVALID);
    }

    @Test
    void aBankKnowsItsTotal() {
        var history = TransactionScript.registers("a.x:5;y:5 b.x=5;y=5 a.x:4 b.x=4;y=5");
        var ten =
                new Terms(TERMS.budget(), Level.NONE, new Terms.Bank(Set.of(), 10), TERMS.demands(), TERMS.progress());
        var verdict = Check.BANK.judge(history, ten);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.findings().get(0).reasons().get(0)).contains("the total is 9, not 10");
        assertThat(Check.BANK
                        .judge(TransactionScript.registers("a.x:5;y:5 b.x=5;y=5"), ten)
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void aLongForkIsShown() {
        var verdict = Check.LONG_FORK.judge(TransactionScript.registers("a.x:1 b.y:1 c.x=1;y= d.x=;y=1"), TERMS);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.findings().get(0).witnesses()).hasSize(2);
    }

    @Test
    void aLongForkIsShownByWhatTwoReadInCommon() {
        var fork = TransactionScript.registers("a.x:1 b.y:1 c.x=1;y=;z= d.x=;y=1");
        assertThat(Check.LONG_FORK.judge(fork, TERMS).answer()).isEqualTo(Answer.INVALID);
        var agreed = TransactionScript.registers("a.x:1 b.y:1 c.x=1;y=;z= d.x=1;y=1 e.v=;w=");
        var verdict = Check.LONG_FORK.judge(agreed, TERMS);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.figures()).containsEntry("comparable", 2L);
        var apart = TransactionScript.registers("a.x:1 b.y:1 c.x=1;z= d.x=;y=1");
        assertThat(Check.LONG_FORK.judge(apart, TERMS).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void whatATransactionWroteItselfShowsNothing() {
        var own = TransactionScript.registers("a.x:1;y:2;x=1;y=2 b[x= b! c.x=1");
        for (var check : List.of(Check.LONG_FORK, Check.BANK)) {
            assertThat(check.judge(own, TERMS).answer()).as("%s", check).isEqualTo(Answer.UNKNOWN);
        }
    }

    // Bounds

    @Test
    void withoutTimeNothingIsKnown() {
        var terms = Terms.of(new Budget(Duration.ZERO, 1 << 28));
        var script = new StringBuilder("z[write:0");
        for (int i = 0; i < 3000; i++) {
            script.append(" a.write:").append(i).append(" b.read=").append(i);
        }
        var verdict = Check.REGISTER.judge(Script.history(script.toString()), terms);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).startsWith("the time was up before 1 of 1 key could be decided");
    }

    @Test
    void aCheckThatDoesNotLookAtTheClockIsGivenUp() {
        var told = new ArrayList<String>();
        var terms = new Terms(
                new Budget(Duration.ofMillis(1), 1),
                Level.NONE,
                TERMS.bank(),
                TERMS.demands(),
                (time, stage) -> told.add(stage));
        var never = new CountDownLatch(1);
        var ruling = new Bounded(terms).run(stage -> {
            stage.accept("half way");
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Ruling.unknown("awake");
        });
        assertThat(ruling.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(ruling.reason()).isEqualTo("the time was up after 1 ms");
        assertThat(told).contains("half way");
    }

    @Test
    void aFullMemoryIsAnAnswerAndAnErrorIsNone() {
        var bounded = new Bounded(TERMS);
        assertThat(bounded.run(stage -> {
                            throw new OutOfMemoryError("test");
                        })
                        .reason())
                .isEqualTo("the memory of this process is full");
        assertThatThrownBy(() -> bounded.run(stage -> {
                    throw new IllegalStateException("a mistake");
                }))
                .hasMessage("a mistake");
    }

    @Test
    void whatIsNotOfTheModelIsRefusedWithItsLine() {
        assertThatThrownBy(() -> judge(Check.QUEUE, "a.enqueue:1 a.read=1"))
                .isInstanceOfSatisfying(UnfitException.class, e -> {
                    assertThat(e.line()).isEqualTo(3);
                    assertThat(e.what()).isEqualTo("a queue has no read");
                });
    }
}
