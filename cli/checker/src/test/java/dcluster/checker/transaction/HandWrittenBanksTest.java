package dcluster.checker.transaction;

import static dcluster.checker.testing.TransactionScript.registers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.testing.HandWrittenHistory;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories of a bank with 9 in its two accounts. */
class HandWrittenBanksTest {
    private static final Bank BANK = new Bank(Set.of("x", "y"), 9);

    private static final String ACCEPTED = """
            both balances make the total                     | a.x=5;y=4
            a transfer keeps the total                       | a.x=5;y=4 b.x=5;x:2;y=4;y:7 a.x=2;y=7
            who reads one account knows no total             | a.x=7
            nor do two who read one each                     | a.x=5 b.y=9
            who reads one account twice knows no total       | a.x=5;x=6
            a balance read twice, and the same               | a.x=5;y=4;x=5
            what failed saw nothing                          | a[x=5;y=5 a!
            of what is unknown nothing was seen              | a[x=5;y=5 a?
            its own write is not what it found               | a.x:1;x=1;y=4
            the second read is its own write                 | a.x=5;x:1;x=1;y=4
            no balance counts as zero                        | a.x=;y=9
            a balance may be zero                            | a.x=0;y=9
            a fraction of money is money                     | a.x=4.5;y=4.50
            a reader during a transfer sees what was before  | a[x=5;x:2;y=4;y:7 b.x=5;y=4 a]
            a reader during a transfer sees what is after it | a[x=5;x:2;y=4;y:7 b.x=2;y=7 a]
            the past has the same total                      | a.x:2;y:7 b.x=5;y=4
            the unknown transfer happened                    | a[x:2;y:7 a? b.x=2;y=7
            the unknown transfer never happened              | a[x:2;y:7 a? b.x=5;y=4
            the unknown transfer happened late               | a[x:2;y:7 a? b.x=5;y=4 c.x=2;y=7
            a failed transfer changed nothing                | a[x:2;y:7 a! b.x=5;y=4
            of two transfers at once the second counts       | a[x:2;y:7 b[x:3;y:6 a] b] c.x=3;y=6
            money is lost, and nobody saw it                 | a.x:1;y:1
            an overdraft that nobody saw                     | a.x:-1;y:10
            an overdraft that only its author saw            | a.x:-1;x=-1
            an overdraft that was refused                    | a[x:-2;y:11 a! b.x=5;y=4
            an overdraft that may not have happened          | a[x:-2;y:11 a? b.x=5;y=4
            all the money goes from one account to the other | a.x=9;y= b.x=0;y=9
            balances come again                              | a.x=5;y=4 b.x:2;y:7 b.x:5;y:4 a.x=5;y=4
            """;

    private static final String REJECTED = """
            more than there is                               | a.x=5;y=5 | T1 the total is 10, not 9
            less than there is                               | a.x=4;y=4 | T1 the total is 8, not 9
            a little more than there is                      | a.x=5;y=4.01 | T1 the total is 9.01, not 9
            nothing at all                                   | a.x=;y= | T1 the total is 0, not 9
            taken from one, not yet given to the other       | a[x=5;x:2;y=4;y:7 b.x=2;y=4 a] | T2 the total is 6, not 9
            given to one, not yet taken from the other       | a[x=5;x:2;y=4;y:7 b.x=5;y=7 a] | T2 the total is 12, not 9
            half of a transfer that had ended                | a.x=5;x:2;y=4;y:7 b.x=2;y=4 | T2 the total is 6, not 9
            half of a transfer whose outcome is unknown      | a[x:2;y:7 a? b.x=2;y=4 | T2 the total is 6, not 9
            two see its two halves                           | a[x:2;y:7 a? b.x=2;y=4 c.x=5;y=7 | T2 the total is 6, not 9; T3 the total is 12, not 9
            half of a transfer that failed                   | a[x:2;y:7 a! b.x=5;y=7 | T2 the total is 12, not 9
            the unknown made money                           | a[x:9;y:9 a? b.x=9;y=9 | T2 the total is 18, not 9
            a transfer ends between two reads                | b[x=5;y=7 a.x=5;x:2;y=4;y:7 b] | T1 the total is 12, not 9
            a wrong total before its own write               | a.x=5;y=5;x:1 | T1 the total is 10, not 9
            a transfer that began with a wrong total         | a.x=5;x:2;y=5;y:8 | T1 the total is 10, not 9
            of two transfers each is lost by half            | a[x:2;y:7 b[x:4;y:5 a] b] c.x=4;y=7 | T3 the total is 11, not 9
            another total at the second look                 | a.x=5;y=4;x=6 | T1 the total is 10, not 9
            the right total only at the second look          | a.x=6;y=4;x=5 | T1 the total is 10, not 9
            less at the second look                          | a.x=5;y=4;y=3 | T1 the total is 8, not 9
            a negative balance                               | a.x=-1 | T1 the balance of x is negative
            a negative balance though the total is right     | a.x=-1;y=10 | T1 the balance of x is negative
            a negative balance, and a wrong total            | a.x=-1;y=4 | T1 the balance of x is negative
            negative at the second look                      | a.x=5;x=-1 | T1 the balance of x is negative
            negative beside its own write                    | a.y:3;x=-2 | T1 the balance of x is negative
            negative before its own write                    | a.x=-2;x:3 | T1 the balance of x is negative
            an overdraft that another saw                    | a.x:-2;y:11 b.x=-2;y=11 | T2 the balance of x is negative
            an overdraft that was refused, and seen          | a[x:-2;y:11 a! b.x=-2 | T2 the balance of x is negative
            an overdraft that did happen                     | a[x:-2;y:11 a? b.x=-2 | T2 the balance of x is negative
            money was there, and is not                      | a.x=5;y=4 b.x=5;y=3 | T2 the total is 8, not 9
            lost for all who look                            | a.x=5;y=3 b.x=5;y=3 | T1 the total is 8, not 9; T2 the total is 8, not 9
            one loses it, the other finds it                 | a.x=5;y=3 b.x=5;y=5 | T1 the total is 8, not 9; T2 the total is 10, not 9
            """;

    static List<HandWrittenHistory> accepted() {
        return HandWrittenHistory.table(ACCEPTED);
    }

    static List<HandWrittenHistory> rejected() {
        return HandWrittenHistory.table(REJECTED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void aBankThatKeepsItsTotalIsGood(HandWrittenHistory history) {
        assertThat(BANK.check(registers(history.script()))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejected")
    void aBankThatLosesMoneyIsTold(HandWrittenHistory history) {
        var told = BANK.check(registers(history.script())).stream()
                .map(Violation::reason)
                .map(reason -> reason.substring(0, reason.indexOf(',')) + reason.substring(reason.lastIndexOf(':') + 1))
                .collect(Collectors.joining("; "));
        assertThat(told).isEqualTo(history.told());
    }

    @Test
    void noTwoOfThemAreEqualUpToRenaming() {
        HandWrittenHistory.requireVariety(
                accepted(), rejected(), history -> RenamedRegisters.canonicalWithValues(history.script()));
    }

    @Test
    void anAccountThatIsNoneIsRefused() {
        assertThatThrownBy(() -> BANK.check(registers("a.x=5;y=4 a.z=1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("z");
    }
}
