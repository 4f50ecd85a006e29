package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.config.ClusterText;
import dcluster.simulation.Fault;
import dcluster.simulation.Ledger;
import dcluster.simulation.Swarm;
import dcluster.simulation.Target;
import dcluster.simulation.Trace;
import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Lives of clusters in which the coordinator runs the algorithm, too. */
class CoordinatorLifeTest {
    private static final NodeId COORDINATOR = new NodeId("coordinator");
    private static final Subject SUBJECT = Subjects.twoRoles(3);
    private static final Scenario SCENARIO = Scenario.read(new ClusterText("s.yaml", """
            duration: 10s
            drawn: [{kind: crash, every: 3s}, {kind: pause, every: 3s}, {kind: partition, every: 3s}]
            steps:
              - {every: 3s, fault: {crash: {target: coordinator, loses-power: true, for: 300ms}}}
            """));

    private static Outcome live(long seed, Trace trace) {
        return new Life(SUBJECT, SCENARIO, seed).live(trace);
    }

    @Test
    void itIsKilledAndComesBackAndAllIsAsConsistentAsTheAlgorithmClaims() {
        for (long seed = 1; seed <= 6; seed++) {
            var outcome = live(seed, Trace.NONE);
            assertThat(outcome.violation()).as("seed %d", seed).isEmpty();
            assertThat(Report.of(SUBJECT, SCENARIO, outcome).verdict())
                    .as("seed %d", seed)
                    .isEqualTo(Verdict.CLEAN);
            assertThat(outcome.findings().ledger().entries())
                    .filteredOn(entry -> entry.fault() instanceof Fault.Crash crash && crash.losesPower())
                    .filteredOn(Ledger.Entry::isConfirmed)
                    .extracting(Ledger.Entry::target)
                    .contains(COORDINATOR);
        }
    }

    @Test
    void aSeedAlwaysDoesTheSame() {
        assertThat(live(2, Trace.NONE).findings().digest())
                .isEqualTo(live(2, Trace.NONE).findings().digest())
                .isNotEqualTo(live(3, Trace.NONE).findings().digest());
    }

    @Test
    void clientsAskItAndTracesAndPagesShowIt() {
        var text = new ArrayList<String>();
        var shiviz = new ArrayList<String>();
        live(1, new TraceText(text::add).and(new ShivizLog(shiviz::add)));
        assertThat(text)
                .anyMatch(line -> line.matches(".* client asks, number [0-9]+, node coordinator, .*"))
                .anyMatch(line -> line.contains("  coordinator loses power"));
        assertThat(shiviz).anyMatch(line -> line.startsWith("coordinator {"));
        var schedule = SCENARIO.schedule(SUBJECT, 1);
        var rerun = Rerun.of(
                SUBJECT.whole(schedule), schedule, new Rerun.Label("two roles", "dcluster simulate"), Trace.NONE);
        assertThat(rerun.page()).contains("\"nodes\":[\"n1\",\"n2\",\"n3\",\"coordinator\"]");
        assertThat(rerun.size().nodes()).isEqualTo(3);
        assertThat(rerun.told()).contains("crash of coordinator for 300.000 ms, power lost (coordinator)");
    }

    @Test
    void usualRunsStrikeItToo() {
        assertThat(LongStream.rangeClosed(1, 5)
                        .mapToObj(seed -> SUBJECT.plan(seed, 30_000_000_000L))
                        .flatMap(plan -> plan.faults().stream())
                        .filter(planned ->
                                planned.fault() instanceof Fault.OfNode of && of.target() == Target.COORDINATOR)
                        .count())
                .isGreaterThan(5);
        assertThat(SUBJECT.faults()).contains(Swarm.Kind.PARTITION);
    }

    @Test
    void aScheduleThatStrikesItIsWrittenAndReadAgain() {
        var schedule = SCENARIO.schedule(SUBJECT, 4);
        var again = Scenario.read(new ClusterText("s.yaml", Scenario.write(schedule, "")));
        assertThat(again.schedule(SUBJECT, 4)).isEqualTo(schedule);
        assertThat(again.nodes()).hasValue(3);
    }
}
