package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Simulated clusters under the real jar. */
class SimulateIT {
    @Test
    void seedsOfRaftAreCleanAndCountedWithTheirFaults() {
        try (var cli = new Cli()) {
            var report = cli.run("simulate", "-a", "raft", "--seeds", "1..12", "-o", "json")
                    .exits(0)
                    .json();
            assertThat(report)
                    .containsEntry("verdict", "clean")
                    .containsEntry("nodes", List.of(3L, 5L))
                    .containsEntry("seeds", 12L);
            assertThat((Long) report.get("operations")).isGreaterThan(12 * 200L);
            assertThat((Double) report.get("virtualHours")).isGreaterThan(12 * 30 / 3600.0);
            assertThat(cli.run("simulate", "--seeds", "1..12", "--shard", "2/6", "-o", "json")
                            .exits(0)
                            .json())
                    .containsEntry("seeds", 2L);
        }
    }

    @Test
    void twoProcessesWriteTheSameTraceToTheByte() throws IOException {
        try (var cli = new Cli()) {
            var traces = List.of(replay(cli, "one"), replay(cli, "two"));
            assertThat(Files.size(traces.get(0))).isGreaterThan(100_000);
            assertThat(traces.get(1)).hasSameBinaryContentAs(traces.get(0));
            assertThat(shiviz(traces.get(1))).hasSameBinaryContentAs(shiviz(traces.get(0)));
            assertThat(Files.readAllLines(shiviz(traces.get(0))).get(0))
                    .isEqualTo("(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)");
            var printed = cli.run("simulate", "-a", "raft", "--replay", "4").exits(0);
            assertThat(printed.out()).isEqualTo(Files.readString(traces.get(0)));
            assertThat(printed.err()).contains("clean: 1 seed, ");
        }
    }

    @Test
    void aCampaignBeyondTheModelSucceedsByFindingAViolation() {
        try (var cli = new Cli()) {
            var report = cli.run("simulate", "-a", "none", "--beyond", "wiped-disks", "--seeds", "1..20", "-o", "json")
                    .exits(0)
                    .json();
            assertThat(report).containsEntry("beyond", "wiped-disks").containsEntry("found", true);
            var told = cli.run("simulate", "-a", "none", "--beyond", "wiped-disks", "--seeds", "1..20")
                    .exits(0)
                    .out();
            assertThat(told).contains("breaks Linearizability: ").contains("--beyond wiped-disks --replay ");
            assertThat(told.lines().reduce((first, second) -> second).orElseThrow())
                    .startsWith("violation, as it must be: none does not claim to survive wiped disks");
            var refused =
                    cli.run("simulate", "--beyond", "lost-hope", "--seeds", "1").exits(64);
            assertThat(refused.err()).contains("--beyond is wiped-disks, lying-disks or lying-clocks, not 'lost-hope'");
            var within = cli.run("simulate", "-a", "none", "--beyond", "lying-clocks", "--seeds", "1")
                    .exits(64);
            assertThat(within.err())
                    .contains(
                            "--beyond lying-clocks: none, as configured, does not trust clocks, so lying clocks do not go"
                                    + " beyond what it claims to survive");
        }
    }

    @Test
    void aScenarioOfTheExamplesIsClean() {
        try (var cli = new Cli()) {
            var file = Repository.root().resolve("cluster-configs/scenarios/leader-partition.yaml");
            var report = cli.run("simulate", "-a", "raft", "--scenario", "" + file, "--seeds", "1..4", "-o", "json")
                    .exits(0)
                    .json();
            assertThat(report).containsEntry("verdict", "clean").containsEntry("scenario", "" + file);
        }
    }

    private static Path replay(Cli cli, String name) {
        var trace = cli.folder().resolve(name);
        cli.run("simulate", "-a", "raft", "--replay", "4", "--trace", "" + trace, "--shiviz", "" + shiviz(trace))
                .exits(0);
        return trace;
    }

    private static Path shiviz(Path trace) {
        return trace.resolveSibling(trace.getFileName() + ".shiviz");
    }

    @Test
    void anInterruptionPrintsWhatWasFoundUntilThen() throws Exception {
        try (var cli = new Cli()) {
            var process = cli.launch("simulate", "-a", "none", "--seeds", "1..1000000");
            var out = Cli.read(process.getInputStream());
            var err = Cli.read(process.getErrorStream());
            // Nothing is printed before the end: what is waited for is that it computes.
            Until.holds(
                    "it computes",
                    () -> process.info()
                            .totalCpuDuration()
                            .filter(spent -> spent.toSeconds() >= 4)
                            .isPresent());
            new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(err.join()).isEqualTo(130);
            assertThat(out.join())
                    .containsPattern("interrupted: [0-9,]+ seeds?, ")
                    .doesNotContain("clean");
        }
    }
}
