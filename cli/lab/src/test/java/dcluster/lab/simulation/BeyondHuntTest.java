package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.simulation.Beyond;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What no algorithm claims to survive: a simulation that finds nothing there is blind. */
class BeyondHuntTest {
    private static final Seeds SEEDS = new Seeds(1, 20);

    private static BeyondHunt.Found hunt(Subject subject) {
        return new BeyondHunt(subject, Terms.DEFAULT, SEEDS).run(1, () -> {});
    }

    private static long felt(Subject subject, Report report, Beyond beyond) {
        var kind = beyond.kind(subject.algorithm().traits());
        return report.coverage().faults().stream()
                .filter(met -> met.what().equals(kind))
                .mapToLong(Report.Met::times)
                .sum();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "LYING_CLOCKS")
    void raftBreaksBeyondItsModelAndNotWithin(Beyond beyond) {
        var raft = Subjects.of("raft", 3, 5).under(beyond);
        var found = hunt(raft);
        assertThat(found.isOwedToThem()).as("%s", found).isTrue();
        assertThat(felt(raft, found.report(), beyond)).isPositive();
        assertThat(found.report().verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void oneNodeAloneForgetsWhatItAcknowledged() {
        var found = hunt(Subjects.of("none", 1).under(Beyond.WIPED_DISKS));
        assertThat(found.isOwedToThem()).isTrue();
        assertThat(found.report().broken().orElseThrow().property()).isEqualTo("Linearizability");
    }

    @Test
    void whatIsBrokenAnywayIsNotOwedToThem() {
        var subject = new Subject(List.of(Subjects.everyoneForThemselves())).under(Beyond.WIPED_DISKS);
        var found = hunt(subject);
        assertThat(found.report().broken()).isPresent();
        assertThat(found.otherwise().orElseThrow().property()).isEqualTo("Convergence");
        assertThat(found.isOwedToThem()).isFalse();
    }

    @Test
    void aSeedKeepsItsOwnFaultsBeyondTheModel() {
        var raft = Subjects.of("raft", 3);
        var within = new Life(raft, Terms.DEFAULT, 4).schedule().plan();
        var beyond = new Life(raft.under(Beyond.WIPED_DISKS), Terms.DEFAULT, 4)
                .schedule()
                .plan();
        assertThat(beyond.faults())
                .containsAll(within.faults())
                .hasSizeGreaterThan(within.faults().size());
        assertThat(beyond.seed()).isEqualTo(within.seed());
    }

    @Test
    void whoTrustsNoClocksIsNoSubjectOfClocksThatLie() {
        var raft = Subjects.of("raft", 3);
        assertThatThrownBy(() -> raft.under(Beyond.LYING_CLOCKS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "raft, as configured, does not trust clocks, so lying clocks do not go beyond what it claims to"
                                + " survive: each campaign sets wall clocks");
    }

    @Test
    void whoeverIsToSurviveEverythingIsNoSubject() {
        assertThatThrownBy(() -> new BeyondHunt(Subjects.of("raft", 3), Terms.DEFAULT, SEEDS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nothing goes beyond what the algorithm claims to survive");
    }
}
