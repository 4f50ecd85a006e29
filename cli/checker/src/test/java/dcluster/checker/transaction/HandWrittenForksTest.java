package dcluster.checker.transaction;

import static dcluster.checker.testing.TransactionScript.registers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.testing.HandWrittenHistory;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandWrittenForksTest {
    private static final String ACCEPTED = """
            nothing is written                               | a.x=;y=
            x is first for all                               | a.x:1 b.y:1 c.x=1;y= d.x=1;y=1
            the same read in another order                   | a.x:1 b.y:1 c.x=1;y= d.y=;x=1
            all see both                                     | a.x:1 b.y:1 c.x=1;y=1 d.x=1;y=1
            one sees neither                                 | a.x:1 b.y:1 c.x=;y= d.x=;y=1
            from nothing to all, step by step                | a.x:1 b.y:1 c.x=;y= d.x=1;y= e.x=1;y=1
            the later sees less, and no other order          | a.x:1 b.y:1 c.x=1;y=1 d.x=1;y= e.x=;y=
            registers read alone have no order               | a.x:1 b.y:1 c.x=1 d.y=1
            nor do two transactions of one client            | a.x:1 b.y:1 c.x=1 c.y= d.y=1 d.x=
            one that reads both, and two that read one each  | a.x:1 b.y:1 c.x=1;y= d.x= d.y=1
            what failed saw nothing                          | a.x:1 b.y:1 c.x=1;y= d[x=;y=1 d!
            nor is known what the unknown saw                | a.x:1 b.y:1 c.x=1;y= d[x=;y=1 d?
            its own write was not seen                       | a.x:1 c.x=1;y= d.y:2;x=;y=2
            what is read again after its own write           | a.x:1 c.x=1;y= d.x=;y=;y:2;y=2
            another look later in the transaction            | a.x:1 b.y:1 c.x=1;y= d.x=;y=;y=1
            writes of unknown outcome, seen in one order     | a[x:1 a? b[y:1 b? c.x=1;y= d.x=1;y=1
            a write of unknown outcome that nobody saw       | a[x:1 a? b.y:1 c.x=;y=1 d.x=;y=1
            both writes of one transaction                   | a.x:1;y:1 b.x=;y= c.x=1;y=1
            written again, since it had failed               | a[x:1 a! b.x:2 c.y:1 d.x=2;y= e.x=2;y=1
            of three registers two are read by each          | a.x:1 b.y:1 c.z:1 d.x=1;y= e.y=1;z= f.x=1;z=
            one register in common, seen and not seen        | b.y:1 c.z:1 d.x=;y=1;w= e.y=;z=1
            two and three registers in one order             | a.x:1 b.y:1 c.z:1 d.x=1;y=;z= e.x=1;y=1
            a circle of three is no fork of two              | a.x:1 b.y:1 c.z:1 d.x=1;y= e.y=1;z= f.z=1;x=
            two pairs of registers are two orders            | a.x:1 b.y:1 c.z:1 d.w:1 e.x=1;y= f.z=;w=1
            readers during the writes                        | a[x:1 b[y:1 c.x=1;y= a] d.x=1;y=1 b]
            """;

    private static final String REJECTED = """
            one sees x alone, the other y alone              | a.x:1 b.y:1 c.x=1;y= d.x=;y=1 | T3 x, T4 y
            they read in opposite orders                     | a.x:1 b.y:1 c.x=1;y= d.y=1;x= | T3 x, T4 y
            each reads its news last                         | a.x:1 b.y:1 c.y=;x=1 d.x=;y=1 | T3 x, T4 y
            of four one contradicts                          | a.x:1 b.y:1 c.x=1;y= d.x=1;y= e.x=1;y=1 f.x=;y=1 | T4 x, T6 y
            one saw nothing, two disagree                    | a.x:1 b.y:1 c.x=;y= d.x=1;y= e.x=;y=1 | T4 x, T5 y
            the writes have not ended                        | a[x:1 b[y:1 c.x=1;y= d.x=;y=1 | T3 x, T4 y
            the outcome of the writes is unknown             | a[x:1 a? b[y:1 b? c.x=1;y= d.x=;y=1 | T3 x, T4 y
            the outcome of one write is unknown              | a.x:1 b[y:1 b? c.x=1;y= d.x=;y=1 | T3 x, T4 y
            the failed write was seen                        | a.x:1 b[y:1 b! c.x=1;y= d.x=;y=1 | T3 x, T4 y
            both writes of one transaction, each alone       | a.x:1;y:1 b.x=1;y= c.x=;y=1 | T2 x, T3 y
            both writes by one client                        | a.x:1 a.y:1 b.x=1;y= c.x=;y=1 | T3 x, T4 y
            one client sees both orders                      | a.x:1 b.y:1 c.x=1;y= c.x=;y=1 | T3 x, T4 y
            the readers are concurrent                       | a.x:1 b.y:1 c[x=1;y= d[x=;y=1 c] d] | T3 x, T4 y
            the readers are the writers                      | a[x:1 b[y:1 a] b] a.x=1;y= b.x=;y=1 | T3 x, T4 y
            it reads before it writes                        | a[x=;y=1;x:1 b[x=1;y=;y:1 a] b] | T1 y, T2 x
            the first look counts                            | a.x:1 b.y:1 c.x=1;y= d.x=;y=1;x=1 | T3 x, T4 y
            a read of another register beside it             | a.x:1 b.y:1 c.z:1 d.x=1;y=;z= e.x=;y=1;z=1 | T4 x, T5 y, z
            three registers, and both see the third          | a.x:1 b.y:1 c.z:1 d.x=1;y=;z=1 e.x=;y=1;z=1 | T4 x, T5 y
            a read of two against a read of three            | a.x:1 b.y:1 c.x=1;y= d.x=;y=1;z= | T3 x, T4 y
            a read of three against a read of two            | a.x:1 b.y:1 c.x=1;y=;z= d.x=;y=1 | T3 x, T4 y
            each reads a register that the other does not    | a.x:1 b.y:1 c.x=1;y=;z= d.w=;x=;y=1 | T3 x, T4 y
            its own write takes it out of the reads of three | a.x:1 b.y:1 c.x=1;y= d.z:1;z=1;x=;y=1;w= | T3 x, T4 y
            three against two, that saw both before          | a.x:1 b.y:1 c.x=1;y=1;z= d.x=1;y=;z= e.x=;y=1 | T4 x, T5 y
            two pairs, each with its fork                    | a.x:1;y:1 b.z:1;w:1 c.x=1;y= d.x=;y=1 e.z=1;w= f.z=;w=1 | T3 x, T4 y; T5 z, T6 w
            three see one register each                      | a.x:1 b.y:1 c.z:1 d.x=1;y=;z= e.x=;y=1;z= f.x=;y=;z=1 | T4 x, T5 y; T5 y, T6 z
            a reader between two that saw another order      | a.x:1;y:1 b.x=1;y= c.x=;y=1 d.x=1;y= | T2 x, T3 y; T3 y, T4 x
            """;

    static List<HandWrittenHistory> accepted() {
        return HandWrittenHistory.table(ACCEPTED);
    }

    static List<HandWrittenHistory> rejected() {
        return HandWrittenHistory.table(REJECTED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void readsThatAgreeAreNoFork(HandWrittenHistory history) {
        assertThat(new LongFork().check(registers(history.script()))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejected")
    void writesSeenInOppositeOrdersAreAFork(HandWrittenHistory history) {
        var told = new LongFork()
                .check(registers(history.script())).stream()
                        .map(Violation::reason)
                        .map(reason -> reason.substring(reason.lastIndexOf(": only") + 2))
                        .map(reason -> reason.replaceAll("(and )?only (T[0-9]+) saw the write of", "$2"))
                        .collect(Collectors.joining("; "));
        assertThat(told).isEqualTo(history.told());
    }

    @Test
    void noTwoOfThemAreEqualUpToRenaming() {
        HandWrittenHistory.requireVariety(
                accepted(), rejected(), history -> RenamedRegisters.canonical(history.script()));
    }

    @Test
    void aRegisterWrittenTwiceIsRefused() {
        assertThatThrownBy(() -> new LongFork().check(registers("a.x:1 b.x:2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 3: x is written again, as in line 1");
    }
}
