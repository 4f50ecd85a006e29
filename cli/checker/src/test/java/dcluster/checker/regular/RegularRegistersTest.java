package dcluster.checker.regular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.testing.HandWrittenHistory;
import dcluster.checker.testing.Script;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegularRegistersTest {
    private static final String ACCEPTED = """
            nothing was written and nothing is read          | a.read=null
            the last value is read                           | a.write:1 b.read=1
            the last of two values is read                   | a.write:1 a.write:2 b.read=2
            a value is read while it is being written        | a[write:1 b.read=1 a]
            the old value is read while another is written   | a.write:1 a[write:2 b.read=1 a]
            at first null is read while one is written       | a[write:1 b.read=null a]
            new and then old while the write goes on         | a.write:1 a[write:2 b.read=2 b.read=1 a]
            two readers see two writes in opposite orders    | a[write:1 b[write:2 c.read=1 c.read=2 d.read=2 d.read=1 a] b]
            two writes overlapped and either came last       | a[write:1 b[write:2 a] b] c.read=1 d.read=2
            an unknown write is read                         | a[write:1 a? b.read=1
            an unknown write is read late                    | a[write:1 a? b.write:2 b.read=1
            an unknown write is read and then not            | a.write:1 c[write:2 c? b.read=2 b.read=1
            an unknown write never happens                   | a.write:1 c[write:2 c? b.read=1 b.read=1
            a failed write leaves no trace                   | a.write:1 b[write:2 b! c.read=1
            one value was written twice                      | a.write:1 a.write:2 a.write:1 b.read=1
            null was written                                 | a.write:1 a.write:null b.read=null
            keys are registers of their own                  | a.x/write:1 a.y/write:2 b.x/read=1 b.y/read=2
            a long read overlaps a later write               | b[read a.write:1 a.write:2 b]=1
            a long read began before all                     | b[read a.write:1 a.write:2 b]=null
            a write that never ended overwrites nothing      | a.write:1 b[write:2 c.read=1 c.read=2 c.read=1
            writes of one value overlap another              | a[write:1 b.write:2 c.read=1 a] c.read=1
            """;

    private static final String REJECTED = """
            a value that nobody wrote                        | a.read=1                                            | a read x 1: nobody
            another value than the written one               | a.write:1 b.read=2                                  | b read x 2: nobody
            a value before its write began                   | b.read=1 a.write:1                                  | b read x 1: nobody
            null after a write                               | a.write:1 b.read=null                               | b read x null: that was so at first
            the first of two values                          | a.write:1 a.write:2 b.read=1                        | b read x 1: written by a
            the first of two values of two writers           | a.write:1 b.write:2 c.read=1                        | c read x 1: written by a
            the value before the last                        | a.write:1 a.write:2 a.write:3 b.read=2              | b read x 2: written by a
            an old value while a third is written            | a.write:1 a.write:2 a[write:3 b.read=1 a]           | b read x 1: written by a
            old after the write has ended                    | a.write:1 a[write:2 b.read=2 b.read=1 a] b.read=1   | b read x 1: written by a
            null while a second value is written             | a.write:1 a[write:2 b.read=null a]                  | b read x null: that was so
            a failed write is read                           | a[write:1 a! b.read=1                               | b read x 1: nobody
            a failed write is read instead of the last       | a.write:1 b[write:2 b! c.read=2                     | c read x 2: nobody
            the value of another key                         | a.x/write:1 a.y/write:2 b.y/read=1                  | b read y 1: nobody
            null on a key that was written                   | a.y/write:1 b.x/read=null b.y/read=null             | b read y null: that was so
            two overlapping writes were both overwritten     | a[write:1 b[write:2 a] b] c.write:3 d.read=1        | d read x 1: written by a
            a long read began after the overwriting          | a.write:1 a.write:2 b[read c.write:3 b]=1           | b read x 1: written by a
            an unknown write before it was asked for         | b.read=1 a[write:1 a?                               | b read x 1: nobody
            a value written twice and overwritten twice      | a.write:1 a.write:2 a.write:1 a.write:3 b.read=1    | b read x 1: written by a
            written null was overwritten                     | a.write:null a.write:1 b.read=null                  | b read x null: written by a
            its own last write is not there                  | a.write:1 a.write:2 a.read=1                        | a read x 1: written by a
            an unknown write hides nothing                   | a.write:1 a.write:2 c[write:3 c? b.read=1           | b read x 1: written by a
            """;

    static Stream<HandWrittenHistory> accepted() {
        return HandWrittenHistory.table(ACCEPTED).stream();
    }

    static Stream<HandWrittenHistory> rejected() {
        return HandWrittenHistory.table(REJECTED).stream();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void aRegularRegisterMayDoSo(HandWrittenHistory history) {
        assertThat(RegularRegisters.check(Script.history(history.script()))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void aRegularRegisterMayNotDoSo(HandWrittenHistory history) {
        var stale = RegularRegisters.check(Script.history(history.script()));
        assertThat(stale).hasSize(1);
        char client = history.told().charAt(0);
        assertThat(stale.get(0).toString())
                .startsWith((int) client + ":" + history.told().substring(1).replaceAll(" a$", " 97"));
    }

    @Test
    void noTwoOfThemAreEqualUpToRenaming() {
        HandWrittenHistory.requireVariety(accepted().toList(), rejected().toList(), HandWrittenHistory::canonical);
    }

    @Test
    void whatIsNoReadAndNoWriteIsRefusedWithItsLine() {
        assertThatThrownBy(() -> RegularRegisters.check(Script.history("a.write:1 a[cas:[1,2] a]")))
                .hasMessage("line 3: a regular register has no cas");
    }
}
