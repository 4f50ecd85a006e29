package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.config.ClusterText;
import dcluster.simulation.Fault;
import dcluster.simulation.Plan;
import dcluster.simulation.Plan.Planned;
import dcluster.simulation.Swarm;
import dcluster.simulation.Target;
import dcluster.simulation.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemandsTest {
    private static final Subject NONE = Subjects.of("none", 1);
    private static final long SECOND = 1_000_000_000L;

    private static Findings findings(Terms terms, Plan plan) {
        var run = new Run(NONE.whole(1), terms, plan, Trace.NONE);
        run.live();
        return run.findings();
    }

    private static Plan drawn(long nanos) {
        return Swarm.draw(1, nanos, NONE.whole(1).faults());
    }

    @Test
    void aUsualLifeLacksNothing() {
        assertThat(Demands.USUAL.lacking(findings(Terms.DEFAULT, drawn(30 * SECOND))))
                .isEmpty();
    }

    @Test
    void aShortLifeProvesNothing() {
        assertThat(Demands.USUAL.lacking(findings(Terms.DEFAULT, drawn(5 * SECOND))))
                .hasValueSatisfying(
                        why -> assertThat(why).startsWith("it lasted ").endsWith(" ms of 30000"));
    }

    @Test
    void aLifeInWhichNobodyAsksProvesNothing() {
        assertThat(Demands.USUAL.lacking(findings(new Terms(30 * SECOND, 1, 1, 8 * SECOND, 1), drawn(30 * SECOND))))
                .hasValueSatisfying(
                        why -> assertThat(why).startsWith("clients asked ").endsWith(" times of 200"));
    }

    @Test
    void aLifeInWhichNothingSucceedsProvesNothing() {
        var oneByOne = List.of(
                new Planned(SECOND, new Fault.Crash(Target.FOLLOWER, false, 30 * SECOND)),
                new Planned(SECOND + 1000, new Fault.Crash(Target.FOLLOWER, false, 30 * SECOND)),
                new Planned(SECOND + 2000, new Fault.Blackout(false, 30 * SECOND)));
        var down = new Plan(1, 30 * SECOND, oneByOne);
        var run = new Run(Subjects.of("raft", 3).whole(1), Terms.DEFAULT, down, Trace.NONE);
        run.live();
        assertThat(run.findings().operations()).isGreaterThan(200);
        assertThat(Demands.USUAL.lacking(run.findings()))
                .contains("0 writes were acknowledged while a fault was in force, of 5");
    }

    @Test
    void aLifeOfReadersAloneIsNotHeldToTheirWrites() {
        // In this seed the one client only reads: somebody must write when a mended majority is to serve.
        var run = new Run(
                Subjects.of("raft", 3).whole(2),
                new Terms(5 * SECOND, 1, 10, 0, 1),
                new Plan(2, 5 * SECOND, List.of()),
                Trace.NONE);
        run.live();
        assertThat(run.questions())
                .isNotEmpty()
                .allMatch(told -> !told.what().matches(".*(write|push|cas|add|append).*"));
    }

    @Test
    void aLifeWithoutFaultsProvesNothingAlthoughAMinorityIsLostAtItsEnd() {
        var run = new Run(
                Subjects.of("raft", 3).whole(1), Terms.DEFAULT, new Plan(1, 30 * SECOND, List.of()), Trace.NONE);
        run.live();
        assertThat(run.findings().ledger().confirmed()).isEqualTo(1);
        assertThat(Demands.USUAL.lacking(run.findings())).contains("0 faults took effect, of 3");
    }

    @Test
    void aVoidSeedIsNamedAndOneInAHundredIsTooMany() {
        var outcome = new Life(NONE, new Terms(30 * SECOND, 1, 1, 8 * SECOND, 1), 1).live(Trace.NONE);
        var report = Report.of(NONE, outcome);
        assertThat(report.voids()).containsOnlyKeys(1L);
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aMinorityThatAScenarioLosesCounts() {
        var scenario = Scenario.read(new ClusterText(
                "s.yaml",
                "duration: 8s\nsteps:\n  - {at: 2s, fault: {lost-minority: {loses-power: true, for: 2s}}}\n"));
        var findings =
                new Life(Subjects.of("raft", 3), scenario, 1).live(Trace.NONE).findings();
        assertThat(scenario.demands().lacking(findings)).isEmpty();
    }

    @Test
    void anAlgorithmIsGivenTheTimeThatItSaysItNeeds() {
        var slow = Subjects.of("raft:election-timeout=5s..10s", 3);
        assertThat(new Life(slow, Terms.DEFAULT, 1).live(Trace.NONE).violation())
                .isEmpty();
    }

    @Test
    void whatAVariantCannotMeetIsNotDemandedOfIt() {
        assertThat(Sometimes.events(Subjects.of("raft", 3))).contains("lost its quorum", "elected");
        assertThat(Sometimes.events(Subjects.of("raft:check-quorum=false", 3)))
                .contains("elected")
                .doesNotContain("lost its quorum");
        assertThat(Sometimes.events(Subjects.of("raft", 1))).doesNotContain("two leaders at once", "message lost");
    }

    @Test
    void whoServesTransactionsIsToSeeTransfersAndAborts() {
        assertThat(Sometimes.events(NONE)).contains("transfer between accounts", "transaction aborted");
        assertThat(Sometimes.events(Subjects.of("abd", 3)))
                .doesNotContain("transfer between accounts", "transaction aborted");
    }
}
