package dcluster.checker.transaction;

import dcluster.checker.linear.Budget;
import dcluster.checker.testing.TransactionScript;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandWrittenRegistersTest {
    private static final Budget AMPLE = new Budget(Duration.ofMinutes(1), 1 << 28);

    private static final String ACCEPTED = """
            a.x=                                         | a register never written is null
            a.x:1 b.x=1                                  | a read sees what was written before
            a[x:1 b.x= a]                                | a write may take effect at its end
            a[x:1 b.x=1 a]                               | or at its invocation
            a[x:1 a? b.x= c.x=1                          | the unknown happened late
            a[x:1 a? b.x=                                | the unknown never happened
            a[x:1 a! b.x=                                | what failed is not there
            a.x:1;x:2 b.x=2                              | the last of two writes is read
            a.x:1;x=1;x:2;x=2                            | a transaction sees its own writes
            a.x=;x:1 b.x=1;x:2 c.x=2                     | updates in a row
            a[x:1 b[x:2 a] b] c.x=1                      | of two writes at the same time the first may be the last
            a.x:1 b.x:2 c.x=2                            | one write after the other
            a[x:1;y:1 b.x=1;y=1 a]                       | both writes at once
            a[x:1;y= b[y:2;x=1 a] b]                     | of two at the same time one is first
            a[x= b.x:1 a]                                | a read may be older than its end
            a[x:1 a! b.x:1 c.x=1                         | written again, since it had failed
            a[x:1;y:2 a? b.y=2;x=1                       | the unknown happened as a whole
            a.x:1 b[x=1;x:2 c.x=1 b] d.x=2               | a read during an update
            a[x:1 b[x=1;y:2 c.y=2;z= b] a]               | three at the same time, in a row
            a.x:1;y:1 b[x=1 c.x:2;y:2 b] d.y=2;x=2       | a read of one of two registers that change together
            a.x:1 a.x:2 a.x=2 b.x=2                      | one client after itself
            a.x=;y= b.x:1 c.x=1;y= d.y:2 e.x=1;y=2       | two registers, one after the other
            a[x:1 b[x:2 c.x=1 d.x=2 a] b]                | two writes seen one after the other
            a[x:1 a? a.x= b.x=1                          | a client goes on while its unknown one waits
            """;

    private static final String REJECTED = """
            a.x=1 | unwritten | none
              nobody wrote 1
            a[x:1 a! b.x=1 | G1a | read uncommitted
              what failed was read
            a.x:1;x:2 b.x=1 | G1b, G-single | read uncommitted
              half of a transaction was read
            a.x:1;x= | internal | read committed
              its own write is missing
            a[x=;x=1 b.x:1 a] | internal, G-single | read committed
              a read that does not repeat
            a[x:1;x=2 b.x:2 a] | internal | read committed
              another's write in place of its own
            a[x=2;x:1 b[x=1;x:2 a] b] | G0, G1c | none
              each overwrote the other
            a[x:1;y=1;y:2 b[y:1;x=1;x:2 a] b] | G0, G1c | none
              x one way round, y the other
            a[x:1;y=2 b[y:2;x=1 a] b] | G1c | read uncommitted
              each saw the other
            a[x:1;z=3 b[x=1;y:2 c[y=2;z:3 a] b] c] | G1c | read uncommitted
              each of three saw the next
            a[x=;y=1 b.x:1;y:1 a] | G-single | read committed
              read skew: before in x, after in y
            a.x:1;y:1 b[x=1;y=2 c.x=1;x:2;y:2 b] | G-single | read committed
              read skew, and not from the beginning
            a.x:1 b[x=1;x:2 c[x=1;x:3 b] c] | lost-update, G2-item | read committed
              two updates of one version
            b[x=;x:2 c[x=;x:3 b] c] | lost-update, G2-item | read committed
              two updates of null
            a[x=;y:1 b[y=;x:2 a] b] | G2-item | strong snapshot isolation
              write skew
            a[x=;y:1 b[y=;z:2 c[z=;x:3 a] b] c] | G2-item | strong snapshot isolation
              write skew of three
            b[x:1 d[y:2 a[x=;y=2 c[x=1;y= a] c] b] d] | G-nonadjacent | read committed
              long fork
            a.x:1 b.x= | G-single-realtime | strong session serializable
              stale
            a.x:1 a.x= | G-single-process | serializable
              stale to who wrote it
            a.x=1 b.x:1 | G1c-realtime | strong session serializable
              read before it was written
            a.x=1 a.x:1 | G1c-process | serializable
              by who writes it later
            b[y=;x:1 c.y:2 a.x= b] | G2-item-realtime | strong session serializable, strong snapshot isolation
              only time tells that a is after c
            b[y=;x:1 c.y:2 c.x= b] | G2-item-process | serializable, strong snapshot isolation
              only c's order tells it
            a[x=;y=2 d[y:2 b.x:1 c.y= a] d] | G-nonadjacent-realtime | strong session serializable
              a long fork if time counts
            a[x=;y=2 d[y:2 b.x:1 b.y= a] d] | G-nonadjacent-process | serializable
              a long fork if b's order counts
            a[x:1 a! b.x=1;x:2 | G1a, dirty-update | read uncommitted
              written over what failed
            a.x=1;x:2 b.x:1 | G0-realtime, G1c-realtime | strong session serializable
              overwritten before it was written
            a.x=1;x:2 a.x:1 | G0-process, G1c-process | serializable
              though by the same client
            a[x:1;y:2 a? b.x=1;y= | G-single | read committed
              the unknown happened by half
            a[x:1 a? b.x=1 c.x= | G-single-realtime | strong session serializable
              the unknown happened, and was undone
            a.x:1 b.x=1;x:2 c.x=1 | G-single-realtime | strong session serializable
              overwritten, and read again
            a.x:1 a.x:2 a.x=1 | G-single-process | serializable
              its own older write, though nobody read the newer one
            a.x:1 b.x:2 c.x=1 | G-single-realtime | strong session serializable
              an older write, though nobody read the newer one
            a.x:1 b.x:2 c[x=1;y=2 d.y:2 c] | G-single-realtime | strong session serializable
              an older write of one, the newest of the other
            a.x:1 b[x:2;y:3 b? c.y=3 d.x=1 | G-single-realtime | strong session serializable
              an older write than one that is only known by another key
            a[x=;x:1 b[x:2;x:3 a] b] c.x=1;x:4 | G-single-realtime | strong session serializable
              null was updated, so that the blind write came later, and is not seen
            """;

    static Stream<HandWritten> accepted() {
        return HandWritten.accepted(ACCEPTED).stream();
    }

    static Stream<HandWritten> rejected() {
        return HandWritten.rejected(REJECTED).stream();
    }

    private static void judge(HandWritten history) {
        var found = new Transactions(TransactionModel.RW_REGISTER, AMPLE)
                .check(TransactionScript.registers(history.script()));
        history.requireOf(found);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void whatOneAfterTheOtherCouldBeIsAccepted(HandWritten history) {
        judge(history);
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void whatIsWrongIsNamed(HandWritten history) {
        judge(history);
    }

    @Test
    void noTwoOfThemAreEqualUpToRenaming() {
        HandWritten.requireVariety(HandWritten.accepted(ACCEPTED), HandWritten.rejected(REJECTED));
    }
}
