package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Append;
import dcluster.spi.Command.CompareAndSet;
import dcluster.spi.Command.Condition;
import dcluster.spi.Command.Get;
import dcluster.spi.Command.InSession;
import dcluster.spi.Command.Increment;
import dcluster.spi.Command.OpenSession;
import dcluster.spi.Command.Put;
import dcluster.spi.Command.ReadList;
import dcluster.spi.Command.Transaction;
import dcluster.spi.Command.Watched;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The thesis, section 6.3: a command that a client asks again is applied once. */
class SessionsTest {
    private static final Bytes K = Bytes.utf8("k");
    private static final Bytes L = Bytes.utf8("l");
    private static final int MOST = 3;

    private final Store store = new Store(MOST);

    private long open() {
        return ((Result.WholeNumber) result(new OpenSession())).value();
    }

    private Result result(Command command) {
        return ((Response.Ok) store.apply(command)).result();
    }

    private static Command increment(long session, long sequence) {
        return new InSession(session, sequence, new Increment(K, 1));
    }

    private Result value() {
        return result(new Get(K));
    }

    private static Result number(long number) {
        return new Result.WholeNumber(number);
    }

    private static Result found(String text) {
        return new Result.Found(Bytes.utf8(text));
    }

    private void isUnknown(Command command, String why) {
        assertThat(store.apply(command))
                .isInstanceOfSatisfying(
                        Response.Unknown.class,
                        unknown -> assertThat(unknown.message()).contains(why));
    }

    private void fails(Command command, Reason reason, String why) {
        assertThat(store.apply(command)).isInstanceOfSatisfying(Response.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(reason);
            assertThat(failed.message()).contains(why);
        });
    }

    // What is applied

    @Test
    void sessionsAreNumberedFromOneAndNoNumberIsGivenTwice() {
        for (long id = 1; id <= 3 * MOST; id++) {
            assertThat(open()).isEqualTo(id);
        }
        assertThat(store.sessionCount()).isEqualTo(MOST);
    }

    @Test
    @Tag("hard-case-16")
    void aCommandThatIsAskedAgainIsAppliedOnceAndAnsweredAlike() {
        long session = open();
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(result(increment(session, 1))).isEqualTo(number(1));
        }
        var append = new InSession(session, 2, new Append(L, List.of(K)));
        assertThat(result(append)).isEqualTo(number(1));
        assertThat(result(append)).isEqualTo(number(1));
        assertThat(result(new ReadList(L, 0, -1))).isEqualTo(new Result.Elements(List.of(K)));
        assertThat(value()).isEqualTo(found("1"));
    }

    @Test
    @Tag("hard-case-16")
    void aCompareAndSetDoesNotMissWhatItsOwnFirstAttemptHasChanged() {
        long session = open();
        store.apply(new Put(K, Bytes.utf8("a")));
        var swap = new InSession(session, 1, new CompareAndSet(K, Optional.of(Bytes.utf8("a")), Bytes.utf8("b")));
        assertThat(result(swap)).isEqualTo(new Result.Applied(true));
        assertThat(result(swap)).isEqualTo(new Result.Applied(true));
        store.apply(new Put(K, Bytes.utf8("a")));
        assertThat(result(swap)).isEqualTo(new Result.Applied(true));
        assertThat(value()).isEqualTo(found("a"));
    }

    @Test
    void aFailureIsRememberedAlsoIfItsReasonIsGone() {
        long session = open();
        store.apply(new Append(K, List.of(L)));
        fails(increment(session, 1), Reason.WRONG_TYPE, "list");
        store.apply(new Command.Delete(K));
        fails(increment(session, 1), Reason.WRONG_TYPE, "list");
        assertThat(result(increment(session, 2))).isEqualTo(number(1));
    }

    @Test
    void aTransactionIsAppliedOnceOrFailsOnceAsAWhole() {
        long session = open();
        var both = new Transaction(List.of(new Increment(K, 1), new Append(L, List.of(K))));
        var each = new Result.Each(List.of(number(1), number(1)));
        assertThat(result(new InSession(session, 1, both))).isEqualTo(each);
        assertThat(result(new InSession(session, 1, both))).isEqualTo(each);
        var fails = new Transaction(List.of(new Increment(K, 1), new Increment(L, 1)));
        fails(new InSession(session, 2, fails), Reason.WRONG_TYPE, "list");
        fails(new InSession(session, 2, fails), Reason.WRONG_TYPE, "list");
        assertThat(value()).isEqualTo(found("1"));
    }

    @Test
    void aGapIsLeftByWhatWasRefusedAndAnEarlierSequenceIsUnknown() {
        long session = open();
        assertThat(result(increment(session, 1))).isEqualTo(number(1));
        assertThat(result(increment(session, 7))).isEqualTo(number(2));
        isUnknown(increment(session, 1), "greater sequence");
        isUnknown(increment(session, 6), "greater sequence");
        assertThat(value()).isEqualTo(found("2"));
    }

    @Test
    void sessionsDoNotShareTheirSequences() {
        long one = open();
        long other = open();
        assertThat(result(increment(one, 1))).isEqualTo(number(1));
        assertThat(result(increment(other, 1))).isEqualTo(number(2));
    }

    @Test
    void anotherCommandUnderASequenceFails() {
        long session = open();
        var put = new Put(K, Bytes.utf8("1"));
        assertThat(result(new InSession(session, 1, put))).isEqualTo(new Result.Applied(true));
        for (var other : List.of(
                new Increment(K, 1),
                new Put(L, Bytes.utf8("1")),
                new Put(K, Bytes.utf8("2")),
                new Put(K, Bytes.utf8("1"), Condition.IF_PRESENT, false),
                new Put(K, Bytes.utf8("1"), Condition.ALWAYS, true),
                new Transaction(List.of(put)),
                new Transaction(List.of(put), List.of(new Watched(K, 0))))) {
            fails(new InSession(session, 1, other), Reason.UNSUPPORTED, "sequence 1 of this session was another");
        }
        assertThat(value()).isEqualTo(found("1"));
    }

    /** Who asks again after a lost connection has watched anew, and finds what the first attempt has written. */
    @Test
    void whatATransactionWatchesMayDifferFromAttemptToAttempt() {
        long session = open();
        var commands = List.<Command>of(new Increment(K, 1));
        var first = new Transaction(commands, List.of(new Watched(K, 0)));
        var again = new Transaction(commands, List.of(new Watched(K, 2)));
        assertThat(result(new InSession(session, 1, first))).isEqualTo(new Result.Each(List.of(number(1))));
        assertThat(result(new InSession(session, 1, again))).isEqualTo(new Result.Each(List.of(number(1))));
    }

    @Test
    void anAnswerThatIsTooLargeToBeRememberedIsUnknownTheSecondTime() {
        long session = open();
        var large = Bytes.copyOf(new byte[5000]);
        store.apply(new Put(K, large));
        var swap = new InSession(session, 1, new Put(K, L, Condition.ALWAYS, true));
        assertThat(result(swap)).isEqualTo(new Result.Found(large));
        isUnknown(swap, "too large to be remembered");
        assertThat(value()).isEqualTo(found("l"));
    }

    @Test
    void aReadIsCarriedOutEachTimeAndLeavesNoTrace() {
        long session = open();
        store.apply(increment(session, 5));
        var before = store.freeze();
        assertThat(result(new InSession(session, 1, new Get(K)))).isEqualTo(found("1"));
        assertThat(result(new InSession(99, 1, new Get(K)))).isEqualTo(found("1"));
        assertThat(store.freeze()).isSameAs(before);
    }

    // What expires

    @Test
    void theSessionThatWasUsedLongestAgoExpiresAndIsUnknownThen() {
        long first = open();
        long second = open();
        long third = open();
        store.apply(increment(first, 1));
        open();
        isUnknown(increment(second, 1), "expired");
        assertThat(result(increment(first, 1))).as("asking again is a use").isEqualTo(number(1));
        open();
        isUnknown(increment(third, 1), "expired");
        assertThat(result(increment(first, 2))).isEqualTo(number(2));
        assertThat(value()).isEqualTo(found("2"));
    }

    @Test
    void aSessionThatNobodyOpenedFails() {
        fails(increment(1, 1), Reason.UNSUPPORTED, "there was never a session 1");
        open();
        assertThat(result(increment(1, 1))).isEqualTo(number(1));
        fails(increment(2, 1), Reason.UNSUPPORTED, "there was never a session 2");
    }

    @Test
    void aStoreThatRemembersNoSessionsRefusesThem() {
        var without = new Store();
        assertThat(without.apply(new OpenSession())).isInstanceOf(Response.Failed.class);
        assertThat(without.apply(increment(1, 1))).isInstanceOf(Response.Failed.class);
        assertThat(without.hash()).isEqualTo(new Store(MOST).hash());
    }

    // What may be asked

    @Test
    void aSessionHoldsCommandsOnKeysAlone() {
        for (var wrong : List.of(
                new OpenSession(), increment(1, 1), new Command.Operation("resolve", Collections.emptyList()))) {
            assertThatThrownBy(() -> new InSession(1, 1, wrong)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Transaction(List.of(wrong))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> increment(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> increment(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theBoundCannotBeLeftOutOrChangedWhileDataIsThere() {
        assertThatThrownBy(() -> SessionBound.check(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> SessionBound.checkChange("raft", 10, 11))
                .hasMessageContaining("raft goes on with the sessions that it began with, 10, not with 11");
        SessionBound.checkChange("raft", 10, 10);
        SessionBound.check(1);
    }
}
