package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.linear.Model;
import dcluster.simulation.Violation;
import dcluster.spi.Bytes;
import dcluster.spi.Result;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The numbers that writes tell. */
class CountsTest {
    private final Recorder recorder = new Recorder(() -> true);
    private long now;

    private int ask(Question question) {
        return recorder.invoke(recorder.newClient(), question.ask(), "n1", ++now);
    }

    private void answer(int operation, Question question, Result result) {
        recorder.ok(operation, question.output(result), true, ++now);
        recorder.counted(operation, question.counts(result));
    }

    private void done(Question question, Result result) {
        answer(ask(question), question, result);
    }

    private static Result number(long value) {
        return new Result.WholeNumber(value);
    }

    private static Result elements(String... elements) {
        return new Result.Elements(Stream.of(elements).map(Bytes::utf8).toList());
    }

    private void requireNothingWrong() {
        assertThatCode(() -> Counts.require(recorder.operations(), recorder.counted()))
                .doesNotThrowAnyException();
    }

    private void requireViolation(String what) {
        assertThatThrownBy(() -> Counts.require(recorder.operations(), recorder.counted()))
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith("Counts: ")
                .hasMessageContaining(what);
    }

    @Test
    void sumsGrowInTheOrderOfTheirAdditions() {
        var add = KeyQuestion.add("counter0", 1);
        done(add, number(1));
        var slow = ask(add);
        done(add, number(3));
        answer(slow, add, number(2));
        // What others added may never have been told.
        done(add, number(7));
        requireNothingWrong();
    }

    @Test
    void noSumIsToldTwice() {
        var add = KeyQuestion.add("counter0", 1);
        done(add, number(1));
        done(KeyQuestion.add("counter1", 1), number(1));
        requireNothingWrong();
        done(add, number(1));
        requireViolation("told the same sum");
    }

    @Test
    void aLaterAdditionTellsNoSmallerSum() {
        var add = KeyQuestion.add("counter0", 1);
        done(add, number(2));
        done(add, number(1));
        requireViolation("told sums against their order");
    }

    @Test
    void anElementStandsWhereItsPushSaid() {
        done(KeyQuestion.push("list0", "a"), number(1));
        done(KeyQuestion.push("list0", "b"), number(2));
        done(KeyQuestion.read(Model.LIST, "list0"), elements("a", "b"));
        requireNothingWrong();
        done(KeyQuestion.push("list0", "c"), number(7));
        requireNothingWrong();
        done(KeyQuestion.read(Model.LIST, "list0"), elements("a", "b", "c"));
        requireViolation("told 7 as the length of list0 with c, which is element 3");
    }

    @Test
    void soDoesOneThatATransactionAppended() {
        var append = new TransactionQuestion(List.of(new Step.Append("shared0", "a"), new Step.Append("shared0", "b")));
        done(append, new Result.Each(List.of(number(1), number(1))));
        var read = new TransactionQuestion(List.of(new Step.ReadList("shared0")));
        done(read, elements("a", "b"));
        requireViolation("told 1 as the length of shared0 with b, which is element 2");
    }

    @Test
    void whatIsNoAnswerToAQuestionIsAViolation() {
        requireUnfit(KeyQuestion.read(Model.COUNTER, "counter0"), new Result.Found(Bytes.utf8("5.90")));
        requireUnfit(KeyQuestion.read(Model.REGISTER, "register0"), elements("a"));
        requireUnfit(KeyQuestion.read(Model.LIST, "list0"), new Result.Absent());
        requireUnfit(KeyQuestion.push("list0", "a"), new Result.Applied(true));
        requireUnfit(KeyQuestion.compareAndSet("register0", null, "a"), number(1));
        requireUnfit(new TransactionQuestion(List.of(new Step.ReadList("shared0"))), number(1));
        requireUnfit(
                new TransactionQuestion(List.of(new Step.ReadList("shared0"), new Step.Append("shared0", "a"))),
                new Result.Each(List.of(elements())));
    }

    private static void requireUnfit(Question question, Result result) {
        assertThatThrownBy(() -> question.output(result))
                .isInstanceOf(Violation.class)
                .hasMessage("Answers: \"" + question.ask() + "\" was answered with " + result);
    }
}
