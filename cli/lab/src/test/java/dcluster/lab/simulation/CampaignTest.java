package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.simulation.Trace;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CampaignTest {
    /** {@code -Ddcluster.simulation.seeds=1000} makes a campaign of it. */
    private static final long SEEDS = Long.getLong("dcluster.simulation.seeds", 6);

    private static final int THREADS = 2;

    private static void nobody() {
        // Watches.
    }

    private static Report run(Subject subject, Seeds seeds) {
        return new Campaign(subject, Terms.DEFAULT, seeds).run(THREADS, CampaignTest::nobody);
    }

    private static void requireClean(Subject subject) {
        var report = run(subject, new Seeds(1, SEEDS));
        assertThat(report.broken()).as("-Ddcluster.simulation.seeds=" + SEEDS).isEmpty();
        assertThat(report.verdict()).as("%s", report).isEqualTo(Verdict.CLEAN);
        assertThat(report.volume().seeds()).isEqualTo(SEEDS);
        assertThat(report.volume().operations()).isGreaterThan(SEEDS * Demands.USUAL.operations());
        assertThat(report.volume().nanos()).isGreaterThan(SEEDS * Demands.USUAL.nanos());
        assertThat(report.coverage().faults())
                .anySatisfy(met -> assertThat(met.times()).isPositive());
    }

    @Test
    void raftBreaksNothing() {
        requireClean(Subjects.of("raft", 3, 5));
    }

    @Test
    void oneNodeAloneBreaksNothing() {
        requireClean(Subjects.of("none", 1));
    }

    @Test
    void nodesThatTellEachOtherNothingAreFoundWithTheFirstSeedAndAgainWithThatSeed() {
        var subject = new Subject(List.of(Subjects.everyoneForThemselves()));
        var broken = run(subject, new Seeds(1, 100)).broken().orElseThrow();
        assertThat(broken.seed()).isEqualTo(1);
        assertThat(broken.property()).isEqualTo("Convergence");
        assertThat(broken.what()).startsWith("the replicas differ");
        var again = Report.of(subject, new Life(subject, Terms.DEFAULT, 1).live(Trace.NONE));
        assertThat(again.broken()).contains(broken);
        assertThat(again.verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void theLowestSeedThatBreaksAnythingIsFoundByAnyNumberOfThreads() {
        // Every third seed runs the broken one.
        var subject =
                new Subject(List.of(Subjects.cluster("algorithm: none\nnodes: 1"), Subjects.everyoneForThemselves()));
        for (int threads : new int[] {1, 4}) {
            var report = new Campaign(subject, Terms.DEFAULT, new Seeds(4, 400)).run(threads, CampaignTest::nobody);
            assertThat(report.broken().orElseThrow().seed()).isEqualTo(6);
            assertThat(report.volume().seeds()).isLessThan(20);
        }
    }

    @Test
    void theWatcherSeesItGrowAndMayEndIt() {
        var campaign = new Campaign(Subjects.of("none", 1), Terms.DEFAULT, new Seeds(1, 1_000_000));
        var most = new AtomicLong();
        var report = campaign.run(1, () -> {
            most.set(campaign.done());
            if (campaign.done() >= 2) {
                campaign.end();
            }
        });
        assertThat(most.get()).isBetween(2L, report.volume().seeds());
        assertThat(report.volume().seeds()).isLessThan(1_000_000);
    }

    @Test
    void aSeedThatCannotBeSimulatedEndsTheCampaignAndIsNamed() {
        var clients = new Terms(1_000_000_000L, 10, 0, 1, 3);
        var campaign = new Campaign(Subjects.of("none", 1), clients, new Seeds(7, 9));
        assertThatThrownBy(() -> campaign.run(1, CampaignTest::nobody))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("seed 7 could not be simulated")
                .hasRootCauseInstanceOf(ArithmeticException.class);
    }
}
