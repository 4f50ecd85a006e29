package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.lab.simulation.Report.Broken;
import dcluster.lab.simulation.Report.Coverage;
import dcluster.lab.simulation.Report.Met;
import dcluster.lab.simulation.Report.Volume;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Coverage FULL =
            new Coverage(List.of(new Met("elected", 1, 1)), List.of(new Met("crash", 1, 2)));
    private static final Coverage UNELECTED =
            new Coverage(List.of(new Met("elected", 0, 0)), List.of(new Met("crash", 1, 2)));
    private static final Coverage UNCRASHED =
            new Coverage(List.of(new Met("elected", 1, 1)), List.of(new Met("crash", 0, 0)));

    private static Report report(long seeds, Coverage coverage, Map<Long, String> voids, Set<Long> undecided) {
        return new Report(new Volume(seeds, 1, 1, 1, 1, 1), coverage, voids, undecided, Optional.empty());
    }

    private static Verdict verdict(long seeds, Coverage coverage) {
        return report(seeds, coverage, Map.of(), Set.of()).verdict();
    }

    @Test
    void aLargeCampaignThatNeverMetSomethingIsInconclusive() {
        assertThat(verdict(300, FULL)).isEqualTo(Verdict.CLEAN);
        assertThat(verdict(300, UNELECTED)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(300, UNCRASHED)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(UNELECTED.missing()).containsExactly("elected");
        assertThat(UNCRASHED.missing()).containsExactly("crash");
    }

    @Test
    void aSmallOneIsTooSmallToTell() {
        assertThat(verdict(299, UNELECTED)).isEqualTo(Verdict.CLEAN);
        assertThat(report(299, UNELECTED, Map.of(), Set.of()).isLarge()).isFalse();
    }

    @Test
    void oneVoidSeedInAHundredIsLetPassAndMoreAreNot() {
        assertThat(report(100, FULL, Map.of(1L, "short"), Set.of()).verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(report(99, FULL, Map.of(1L, "short"), Set.of()).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aHistoryThatNobodyJudgedIsNotClean() {
        assertThat(report(1000, FULL, Map.of(), Set.of(7L)).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(report(1000, UNELECTED, Map.of(), Set.of(7L)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aViolationCountsMostOfAll() {
        var broken = Optional.of(new Broken(3, "Log Matching", "they differ"));
        var report = new Report(new Volume(300, 1, 1, 1, 1, 1), UNELECTED, Map.of(), Set.of(7L), broken);
        assertThat(report.verdict()).isEqualTo(Verdict.VIOLATION);
    }
}
