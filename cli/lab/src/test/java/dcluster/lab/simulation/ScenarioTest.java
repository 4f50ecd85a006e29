package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.config.ClusterText;
import dcluster.config.ConfigException;
import dcluster.host.Point;
import dcluster.simulation.Fault;
import dcluster.simulation.Fault.Partition;
import dcluster.simulation.Fault.Partition.Form;
import dcluster.simulation.Links.Quality;
import dcluster.simulation.Plan.Planned;
import dcluster.simulation.Swarm;
import dcluster.simulation.Target;
import dcluster.simulation.Trace;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Path EXAMPLES = Path.of("../../cluster-configs/scenarios");
    private static final Subject RAFT = Subjects.of("raft", 3, 5);

    private static Scenario read(String text) {
        return Scenario.read(new ClusterText("s.yaml", text));
    }

    private static List<Planned> faults(String text) {
        return read(text).schedule(RAFT, 7).plan().faults();
    }

    @Test
    void aStepBeginsAtItsMomentOrAgainAndAgain() {
        var cut = new Partition(Form.ISOLATE, Target.LEADER, false, 2 * SECOND);
        var dark = new Fault.Blackout(true, SECOND / 2);
        assertThat(faults("""
                        duration: 30s
                        steps:
                          - {every: 10s, fault: {blackout: {loses-power: true, for: 500ms}}}
                          - {at: 3s, fault: {partition: {form: isolate, target: leader, for: 2s}}}
                        """))
                .containsExactly(
                        new Planned(3 * SECOND, cut), new Planned(10 * SECOND, dark), new Planned(20 * SECOND, dark));
    }

    @Test
    void aNodeEndsAtAPointThatItsAlgorithmHas() {
        var lines =
                "steps:\n  - {at: 1s, fault: {crash-at: {node: n2, point: sends AppendEntries 2, down: 1s, for: 9s}}}";
        var crash = Fault.CrashAt.of(new NodeId("n2"), Point.parse("sends AppendEntries 2"), SECOND, 9 * SECOND);
        assertThat(faults(lines)).containsExactly(new Planned(SECOND, crash));
        assertThatThrownBy(() -> faults(lines.replace("sends", "dies")))
                .hasMessageContaining("no point begins with 'dies'");
        read(lines).requireFits(RAFT);
        assertThatThrownBy(() -> read(lines.replace("AppendEntries", "Prepare")).requireFits(RAFT))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("point: no message is called 'Prepare'; there are Answer, AppendEntries");
        assertThatThrownBy(() -> read(lines.replace("n2", "n9")).requireFits(RAFT))
                .hasMessageContaining("there is no node 'n9'");
    }

    @Test
    void ratesOfLinksAreSoAllTheTime() {
        assertThat(faults("{duration: 20s, links: {least: 1ms, loss: 0.02}}"))
                .containsExactly(new Planned(
                        0, new Fault.Weather(new Quality(1_000_000, 400_000, false, 0.02, 0, 0), 20 * SECOND)));
    }

    @Test
    void onlyTheKindsThatAreNamedAreDrawnAsOftenAsItSays() {
        var often = faults("{duration: 60s, drawn: [{kind: power-loss, every: 1s}, {kind: pause, every: 10s}]}");
        assertThat(often).hasSizeBetween(40, 120);
        assertThat(often).isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
        assertThat(often.stream().filter(each -> each.fault() instanceof Fault.Crash))
                .hasSizeGreaterThan(often.size() * 3 / 4)
                .allSatisfy(each ->
                        assertThat(((Fault.Crash) each.fault()).losesPower()).isTrue());
        assertThat(often).extracting(each -> each.fault().kind()).containsOnly("crash", "pause");
    }

    @Test
    void whatIsLeftOpenIsAsUsual() {
        var open = read("{}");
        assertThat(open.seed()).isEmpty();
        assertThat(open.schedule(RAFT, 6).nodes()).isEqualTo(5);
        assertThat(open.schedule(RAFT, 6).inMiniature()).isTrue();
        assertThat(open.schedule(RAFT, 7).nodes()).isEqualTo(3);
        assertThat(open.schedule(RAFT, 7).terms()).isEqualTo(Terms.DEFAULT);
        assertThat(read("nodes: 3").schedule(RAFT, 6).nodes()).isEqualTo(3);
    }

    @Test
    void aRunOfItCountsIfAFaultWasFelt() {
        var scenario = read("{duration: 5s, steps: [{at: 1s, fault: {crash: {target: leader, for: 1s}}}]}");
        var outcome = new Life(RAFT, scenario, 1).live(Trace.NONE);
        var report = Report.of(RAFT, scenario, outcome);
        assertThat(report.verdict()).as("%s", report).isEqualTo(Verdict.CLEAN);
        assertThat(report.coverage().faults()).containsExactly(new Report.Met("crash", 1, 1));
        var idle = read("{duration: 5s, steps: [{at: 4999ms, fault: {failed-sync: {target: any, for: 0s}}}]}");
        assertThat(Report.of(RAFT, idle, new Life(RAFT, idle, 1).live(Trace.NONE))
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void theExamplesLiveAndBreakNothing() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            assertThat(files.sorted().toList()).isNotEmpty().allSatisfy(file -> {
                var scenario = Scenario.read(ClusterText.read(file));
                var report = Report.of(RAFT, scenario, new Life(RAFT, scenario, 1).live(Trace.NONE));
                assertThat(report.verdict()).as("%s", report).isEqualTo(Verdict.CLEAN);
            });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    stepz: []                                                  | 1:1: unknown key 'stepz' for a scenario; did you mean 'steps'?
                    duration: 30                                               | 1:11: duration is a duration such as 500us, 150ms, 2s or 1m, not '30'
                    nodes: 0                                                   | 1:8: nodes is from 1 to 100
                    steps: [{at: 31s, fault: {crash: {target: any, for: 1s}}}] | 1:8: one of the steps begins when the duration is over
                    steps: [{fault: {crash: {target: any, for: 1s}}}]          | a step has either a moment, at: 3s, or comes again, every: 10s
                    steps: [{at: 1s, fault: {crsh: {target: any, for: 1s}}}]   | 1:26: fault is {partition: ...}
                    steps: [{at: 1s, fault: {crsh: {target: any, for: 1s}}}]   | did you mean 'crash'?
                    steps: [{at: 1s, fault: {crash: {target: n1, for: 1s}}}]   | 1:42: target is leader, follower, any or coordinator, not 'n1'
                    steps: [{at: 1s, fault: {crash: {target: any}}}]           | crash needs the key 'for': a duration such as 500us, 150ms or -2s
                    steps: [{at: 1s, fault: {pause: {target: any, for: -1s}}}] | for is not negative
                    links: {loss: 2}                                           | loss, repetition and reordering are shares, from 0 to 1
                    drawn: [{kind: crash, every: 0s}]                          | 1:30: every is at least 1ms
                    drawn: [{kind: crush, every: 1s}]                          | 1:16: kind is crash, power-loss,
                    {links: {}, drawn: [{kind: weather, every: 1s}]}           | 1:9: links are either so all the time, or change with the weather
                    duration: 61m | 1:11: duration is at most 1h
                    duration: 9000000000s | 1:11: duration is at most 1h
                    patience: 2h | 1:11: patience is at most 1h
                    clients: 2000000000 | 1:10: clients is from 1 to 1000
                    clients: 0 | 1:10: clients is from 1 to 1000
                    rate: 2000000000 | 1:7: rate is from 1 to 100000
                    {rate: 100000, duration: 11s} | 1:8: rate makes more than 1000000 questions in the duration
                    keys: 2000000000 | 1:7: keys is from 1 to 1000
                    {duration: 1h, drawn: [{kind: crash, every: 1ms}]} | 1:12: the duration is too long: what is drawn, and steps that come again, make more than 100000 faults
                    steps: [{at: 1s, fault: {crash: {target: any, for: 2h}}}] | 1:25: for is at most 1h
                    steps: [{at: 1s, fault: {usurpations: {reign: 0s, apart: 1s, drops-in-flight: true, for: 1s}}}] | 1:25: reign is at least 1ms
                    steps: [{at: 1s, fault: {usurpations: {reign: 1s, apart: 0s, drops-in-flight: true, for: 1s}}}] | 1:25: apart is at least 1ms
                    steps: [{at: 1s, fault: {short-reigns: {reign: 0s, down: 1s, for: 1s}}}] | 1:25: reign is at least 1ms
                    steps: [{at: 1s, fault: {short-reigns: {reign: 1s, down: 0s, for: 1s}}}] | 1:25: down is at least 1ms
                    steps: [{at: 1s, fault: {flapping-links: {form: halves, target: any, period: 0s, for: 1s}}}] | 1:25: period is at least 1ms
                    steps: [{at: 1s, fault: {flapping-links: {form: halves, target: any, period: -9s, for: 1s}}}] | 1:25: period is at least 1ms
                    steps: [{at: 1s, fault: {wall-clock: {target: any, by: -9000h, for: 1s}}}] | 1:25: by is at most a year
                    steps: [{at: 1s, fault: {drift: {target: any, parts-in-a-million: 900001, for: 1s}}}] | 1:25: parts-in-a-million is from -900000 to 900000
                    questions: [{client: 10, numbers: [1]}] | 1:22: client is from 0 to 9, for there are 10 clients; not 10
                    """)
    void whatIsWrongIsToldWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("s.yaml:1:")
                .hasMessageContaining(message);
    }

    @Test
    void aMessageOfANodeThatIsNotThereIsRefusedWithItsPlace() {
        var text = "disturbances: [{from: n1, to: n5, at: 1s, kind: lost}, {from: n6, to: n1, at: 1s, kind: lost}]";
        assertThatThrownBy(() -> read(text).requireFits(RAFT))
                .isInstanceOf(ConfigException.class)
                .hasMessage("s.yaml:1:63: there is no node 'n6'; there are n1, n2, n3, n4, n5");
        assertThatThrownBy(() -> read("{nodes: 3, " + text + "}").requireFits(RAFT))
                .hasMessage("s.yaml:1:42: there is no node 'n5'; there are n1, n2, n3");
        read(text.replace("n6", "n5")).requireFits(RAFT);
    }

    @Test
    void aFaultOfACoordinatorThatDoesNotRunTheAlgorithmIsRefusedWithItsPlace() {
        var scenario = read("steps: [{at: 1s, fault: {crash: {target: coordinator, for: 1s}}}]");
        assertThatThrownBy(() -> scenario.requireFits(RAFT))
                .isInstanceOf(ConfigException.class)
                .hasMessage("s.yaml:1:25: target is leader, follower or any, for there is no coordinator that runs the"
                        + " algorithm");
        scenario.requireFits(Subjects.twoRoles(3));
    }

    @Test
    void theCoordinatorIsBeyondTheNodesThatAScenarioWants() {
        var subject = Subjects.twoRoles(3, 5);
        var text = "{nodes: 2, disturbances: [{from: coordinator, to: n2, at: 1s, kind: lost}]}";
        read(text).requireFits(subject);
        var schedule = read(text).schedule(subject, 1);
        assertThat(schedule.of(subject.whole(schedule)).ids())
                .extracting(NodeId::name)
                .containsExactly("n1", "n2", "coordinator");
        assertThatThrownBy(() -> read(text).requireFits(RAFT))
                .hasMessage("s.yaml:1:34: there is no node 'coordinator'; there are n1, n2");
    }

    @Test
    void theExampleNamesAllKindsThatCanBeDrawn() throws IOException {
        var comments = Files.readAllLines(EXAMPLES.resolve("leader-partition.yaml")).stream()
                .filter(line -> line.startsWith("# "))
                .map(line -> line.substring(2))
                .collect(Collectors.joining(" "));
        var named = comments.replaceAll(".*and about how often: ([a-z, -]+)\\..*", "$1");
        assertThat(named.split(", "))
                .containsExactly(Stream.of(Swarm.Kind.values())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toArray(String[]::new));
    }
}
