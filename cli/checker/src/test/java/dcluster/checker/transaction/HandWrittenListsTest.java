package dcluster.checker.transaction;

import dcluster.checker.linear.Budget;
import dcluster.checker.testing.TransactionScript;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandWrittenListsTest {
    private static final Budget AMPLE = new Budget(Duration.ofMinutes(1), 1 << 28);

    private static final String ACCEPTED = """
            a.x=                                         | a list never appended to is empty
            a.x+1 b.x=1                                  | a read sees what was appended before
            a[x+1 b.x= a]                                | an append may take effect at its end
            a[x+1 b.x=1 a]                               | or at its invocation
            a[x+1 b.x=1 a?                               | the unknown happened
            a[x+1 a? b.x= c.x=                           | the unknown never happened
            a[x+1 a? b.x= c.x=1                          | the unknown happened late
            a[x+1 a! b.x=                                | what failed is not there
            a.x+1;x+2 b.x=12                             | both appends at once
            a.x+1;x=1;x+2;x=12                           | a transaction sees its own appends
            a.x=;x+1;x=1;y+2 b.x=1;y=2                   | a read of nothing, and then its own
            a.x+1 b.x+2 c.x=12 d.x=12                    | everybody sees one order
            a[x+1 b[x+2 a] b] c.x=21                     | concurrent appends in any order
            a.x+1 b.x+2                                  | nobody looks
            a.x+1 b.x+2 c.x=12;y= d.y+3 e.y=3            | two lists, one after the other
            a[x+1;y= b[y+2;x=1 a] b]                     | of two at the same time one is first
            a[x+1 b[x=1;y+2 c.y=2;z= b] a]               | three at the same time, in a row
            a[x= b.x+1 a]                                | a read may be older than its end
            a[x+1 a? b[x=1;y+2 b? c.y=2;x=1              | both unknown ones happened
            a[x+1;y+2 a? b.x=1;y=2                       | the unknown happened as a whole
            a.x+1 b[x=1;x+2 c.x=1 b] d.x=12              | a read during an update
            a[x+1 a! b.x+1 c.x=1                         | appended again, since it had failed
            a.x+1;y+1 b[x=1 c.x+2;y+2 b] d.y=12;x=12     | a read of one of two lists that change together
            a[x+1 b[x+2 c[x+3 d.x=31 e.x=312 a] b] c]    | each read is the beginning of the next
            a.x+1 b.x=1 a.x+2 b.x=12 a.y+3 b.y=3;x=12    | two clients take turns
            a[x+1 a? a.x= b.x=1                          | a client goes on while its unknown one waits
            """;

    private static final String REJECTED = """
            a.x=1 | unwritten | none
              nobody appended 1
            a[x+1 a! b.x=1 | G1a | read uncommitted
              what failed was read
            a.x+1;x+2 b.x=1 | G1b, G-single | read uncommitted
              half of a transaction was read
            a.x+1 b.x=11 | duplicate-elements | none
              appended once, read twice
            a.x+1 b.x+2 c.x=12 d.x=21 | incompatible-order | read uncommitted
              two orders
            a.x+1;x= | internal | read committed
              its own append is missing
            a[x=;x=1 b.x+1 a] | internal, G-single | read committed
              a read that does not repeat
            a[x+1;y+1 b[x+2;y+2 a] b] c.x=12;y=21 | G0 | none
              x one way round, y the other
            a[x+1;y=2 b[y+2;x=1 a] b] | G1c | read uncommitted
              each saw the other
            a[x+1;y=2 b[x+2;y+2 a] b] c.x=12 | G1c | read uncommitted
              it saw what came after it
            a[x=;y=1 b.x+1;y+1 a] | G-single | read committed
              read skew: before in x, after in y
            a.x+0 b[x=0;x+1 c[x=0;x+2 b] c] d.x=012 | lost-update, G-single | read committed
              two updates of one version
            b[x=;x+1 c[x=;x+2 b] c] | lost-update, G2-item | read committed
              the same, and nobody looked
            a[x=;y+1 b[y=;x+2 a] b] | G2-item | strong snapshot isolation
              write skew
            b[x+1 d[y+2 a[x=;y=2 c[x=1;y= a] c] b] d] | G-nonadjacent | read committed
              long fork
            a[x=;y+1 b[y=;z+2 c[z=;x+3 a] b] c] | G2-item | strong snapshot isolation
              write skew of three
            a.x+1 b.x= | G-single-realtime | strong session serializable
              stale
            a.x+1 a.x= | G-single-process | serializable
              stale to who appended it
            a.x+1 b.x+2 c.x=21 | G0-realtime | strong session serializable
              the later append is first
            a.x+1 a.x+2 c.x=21 | G0-process | serializable
              though of the same client
            a.x=1 b.x+1 | G1c-realtime | strong session serializable
              read before it was appended
            a.x=1 a.x+1 | G1c-process | serializable
              by who appends it later
            b[y=;x+1 c.y+2 a.x= b] | G2-item-realtime | strong session serializable, strong snapshot isolation
              only time tells that a is after c
            b[y=;x+1 c.y+2 c.x= b] | G2-item-process | serializable, strong snapshot isolation
              only c's order tells it
            a[x+1 a! b.x+2 c.x=12 | G1a, dirty-update | read uncommitted
              appended to what failed
            a[x=;y=2 d[y+2 b.x+1 c.y= a] d] | G-nonadjacent-realtime | strong session serializable
              a long fork if time counts
            a[x=;y=2 d[y+2 b.x+1 b.y= a] d] | G-nonadjacent-process | serializable
              a long fork if b's order counts
            a.x+1;x+2 b.x=21 | G1b, incompatible-order | read uncommitted
              two appends of one transaction changed places
            a.x+1;x+2 b.x=2 | incompatible-order, G-single | read uncommitted
              the first of two appends is missing
            a[x+1;y+2 a? b.x=1;y= | G-single | read committed
              the unknown happened by half
            a[x+1 a? b.x=1 c.x= | G-single-realtime | strong session serializable
              the unknown happened, and was undone
            a[x+1 a? b.x=1 b.x= | G-single-process | serializable
              the same before the eyes of one client
            """;

    static Stream<HandWritten> accepted() {
        return HandWritten.accepted(ACCEPTED).stream();
    }

    static Stream<HandWritten> rejected() {
        return HandWritten.rejected(REJECTED).stream();
    }

    private static void judge(HandWritten history) {
        var found =
                new Transactions(TransactionModel.LIST_APPEND, AMPLE).check(TransactionScript.lists(history.script()));
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
