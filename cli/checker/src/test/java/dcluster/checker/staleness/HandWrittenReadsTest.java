package dcluster.checker.staleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dcluster.checker.finding.Answer;
import dcluster.checker.testing.Scene;
import dcluster.checker.testing.Scenes;
import dcluster.checker.testing.Scenes.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Under the bounds "at most one version" and "at most 10 ms behind". */
class HandWrittenReadsTest {
    private static final Bound VERSIONS = new Bound.Versions(1);
    private static final Bound TIME = new Bound.Time(Duration.ofMillis(10));

    /** What is told: versions and milliseconds behind, of the worst read. */
    private static final String ACCEPTED = """
            nothing was written and nothing is read           | a.read=null | 0 0
            the last value is read                            | a.write:1 b.read=1 | 0 0
            the last of two values is read                    | a.write:1 a.write:2 b.read=2 | 0 0
            one version behind, and at once                   | a.write:1 a.write:2 b.read=1 | 1 1
            one version behind, for as long as is allowed     | a.write:1 @9 a[write:2 @10 a] @20 b.read=1 | 1 10
            null is the version before the first              | a.write:1 b.read=null | 1 1
            an overwriting write had not ended                | a.write:1 a[write:2 @90 b.read=1 a] | 0 0
            the overwriting write is never known to happen    | a.write:1 c[write:2 c? @90 b.read=1 | 0 0
            a failed write is no version                      | a.write:1 c[write:2 c! @90 b.read=1 | 0 0
            overlapping writes came in the other order        | a[write:1 b[write:2 a] b] @90 c.read=1 | 0 0
            a long write overlaps the two after it            | a[write:1 b.write:2 b.write:3 a] @90 c.read=1 | 0 0
            a read during its write                           | a.write:1 a[write:2 b.read=2 a] | 0 0
            old after new while the write goes on             | a.write:1 a[write:2 @5 b.read=2 @12 b.read=1 a] | 1 6
            a long read began before all                      | b[read a.write:1 a.write:2 a.write:3 @90 b]=null | 0 0
            a value comes again and may be the last           | a.write:1 a.write:2 a.write:3 a.write:1 @90 b.read=1 | 0 0
            a value is coming again                           | a.write:1 a.write:2 a.write:3 c[write:1 @90 b.read=1 c] | 0 0
            keys are apart                                    | a.x/write:1 a.y/write:2 a.y/write:3 a.y/write:4 @90 b.x/read=1 | 0 0
            a compare-and-set finds the last value            | a.write:1 a.cas:[1,2] b.cas:[2,3] c.read=3 | 0 0
            a compare-and-set that failed to match            | a.write:1 a.write:2 a.write:3 @90 b.cas:[1,4]≠ b.read=3 | 0 0
            a clock that stands still                         | @5 a.write:1 @5 a.write:2 @5 b.read=1 | 1 0
            a clock that goes back                            | @50 a.write:1 @60 a.write:2 @20 b.read=1 | 1 0
            an unknown write is read late                     | c[write:1 c? a.write:2 a.write:3 @90 b.read=1 | 0 0
            an unknown write that was read once stays there   | c[write:1 c? @40 b.read=1 a.write:2 @45 b.read=1 | 1 2
            null was written after a value                    | a.write:1 a.write:2 a.write:null @90 b.read=null | 0 0
            """;

    private static final String REJECTED = """
            two versions behind                               | a.write:1 a.write:2 a.write:3 b.read=1 | 2 3
            two versions behind, of three writers             | a.write:1 b.write:2 c.write:3 d.read=1 | 2 3
            null after two writes                             | a.write:1 a.write:2 b.read=null | 2 3
            three versions behind                             | a.write:1 a.write:2 a.write:3 a.write:4 b.read=1 | 3 5
            one version behind for too long                   | a.write:1 a.write:2 @15 b.read=1 | 1 12
            null for too long                                 | a.write:1 @30 b.read=null | 1 29
            just too long                                     | a.write:1 @9 a[write:2 @10 a] @21 b.read=1 | 1 11
            the time counts from the first newer version      | a.write:1 a.write:2 @14 a.write:3 b.read=1 | 2 13
            old after new while the write goes on for long    | a.write:1 a[write:2 @5 b.read=2 @22 b.read=1 a] | 1 16
            a read that goes back to what was there at first  | a[write:1 @1 b.read=1 @15 b.read=null a] | 1 13
            two overlapping writes were both overwritten      | a[write:1 b[write:2 a] b] c.write:3 c.write:4 d.read=1 | 2 3
            an unknown write that was read is overwritten     | c[write:1 c? b.read=1 a.write:2 a.write:3 b.read=1 | 2 3
            an unknown write that was read overwrites         | a.write:1 c[write:2 c? b.read=2 @25 d.read=1 | 1 20
            a value that came twice is overwritten twice      | a.write:1 a.write:2 a.write:1 a.write:3 a.write:4 b.read=1 | 2 3
            the value comes again only later                  | a.write:1 a.write:2 a.write:3 b.read=1 a.write:1 | 2 3
            a written null was overwritten twice              | a.write:null a.write:1 a.write:2 b.read=null | 2 3
            stale on one of two keys                          | a.x/write:1 a.y/write:2 a.y/write:3 @40 b.x/read=1 b.y/read=2 | 1 37
            a compare-and-set finds what was overwritten      | a.write:1 a.write:2 a.write:3 b.cas:[1,4] | 2 3
            compare-and-sets overwrite                        | a.write:1 a.cas:[1,2] a.cas:[2,3] b.read=1 | 2 3
            a session misses its own two writes               | a.write:1 a.write:2 a.read=null | 2 3
            a long read that began after the overwriting      | a.write:1 a.write:2 a.write:3 b[read @50 c.write:4 b]=1 | 2 3
            one of many reads is stale                        | a.write:1 b.read=1 a.write:2 b.read=2 @60 c.read=2 c.read=1 | 1 57
            nobody wrote that                                 | a.write:1 b.read=2 | unwritten
            it was not written yet                            | b.read=1 a.write:1 | unwritten
            a failed write is read                            | a[write:1 a! b.read=1 | unwritten
            """;

    static List<Row> accepted() {
        return Scenes.of(ACCEPTED);
    }

    static List<Row> rejected() {
        return Scenes.of(REJECTED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void noReadIsTooFarBehind(Row row) {
        var found = Reads.measure(Scene.history(row.script()));
        assertThat(told(found)).as("%s", found).isEqualTo(row.told());
        assertThat(found.judge(VERSIONS).answer()).isEqualTo(Answer.HOLDS);
        assertThat(found.judge(TIME).answer()).isEqualTo(Answer.HOLDS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejected")
    void aReadIsTooFarBehind(Row row) {
        var found = Reads.measure(Scene.history(row.script()));
        assertThat(told(found)).as("%s", found).isEqualTo(row.told());
        var judgements = List.of(found.judge(VERSIONS), found.judge(TIME));
        assertThat(judgements).anySatisfy(judgement -> {
            assertThat(judgement.answer()).isEqualTo(Answer.VIOLATED);
            assertThat(judgement.findings().get(0).operations()).isNotEmpty();
        });
    }

    private static String told(Staleness found) {
        return found.unwritten().isEmpty()
                ? found.versions().max() + " " + found.nanos().max() / 1_000_000
                : "unwritten";
    }

    @Test
    void noTwoHistoriesAreEqualUpToRenaming() {
        Scenes.requireVariety(accepted(), rejected());
    }

    @Test
    void theDistributionIsOfAllReads() {
        var script = new StringBuilder("a.write:1 a.write:2 a.write:3 ");
        script.append("b.read=3 ".repeat(97)).append("b.read=2 b.read=2 b.read=1");
        var found = Reads.measure(Scene.history(script.toString()));
        assertThat(found.reads()).isEqualTo(100);
        assertThat(found.stale()).isEqualTo(3);
        assertThat(found.staleShare()).isEqualTo(0.03, within(1e-9));
        assertThat(found.versions()).isEqualTo(new Distribution(0, 1, 2));
        assertThat(found.furthest()).hasSize(3);
        assertThat(found.furthest().get(0).versions()).isEqualTo(2);
    }

    @Test
    void aHistoryWithoutReadsIsUnknown() {
        var found = Reads.measure(Scene.history("a.write:1 b[read b! c[read c?"));
        assertThat(found.judge(TIME).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aStaleReadIsToldWithItsLines() {
        var found = Reads.measure(Scene.history("a.write:1 a.write:2 @15 b.read=1"));
        assertThat(found.judge(TIME).findings().get(0).reason())
                .isEqualTo("98: read x 1 (line 5) was 1 version and 12 ms behind: it saw 97: write x 1 (line 1), and"
                        + " 97: write x 2 (line 3) had been there since");
    }

    @Test
    void whatNoRegisterDoesIsRefusedWithItsLine() {
        assertThatThrownBy(() -> Reads.measure(Scene.history("a.write:1 a.append:2")))
                .hasMessageContaining("append");
    }

    @Test
    void manyReadsAreMeasuredAndOnlyTheWorstAreKept() {
        var script = new StringBuilder();
        for (int i = 1; i <= 10_000; i++) {
            script.append("a.write:")
                    .append(i)
                    .append(" b.read=")
                    .append(Math.max(1, i / 2))
                    .append(' ');
        }
        var found = Reads.measure(Scene.history(script.toString()));
        assertThat(found.versions().max()).isEqualTo(5000);
        assertThat(found.furthest()).hasSize(10);
        assertThat(found.oldest()).hasSize(10);
    }
}
