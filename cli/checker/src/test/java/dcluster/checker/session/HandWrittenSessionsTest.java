package dcluster.checker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.finding.Answer;
import dcluster.checker.testing.Scene;
import dcluster.checker.testing.Scenes;
import dcluster.checker.testing.Scenes.Row;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandWrittenSessionsTest {
    private static final Set<Guarantee> ALL = EnumSet.allOf(Guarantee.class);

    private static final String ACCEPTED = """
            nothing was written and nothing is read          | a.read=null |
            a session reads what it wrote                    | a.write:1 a.read=1 |
            a session reads what overwrote its own           | a.write:1 b.write:2 a.read=2 |
            another session may read the past                | a.write:1 a.write:2 b.read=1 |
            another session may read what was before all     | a.write:1 b.read=null |
            reads go forward                                 | a.write:1 b.read=null a.write:2 b.read=1 b.read=2 |
            two sessions see one order at different times    | a.write:1 a.write:2 b.read=2 c.read=1 c.read=2 |
            writes of two sessions in either order           | a.write:1 b.write:2 c.read=2 c.read=1 |
            the order of versions need not be that of time   | a.write:1 a.read=1 b.write:2 a.read=2 c.read=1 c.read=2 |
            a session reads a version between two of its own | a.write:1 b.write:2 a.read=2 a.write:3 a.read=3 |
            a client goes on under a new number              | a[write:1 a? a.read=null |
            the unknown write is read late                   | a[write:1 a? b.write:2 b.read=2 b.read=1 |
            the unknown write never happens                  | a[write:1 a? b.read=null b.read=null |
            a failed write is no version                     | a[write:1 a! a.read=null |
            a failed write breaks no order                   | a.write:1 a[write:2 a! a.read=1 b.read=1 |
            keys have orders of their own                    | a.x/write:1 a.y/write:2 b.y/read=2 b.x/read=null |
            a read during its write                          | a[write:1 b.read=1 a] b.read=1 |
            a compare-and-set is read by its session         | a.write:1 a.cas:[1,2] a.read=2 |
            a compare-and-set that found another value       | a.write:1 a.cas:[3,2]≠ a.read=1 |
            a value comes again and may be either            | a.write:1 a.write:2 a.write:1 b.read=1 b.read=2 b.read=1 |
            null comes again                                 | a.write:1 a.write:null a.read=null |
            what follows a read is after it                  | a.write:1 b.read=1 b.write:2 c.read=1 c.read=2 |
            a session that saw nothing may be first          | a.write:1 b.read=null b.write:2 c.read=2 c.read=1 |
            which of two equal writes it was is open         | a.write:1 b.write:1 c.write:2 a.read=2 c.read=1 |
            """;

    private static final String REJECTED = """
            its own write is missing                         | a.write:1 a.read=null | read your writes
            its own second write is missing from the start   | a.write:1 a.write:2 a.read=null | read your writes
            two sessions overwrite each other                | a.write:1 b.write:2 a.read=2 b.read=1 | read your writes
            three sessions overwrite each other              | a.write:1 b.write:2 c.write:3 a.read=2 b.read=3 c.read=1 | read your writes
            its own compare-and-set is missing               | a.cas:[null,1] a.read=null | read your writes
            null after its own write on one key of two       | a.y/write:1 a.x/write:2 a.y/read=1 a.x/read=null | read your writes
            a value disappears                               | a.write:1 b.read=1 b.read=null | monotonic reads
            back and forth                                   | a.write:1 b.write:2 c.read=1 c.read=2 c.read=1 | monotonic reads
            two readers see two orders                       | a.write:1 b.write:2 c.read=1 d.read=2 c.read=2 d.read=1 | monotonic reads
            three readers go round                           | a.write:1 b.write:2 c.write:3 d.read=1 d.read=2 e.read=2 e.read=3 f.read=3 f.read=1 | monotonic reads
            an unknown write appears and disappears          | a[write:1 a? b.read=1 b.read=null b.read=1 | monotonic reads
            a compare-and-set finds what its session saw go  | a.write:1 b.read=1 b.cas:[null,2] | monotonic reads
            a read goes back, whichever equal write it saw   | a.write:1 b.write:1 c.read=1 c.read=null | monotonic reads
            it reads 2 after its 3, and others 3 after 2     | a.write:2 b.write:3 b.read=2 c.read=2 c.read=3 | read your writes + monotonic reads
            back to an older write of one session            | a.write:1 a.write:2 b.read=2 b.read=1 | monotonic reads + monotonic writes
            its own older write                              | a.write:1 a.write:2 a.read=1 | read your writes + monotonic writes
            two writes that a third version parts wrongly    | a.write:1 a.write:2 b.write:3 c.read=2 c.read=3 d.read=3 d.read=1 | monotonic reads + monotonic writes
            what it had read, again, after its own write     | a.write:1 b.read=1 b.write:2 b.read=1 | read your writes + writes follow reads
            an answer is seen before its question            | a.write:1 b.read=1 b.write:2 c.read=2 c.read=1 | monotonic reads + writes follow reads
            it reads what it overwrote by compare-and-set    | a.write:1 a.cas:[1,2] b.read=2 b.read=1 | monotonic reads + monotonic writes, monotonic reads + writes follow reads
            two answers to each other                        | a.write:1 b.write:2 a.read=2 a.write:3 b.read=3 c.read=3 c.read=2 | read your writes + monotonic reads, monotonic reads + writes follow reads
            each went on from what the other left            | a[read b[read c.write:1 d.write:2 a]=1 a.write:3 b]=3 b.write:4 e.read=4 e.read=1 | monotonic reads + writes follow reads
            two overwrite each other, and one goes back      | a.write:1 b.write:2 a.read=2 a.read=1 b.read=1 | read your writes
            nobody wrote that                                | a.write:1 b.read=2 | unwritten
            it was not written yet                           | b.read=1 a.write:1 | unwritten
            a failed write is read                           | a[write:1 a! b.read=1 | unwritten
            """;

    static List<Row> accepted() {
        return Scenes.of(ACCEPTED);
    }

    static List<Row> rejected() {
        return Scenes.of(REJECTED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void allGuaranteesHold(Row row) {
        var found = Sessions.check(Scene.history(row.script()));
        assertThat(found.conflicts()).isEmpty();
        assertThat(found.onlyWritten().answer()).isEqualTo(Answer.HOLDS);
        assertThat(found.together(ALL).answer()).isEqualTo(Answer.HOLDS);
        assertThat(ALL).allMatch(guarantee -> found.judge(guarantee).answer() == Answer.HOLDS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejected")
    void notAllGuaranteesHold(Row row) {
        var found = Sessions.check(Scene.history(row.script()));
        var told = found.conflicts().stream()
                .map(conflict -> new TreeSet<>(conflict.guarantees())
                        .stream().map(Guarantee::word).collect(Collectors.joining(" + ")))
                .collect(Collectors.joining(", "));
        boolean isWritten = found.onlyWritten().answer() == Answer.HOLDS;
        assertThat(isWritten ? told : "unwritten").as("%s", found).isEqualTo(row.told());
        assertThat(found.conflicts()).allSatisfy(conflict -> {
            assertThat(conflict.operations()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(found.together(conflict.guarantees()).answer()).isEqualTo(Answer.VIOLATED);
        });
    }

    @Test
    void noTwoHistoriesAreEqualUpToRenaming() {
        Scenes.requireVariety(accepted(), rejected());
    }

    @Test
    void whichOfTwoIsViolatedDependsOnWhichIsKnownToHold() {
        var found = Sessions.check(Scene.history("a.write:1 a.write:2 b.read=2 b.read=1"));
        assertThat(found.judge(Guarantee.MONOTONIC_READS).answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(found.judge(Guarantee.MONOTONIC_WRITES).answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(found.judge(Guarantee.READ_YOUR_WRITES).answer()).isEqualTo(Answer.HOLDS);
        var writes = found.judge(Guarantee.MONOTONIC_WRITES, Set.of(Guarantee.MONOTONIC_READS));
        assertThat(writes.answer()).isEqualTo(Answer.VIOLATED);
        assertThat(writes.findings()).hasSize(1);
        var reads = found.judge(Guarantee.MONOTONIC_READS, Set.of(Guarantee.MONOTONIC_WRITES));
        assertThat(reads.answer()).isEqualTo(Answer.VIOLATED);
    }

    @Test
    void whatIsGivenAndViolatedSaysNothing() {
        var found = Sessions.check(Scene.history("a.write:1 b.read=1 b.read=null"));
        var given = Set.of(Guarantee.MONOTONIC_READS);
        assertThat(found.judge(Guarantee.READ_YOUR_WRITES, given).answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(found.judge(Guarantee.READ_YOUR_WRITES).answer()).isEqualTo(Answer.HOLDS);
    }

    @Test
    void aConflictOnOneKeyIsNotHiddenByAnotherKey() {
        var found = Sessions.check(
                Scene.history("a.x/write:1 b.x/read=1 b.x/read=null a.y/write:1 a.y/write:2 b.y/read=2 b.y/read=1"));
        assertThat(found.judge(Guarantee.MONOTONIC_READS).answer()).isEqualTo(Answer.VIOLATED);
        assertThat(found.judge(Guarantee.MONOTONIC_WRITES).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aConflictIsToldWithItsLines() {
        var found = Sessions.check(Scene.history("a.write:1 b.write:2 a.read=2 b.read=1"));
        assertThat(found.conflicts())
                .extracting(Conflict::toString)
                .containsExactly(
                        "read your writes does not hold: of x, 1 before 2 before 1 is no order: process 97 wrote 1"
                                + " (line 1) and then read 2 (line 5); process 98 wrote 2 (line 3) and then read 1 (line 7)");
    }

    @Test
    void valuesThatComeAgainTooOftenLeaveItOpen() {
        var script =
                "a.write:1 b.write:2 ".repeat(12) + "c.read=1 c.read=2 ".repeat(9) + "d.read=2 d.read=1 ".repeat(9);
        var found = Sessions.check(Scene.history(script + "e.write:9 e.read=null"));
        assertThat(found.judge(Guarantee.READ_YOUR_WRITES).answer()).isEqualTo(Answer.VIOLATED);
        var open = Sessions.check(Scene.history(script)).together(ALL);
        assertThat(open.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(open.findings().get(0).reason()).contains("more than once");
    }

    @Test
    void whatNoRegisterDoesIsRefusedWithItsLine() {
        assertThatThrownBy(() -> Sessions.check(Scene.history("a.write:1 a.push:2")))
                .hasMessage("line 3: only reads, writes and cas of registers can be checked so, not push");
    }

    @Test
    void manyOperationsOnOneKeyAreJudgedInLinearTime() {
        var script = new StringBuilder();
        for (int i = 1; i <= 5_000; i++) {
            script.append("a.write:").append(i).append(" b.read=").append(i).append(' ');
        }
        var found = Sessions.check(Scene.history(script + "b.read=7"));
        assertThat(found.conflicts()).allMatch(conflict -> conflict.operations().size() <= 4);
        assertThat(found.together(ALL).answer()).isEqualTo(Answer.VIOLATED);
        assertThat(Sessions.check(Scene.history(script.toString())).conflicts()).isEmpty();
    }
}
