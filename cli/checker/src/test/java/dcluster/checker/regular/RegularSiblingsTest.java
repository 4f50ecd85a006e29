package dcluster.checker.regular;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.testing.HandWrittenHistory;
import dcluster.checker.testing.Script;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads of regular registers that saw several values. */
class RegularSiblingsTest {
    private static final String ACCEPTED = """
            two writes overlapped and neither saw the other     | a[write:1 b[write:2 a] b] c.read~[1,2]
            their order in the answer means nothing             | a[write:1 b[write:2 a] b] c.read~[2,1]
            one write lay within the other                      | a[write:1 b.write:2 a] c.read~[1,2]
            the first was replaced by the second                | a[write:1 b[write:2 a] b] c.read=2
            the second was replaced by the first                | a[write:1 b[write:2 a] b] c.read=1 c.read=1
            each reader may see another outcome                 | a[write:1 b[write:2 a] b] c.read~[1,2] d.read=1
            one value and then both, after all had ended        | a[write:1 b[write:2 a] b] c.read=1 c.read~[1,2]
            both are read while both are being written          | a[write:1 b[write:2 c.read~[1,2] a] b]
            both are read while one still goes on               | a[write:1 b[write:2 a] c.read~[1,2] b]
            three writes overlapped                             | a[write:1 b[write:2 c[write:3 a] b] c] d.read~[1,2,3]
            two of three that overlapped                        | a[write:1 b[write:2 c[write:3 a] b] c] d.read~[1,3]
            a chain, of which the first two overlapped          | a[write:1 b[write:2 a] c[write:3 b] c] d.read~[2,3]
            two overlapped, and a third goes on that saw neither | a[write:1 b[write:2 a] c[write:3 b] d.read~[1,2] c]
            a later write saw them and goes on                  | a[write:1 b[write:2 a] b] c[write:3 d.read~[1,2] c]
            a later write that goes on replaced them            | a[write:1 b[write:2 a] b] c[write:3 d.read=3 c]
            a later write replaced both                         | a[write:1 b[write:2 a] b] c.write:3 d.read=3
            a later pair replaced an earlier pair               | a[write:1 b[write:2 a] b] a[write:3 b[write:4 a] b] c.read~[3,4]
            a write of unknown outcome stays beside one         | a[write:1 a? b.write:2 c.read~[1,2]
            it takes effect at last, beside what came long after | a[write:1 a? b.write:2 b.write:3 c.read~[1,3]
            two of unknown outcome                              | a[write:1 a? b[write:2 b? c.read~[1,2]
            two of unknown outcome, asked one after the other   | a[write:1 a? c.read=null b[write:2 b? c.read~[1,2]
            nothing was there before two that never ended       | a[write:1 a? b[write:2 b? c.read=null
            one was written twice, the second time beside it    | a.write:1 a[write:1 b.write:2 a] c.read~[1,2]
            one was written twice, the first time beside it     | a[write:1 b[write:2 a] c.write:1 b] d.read~[1,2]
            a deletion was replaced by what overlaps            | a[write:1 b[write:null c[write:2 a] b] c] d.read~[1,2]
            a deletion beside a value does not show             | a[write:1 b[write:null a] b] c.read=1
            a deletion replaced both                            | a[write:1 b[write:2 a] b] c.write:null d.read=null
            both are still there while a deletion goes on       | a[write:1 b[write:2 a] b] c[write:null d.read~[1,2] c]
            another key has siblings of its own                 | a[y/write:1 b[x/write:2 b] c[y/write:3 a] c] d.y/read~[1,3] d.x/read=2
            a long read began before both                       | c[read a[write:1 b[write:2 a] b] c]~[1,2]
            a long read began before both and a third           | c[read a[write:1 b[write:2 a] b] d.write:3 c]~[1,2]
            a failed write is not among them                    | a[write:1 b[write:2 c[write:3 c! a] b] d.read~[1,2]
            after a value both                                  | a.write:1 b[write:2 c[write:3 b] c] d.read~[2,3]
            one failed after the first of them had ended        | a[write:1 b[write:2 a] c[write:3 c! b] d.read~[1,2]
            lists are values, too                               | a[write:[1] b[write:[2] a] b] c.read~[[1],[2]]
            """;

    private static final String REJECTED = """
            one was written after the other                     | a.write:1 b.write:2 c.read~[1,2]                            | c read x {1, 2}: 1 was written by a
            by one writer, one after the other                  | a.write:1 a.write:2 b.read~[1,2]                            | b read x {1, 2}: 1 was written by a
            one is still going on, but began later              | a.write:1 b[write:2 c.read~[1,2] b]                         | c read x {1, 2}: 1 was written by a
            one began later, and its outcome is unknown         | a.write:1 b[write:2 b? c.read~[1,2]                         | c read x {1, 2}: 1 was written by a
            both began in a read, one after the other           | c[read a.write:1 b.write:2 c]~[1,2]                         | c read x {1, 2}: 1 was written by a
            nobody wrote the one                                | a.write:1 b.read~[1,2]                                      | b read x {1, 2}: nobody had written 2
            nobody wrote any                                    | b.read~[1,2]                                                | b read x {1, 2}: nobody had written 1
            the one is written only later                       | a[write:1 c.read~[1,2] b[write:2 a] b]                      | c read x {1, 2}: nobody had written 2
            the one failed                                      | a[write:1 b[write:2 b! a] c.read~[1,2]                      | c read x {1, 2}: nobody had written 2
            both were overwritten                               | a[write:1 b[write:2 a] b] c.write:3 d.read~[1,2]            | d read x {1, 2}: 1 was written by a
            one was overwritten, by the other's follower        | a[write:1 b[write:2 a] b] c.write:3 d.read~[1,3]            | d read x {1, 3}: 1 was written by a
            one was overwritten while the other went on         | b[write:2 a.write:1 c.write:3 d.read~[1,2] b]               | d read x {1, 2}: 1 was written by a
            both were deleted                                   | a[write:1 b[write:2 a] b] c.write:null d.read~[1,2]         | d read x {1, 2}: 1 was written by a
            nothing, where one of two must be                   | a[write:1 b[write:2 a] b] c.read=null                       | c read x null: that was so at first
            nothing, where the second must be                   | a.write:1 b[write:2 a[write:3 b] a] c.read=null             | c read x null: that was so at first
            the ends of a chain did not overlap                 | a[write:1 b[write:2 a] c[write:3 b] c] d.read~[1,3]         | d read x {1, 3}: 1 was written by a
            the ends of a chain, with its middle                | a[write:1 b[write:2 a] c[write:3 b] d.read~[1,2,3] c]       | d read x {1, 2, 3}: 1 was written by a
            a third that nobody wrote                           | a[write:1 b[write:2 a] b] c.read~[1,2,3]                    | c read x {1, 2, 3}: nobody had written 3
            a third that was overwritten                        | c.write:3 a[write:1 b[write:2 a] b] d.read~[1,2,3]          | d read x {1, 2, 3}: 3 was written by c
            one of another key                                  | a[x/write:1 b[y/write:2 a] b] c.x/read~[1,2]                | c read x {1, 2}: nobody had written 2
            the first pair beside the second                    | a[write:1 b[write:2 a] b] a[write:3 b[write:4 a] b] c.read~[1,3] | c read x {1, 3}: 1 was written by a
            the one was written twice, both times before        | a.write:1 a.write:1 b[write:2 c.read~[1,2] b]               | c read x {1, 2}: 1 was written by a
            the one was written twice, before and after         | a.write:1 b.write:2 a[write:1 c.read~[1,2] a]               | c read x {1, 2}: 2 was written by b
            an unknown write hides nothing                      | a.write:1 b.write:2 c[write:3 c? d.read~[1,3]               | d read x {1, 3}: 1 was written by a
            an unknown write began after the other had ended    | a.write:1 c.read=1 b[write:2 b? c.read=1 c.read~[1,2]       | c read x {1, 2}: 1 was written by a
            its own last write replaced what it had read        | a.write:1 b.read=1 b.write:2 b.read~[1,2]                   | b read x {1, 2}: 1 was written by a
            siblings again after both were replaced             | a[write:1 b[write:2 a] b] c.read~[1,2] c.write:3 c.read~[1,2] | c read x {1, 2}: 1 was written by a
            each two overlap, but not all by the same writes     | e[read a[write:1 b[write:2 a] c[write:3 b] d[write:1 c] d] e]~[1,2,3] | e read x {1, 2, 3}: 2 was written by b
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
        assertThat(named(stale.get(0))).startsWith(history.told());
    }

    /** Clients by their letters, as the script has them. */
    private static String named(StaleRead stale) {
        var text = stale.toString();
        for (int client = 'a'; client <= 'e'; client++) {
            text = text.replace(client + ": ", (char) client + " ");
        }
        return text;
    }

    @Test
    void noTwoOfThemAreEqualUpToRenamingAndTheyAreMany() {
        var accepted = accepted().toList();
        var rejected = rejected().toList();
        HandWrittenHistory.requireVariety(accepted, rejected, HandWrittenHistory::canonical);
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(25);
        assertThat(rejected).hasSizeGreaterThanOrEqualTo(25);
    }
}
