package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.simulation.Violation;
import dcluster.spi.Bytes;
import dcluster.spi.Result;
import dcluster.spi.Traits.Consistency;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A bank of three accounts. */
class AccountsTest {
    private static final TransactionQuestion READ = new TransactionQuestion(IntStream.range(0, 3)
            .<Step>mapToObj(i -> new Step.Balance("account" + i))
            .toList());

    private final Recorder recorder = new Recorder(() -> true);
    private long now;

    /** Moves to the first accounts; nobody is told whether it happened. */
    private int move(long... amounts) {
        return invoke(moves(amounts));
    }

    private static TransactionQuestion moves(long... amounts) {
        return new TransactionQuestion(IntStream.range(0, amounts.length)
                .<Step>mapToObj(i -> new Step.Move("account" + i, amounts[i]))
                .toList());
    }

    private int invoke(Question question) {
        return recorder.invoke(recorder.newClient(), question.ask(), "n1", ++now);
    }

    private void moved(int operation, long[] amounts, long... balances) {
        var results = LongStream.of(balances)
                .<Result>mapToObj(Result.WholeNumber::new)
                .toList();
        recorder.ok(operation, moves(amounts).output(new Result.Each(results)), true, ++now);
    }

    private void moveNow(long[] amounts, long... balances) {
        moved(move(amounts), amounts, balances);
    }

    private void read(long... balances) {
        found(invoke(READ), balances);
    }

    private void found(int operation, long... balances) {
        var results = LongStream.of(balances).mapToObj(AccountsTest::found).toList();
        recorder.ok(operation, READ.output(new Result.Each(results)), true, ++now);
    }

    private static Result found(long balance) {
        return balance == 0 ? new Result.Absent() : new Result.Found(Bytes.utf8("" + balance));
    }

    private static long[] of(long... amounts) {
        return amounts;
    }

    private void requireNothingWrong() {
        assertThat(judge()).isTrue();
    }

    private boolean judge() {
        return Judgement.require(Consistency.STRICT_SERIALIZABLE, recorder.operations(), List.of());
    }

    private void requireViolation(String start, String what) {
        assertThatThrownBy(this::judge)
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith(start)
                .hasMessageContaining(what);
    }

    @Test
    void accountsHoldWhatTransfersLeave() {
        read(0, 0, 0);
        moveNow(of(-5, 5), -5, 5);
        read(-5, 5, 0);
        moveNow(of(-3, 1, 2), -8, 6, 2);
        read(-8, 6, 2);
        requireNothingWrong();
    }

    @Test
    void whoSeesHalfOfATransferSeesAnotherTotal() {
        move(-5, 5);
        read(-5, 0, 0);
        requireViolation("Bank: ", "the total is 2999999995, not 3000000000");
    }

    @Test
    void aTransferThatTouchesAllAccountsTellsTheTotal() {
        move(-5, 5);
        moveNow(of(-3, 1, 2), -8, 1, 2);
        requireViolation("Bank: ", "the total is 2999999995, not 3000000000");
    }

    @Test
    void anAcknowledgedTransferIsNeverLost() {
        moveNow(of(-5, 5), -5, 5);
        read(0, 0, 0);
        requireViolation("Balances: ", "found 0 in account0, where what was moved leaves -5");
    }

    @Test
    void aTransferDoesNotHappenTwice() {
        moveNow(of(-5, 5), -5, 5);
        read(-10, 10, 0);
        requireViolation("Balances: ", "found -10 in account0, where what was moved leaves -5");
    }

    @Test
    void aTransferToldAnotherBalanceThanThereWasIsAViolation() {
        moveNow(of(-5, 5), -5, 5);
        moveNow(of(-5, 5), -5, 5);
        requireViolation("Balances: ", "found 0 in account0, where what was moved leaves -5");
    }

    @Test
    void aTransferOfUnknownOutcomeMayHaveHappenedOrNot() {
        move(-5, 5);
        read(0, 0, 0);
        read(-5, 5, 0);
        requireNothingWrong();
        read(-10, 10, 0);
        requireViolation("Balances: ", "found -10 in account0, where what was moved leaves from -5 to 0");
    }

    @Test
    void aTransferThatFailedIsInNoBalance() {
        recorder.fail(move(-5, 5), ++now);
        read(0, 0, 0);
        requireNothingWrong();
        read(-5, 5, 0);
        requireViolation("Balances: ", "found -5 in account0, where what was moved leaves 0");
    }

    @Test
    void aReadMayFindWhatIsMovedMeanwhileButNothingThatIsMovedLater() {
        int slow = invoke(READ);
        moveNow(of(-5, 5), -5, 5);
        found(slow, -5, 5, 0);
        requireNothingWrong();
        read(-6, 6, 0);
        moveNow(of(-1, 1), -6, 6);
        requireViolation("Balances: ", "found -6 in account0, where what was moved leaves -5");
    }

    @Test
    void whatIsNoBalanceIsNoAnswer() {
        var text = new Result.Each(List.of(new Result.Found(Bytes.utf8("5.90")), found(0), found(0)));
        assertThatThrownBy(() -> READ.output(text))
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith("Answers: ");
    }
}
