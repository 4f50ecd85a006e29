package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.command.Commands;
import dcluster.app.command.TestSession;
import dcluster.app.process.ProcessRecord;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Json;
import dcluster.lab.simulation.Scenario;
import dcluster.lab.simulation.Schedule;
import dcluster.lab.simulation.Terms;
import dcluster.simulation.Plan;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLinesTest {
    @TempDir
    private Path temporary = Path.of("");

    private TestSession session = new TestSession();

    @BeforeEach
    void moveIn() {
        session = new TestSession(temporary);
    }

    @Test
    void helpListsTheCommandsInOrder() {
        assertThat(run("--help")).isZero();
        var listed = session.out()
                .lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.strip().replaceAll(" .*", ""))
                .toList();
        assertThat(listed).isEqualTo(Commands.names());
    }

    @Test
    void everyCommandAndOptionIsDescribed() {
        var all = new CommandLine(new Dcluster());
        Commands.addAll(all, session.session());
        var left = new ArrayDeque<CommandLine>(List.of(all));
        while (!left.isEmpty()) {
            var spec = left.remove().getCommandSpec();
            left.addAll(spec.subcommands().values());
            assertThat(spec.usageMessage().description())
                    .as(spec.qualifiedName())
                    .isNotEmpty();
            assertThat(spec.options())
                    .allSatisfy(option -> assertThat(option.description())
                            .as("%s %s", spec.qualifiedName(), option.longestName())
                            .isNotEmpty());
            assertThat(spec.positionalParameters())
                    .allSatisfy(parameter -> assertThat(parameter.description())
                            .as("%s %s", spec.qualifiedName(), parameter.paramLabel())
                            .isNotEmpty());
        }
    }

    @Test
    void aNamedCommandTakesItsOwnOptionsAndThoseOfAll() {
        assertThat(run("--verbose", "ps", "-o", "json")).isZero();
        assertThat(session.out().strip()).isEqualTo("[ ]");
        assertThat(run("ps", "--verbose")).isZero();
    }

    @Test
    void whatIsNotKnownIsUsage() {
        assertThat(run("strat")).isEqualTo(64);
        assertThat(session.err()).contains("there is no command 'strat'; did you mean 'start'?");
        assertThat(run("ps", "--outptu", "json")).isEqualTo(64);
        assertThat(session.err()).contains("there is no option '--outptu'; did you mean '--output'?");
        assertThat(run("ps", "extra")).isEqualTo(64);
        assertThat(session.err()).contains("'extra' is one word too many");
        assertThat(run("kv", "gte", "k")).isEqualTo(64);
        assertThat(run("kv", "get", "k\ufffd")).isEqualTo(64);
        assertThat(session.err()).contains("did you mean 'get'?");
        assertThat(run()).isEqualTo(64);
        assertThat(session.err()).contains("Usage: dcluster");
    }

    @Test
    void wrongFlagsAndWrongValuesOfFlagsAreUsage() {
        for (var flags : List.of("-n 0", "-a rafty", "--set port", "--set port=abc", "-n 99999", "-a none", "-n x")) {
            assertThat(run(("start --dry-run " + flags).split(" "))).as(flags).isEqualTo(64);
        }
        assertThat(session.err())
                .contains("-n 99999: a cluster has from 1 to 100 nodes, not 99999")
                .doesNotContain(System.getProperty("java.io.tmpdir"));
        assertThat(run("start", "-o", "jsno")).isEqualTo(64);
        assertThat(session.err()).contains("--output is table, json or ndjson, not 'jsno'; did you mean 'json'?");
        assertThat(run("completion", "fish")).isEqualTo(64);
        assertThat(session.err()).contains("SHELL is bash or zsh, not 'fish'\n");
    }

    @Test
    void whatStandsInAFileIsBadConfiguration() throws IOException {
        var file = Files.writeString(temporary.resolve("bad.yaml"), "algorithm: rafty\n");
        assertThat(run("start", "--dry-run", "-c", file.toString())).isEqualTo(65);
        assertThat(run("start", "--dry-run", "-c", file.toString(), "--set", "port=x"))
                .isEqualTo(65);
    }

    @Test
    void processesOfOneClusterAreListedByItsName() {
        session.session().clusters().home().cluster("one").create("cluster: one\n");
        assertThat(run("ps", "-N", "one", "-o", "json")).isZero();
        assertThat(run("ps", "-N", "two")).isEqualTo(64);
        assertThat(session.err()).contains("there is no cluster 'two'", "there are: one");
    }

    @Test
    void aDamagedRecordIsShownAndConcernsItsClusterAlone() throws IOException {
        var home = session.session().clusters().home();
        for (var name : List.of("good", "bad")) {
            home.cluster(name).create("cluster: " + name + "\nalgorithm: none\nnodes: 1\n");
            var member = new Member(new NodeId("n1"), "127.0.0.1", 7001, 17001, 27001, "");
            home.cluster(name).keep(ProcessRecord.initial(member, false, List.of()));
        }
        var file = Files.writeString(home.cluster("bad").path().resolve("processes/n1.json"), "{\"node\"");

        assertThat(run("ps")).isZero();
        assertThat(session.out())
                .containsPattern("bad +n1 +unreadable .*" + file)
                .containsPattern("good +n1 +stopped");
        assertThat(run("status", "-N", "bad")).isEqualTo(4);
        assertThat(session.out()).containsPattern("n1 +unreadable .*" + file).contains("0 of 1 ready");
        assertThat(session.err()).contains(file + " cannot be read: ", "'dcluster stop -N bad'");
        assertThat(run("start", "-N", "bad")).isEqualTo(69);
        assertThat(run("kill", "n1", "-N", "bad")).isEqualTo(69);
        assertThat(run("stop", "--all")).isZero();
        assertThat(run("rm", "-N", "bad", "--yes")).isZero();
        assertThat(session.err()).contains("no process is found that was launched with it");
        assertThat(run("status", "-N", "bad")).isEqualTo(64);
        assertThat(run("rm", "-N", "good", "--yes")).isZero();
    }

    @Test
    void aDamagedClusterFileConcernsItsClusterAlone() throws IOException {
        var home = session.session().clusters().home();
        for (var name : List.of("bad", "good")) {
            home.cluster(name).create("cluster: " + name + "\n");
            var member = new Member(new NodeId("n1"), "127.0.0.1", 7001, 17001, 27001, "");
            home.cluster(name).keep(ProcessRecord.initial(member, false, List.of()));
        }
        Files.write(home.cluster("bad").config(), new byte[] {-1, 0, -2});

        assertThat(run("ps")).isZero();
        assertThat(session.out()).containsPattern("bad +n1 +stopped").containsPattern("good +n1 +stopped");
        assertThat(run("status", "-N", "bad")).isEqualTo(4);
        for (var command : List.of("start", "restart all")) {
            assertThat(run((command + " -N bad").split(" "))).as(command).isEqualTo(65);
        }
        assertThat(session.err())
                .contains(home.cluster("bad").config() + ":1:1: this is not text")
                .contains("the cluster 'bad' cannot be started from this file; put it right, or remove");
        assertThat(run("rm", "-N", "bad", "--yes")).isZero();
        assertThat(run("rm", "--yes")).isZero();
    }

    @Test
    void aNodeThatDoesNotRunCannotBeKilledButIsStoppedAlready() {
        var folder = session.session().clusters().home().cluster("one");
        folder.create("cluster: one\n");
        var member = new Member(new NodeId("n1"), "127.0.0.1", 7001, 17001, 27001, "");
        folder.keep(ProcessRecord.initial(member, false, List.of()));
        assertThat(run("kill", "n1")).isEqualTo(4);
        assertThat(run("kill", "all")).isEqualTo(4);
        assertThat(session.err()).contains("nothing to kill: n1 does not run, it is stopped");
        assertThat(run("kill", "n2")).isEqualTo(64);
        assertThat(run("stop")).isZero();
        assertThat(session.err()).contains("the cluster 'one' does not run");
        assertThat(run("logs", "n1")).isZero();
        assertThat(session.err()).contains("n1 has logged nothing yet");
    }

    @Test
    void outputThatCannotBeWrittenIsAnErrorUnlessNobodyListensAnyMore() {
        assertThat(Main.run(List.of("version"), OutputStream.nullOutputStream(), OutputStream.nullOutputStream()))
                .isZero();
        var err = new ByteArrayOutputStream();
        assertThat(Main.run(List.of("version"), full("No space left on device"), err))
                .isEqualTo(69);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("dcluster: cannot write the output: No space left on device" + System.lineSeparator());
        assertThat(Main.run(List.of("version"), full("Broken pipe"), err)).isZero();
    }

    private static OutputStream full(String why) {
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException(why);
            }
        };
    }

    @Test
    void aStackTraceIsShownOnlyWhenItIsAskedFor() {
        assertThat(run("stop", "-N", "none")).isEqualTo(64);
        assertThat(session.err()).contains("there is no cluster 'none'").doesNotContain("\tat ");
        assertThat(run("stop", "-N", "none", "--verbose")).isEqualTo(64);
        assertThat(session.err()).contains("\tat ");
    }

    @Test
    void aClusterThatIsNotClearIsAskedFor() {
        for (var name : List.of("one", "two")) {
            var folder = session.session().clusters().home().cluster(name);
            folder.create("cluster: " + name + "\n");
        }
        assertThat(run("status")).isEqualTo(64);
        assertThat(session.err()).contains("which cluster? Say so with -N; there are: one, two");
        session.session().clusters().home().cluster("two").remove();
        assertThat(run("status")).isEqualTo(4);
    }

    @Test
    void completionKnowsAllCommands() {
        assertThat(run("completion", "bash")).isZero();
        assertThat(session.out()).contains(Commands.names()).contains("--algorithm");
    }

    @Test
    void bashCompletesCommandsOptionsAndWords() throws Exception {
        run("completion", "bash");
        var script = Files.writeString(temporary.resolve("completion"), session.out());
        assertThat(completed(script, "dcluster", "st")).containsExactly("start", "stop", "status");
        assertThat(completed(script, "dcluster", "start", "--wa")).containsExactly("--wait");
        assertThat(completed(script, "dcluster", "ps", "-o", "j")).containsExactly("json");
        assertThat(completed(script, "dcluster", "txn", "")).contains("exec", "in-doubt", "resolve");
    }

    /** What bash would offer in place of the last word. */
    private static List<String> completed(Path script, String... words) throws Exception {
        var code = "compopt() { :; }; . " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; _complete_dcluster; printf '%s\\n' \"${COMPREPLY[@]}\"";
        var bash =
                new ProcessBuilder("bash", "-c", code).redirectErrorStream(true).start();
        var lines = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(bash.waitFor()).as("%s", lines).isZero();
        return lines;
    }

    @Test
    void whatASimulationIsNotToldRightIsUsage() {
        for (var flags : List.of(
                "--seeds 0..3",
                "--seeds 9..3",
                "--seeds 1-3",
                "--shard 3",
                "--shard 4/3",
                "--shard 1/4 --seeds 1..3",
                "--shard 1/0",
                "--replay 1 --html same --trace ./same",
                "--replay 1 --shiviz same --trace same",
                "--threads 0",
                "--trace file",
                "--shiviz file",
                "--replay 0",
                "--replay x",
                "--replay 1 --seeds 1..2",
                "--mutants file --replay 1",
                "--mutants file --html file",
                "--html file",
                "-a rafty",
                "-a none -n 3",
                "-a none:foo=1",
                "--set storage.sync=never",
                "extra")) {
            assertThat(run(("simulate " + flags).split(" "))).as(flags).isEqualTo(64);
        }
        assertThat(session.err())
                .contains(
                        "seeds go from 1 or more up to no less, as in 1..1000, not 9..3",
                        "'1-3' is not a range of seeds such as 1..1000",
                        "'3' is not a part such as 3/10",
                        "--shard 1/4: 3 seeds are too few for 4 shares",
                        "--shard 1/0: there is at least one share, as in 1/1, not 0",
                        "--trace and --html are one file, same; name two",
                        "--trace and --shiviz are one file, same; name two",
                        "--trace, --html and --shiviz write down one seed; name it with --replay SEED",
                        "-a rafty: unknown algorithm 'rafty'; did you mean 'raft'?",
                        "-a none:foo=1: unknown key 'foo' for none")
                .doesNotContain("internal error");
        assertThat(session.out()).isEmpty();
    }

    @Test
    void aSimulatedSeedIsPrintedForPeopleAndForPrograms() {
        assertThat(run("simulate", "-a", "none", "--seeds", "1..2", "--threads", "1"))
                .isZero();
        assertThat(session.out())
                .containsPattern("SOMETIMES +SEEDS +TIMES\n")
                .containsPattern("compared with a shadow +2 +[0-9]+\n")
                .containsPattern("FAULT +SEEDS +TOOK EFFECT\n")
                .containsPattern("clean: 2 seeds, [0-9,]+ events, .* 0 undecided, .* cluster-seconds a second\n$");
        session.reset();
        assertThat(run("simulate", "-a", "none", "--seeds", "1..2", "-o", "ndjson"))
                .isZero();
        var json = Json.object(session.out());
        assertThat(json)
                .containsEntry("verdict", "clean")
                .containsEntry("algorithm", "none")
                .containsEntry("nodes", List.of(1L))
                .containsEntry("seeds", 2L)
                .containsEntry("broken", null);
    }

    @Test
    void aScheduleIsLivedFromItsFileAndDrawn() throws IOException {
        var file = temporary.resolve("schedule.yaml");
        var terms = new Terms(1_000_000_000L, 2, 20, 1_000_000_000L, 1);
        Files.writeString(
                file,
                Scenario.write(new Schedule(terms, 1, false, new Plan(1, terms.nanos(), List.of())), "made by hand"));
        var page = temporary.resolve("page.html");
        assertThat(run("simulate", "-a", "none", "--scenario", "" + file, "--html", "" + page, "-o", "ndjson"))
                .isZero();
        assertThat(Json.object(session.out())).containsEntry("seeds", 1L).containsEntry("broken", null);
        assertThat(Files.readString(page))
                .contains("<title>none, schedule.yaml</title>", "dcluster simulate -a none --scenario " + file);
        Files.writeString(file, Files.readString(file).replace("nodes: 1", "node: 1"));
        assertThat(run("simulate", "-a", "none", "--scenario", "" + file)).isEqualTo(Exit.BAD_CONFIG);
        assertThat(session.err())
                .contains("schedule.yaml:3:1: unknown key 'node' for a scenario; did you mean 'nodes'?");
    }

    @Test
    void aScenarioIsLivedBySeedsUnlessItNamesItsOwn() throws IOException {
        var file = temporary.resolve("s.yaml");
        Files.writeString(file, "duration: 2s\nsteps: [{at: 1s, fault: {crash: {target: any, for: 100ms}}}]\n");
        assertThat(run("simulate", "-a", "none", "--scenario", "" + file, "--seeds", "1..3"))
                .isZero();
        assertThat(session.out())
                .containsPattern("crash +3 +3\n")
                .containsPattern("\nclean: 3 seeds, .* 1 of 1 kinds of faults, ");
        var page = temporary.resolve("page.html");
        assertThat(run("simulate", "-a", "none", "--scenario", "" + file, "--replay", "2", "--html", "" + page))
                .isZero();
        assertThat(Files.readString(page)).contains("<title>none, s.yaml, seed 2</title>", file + " --replay 2\"");
        Files.writeString(file, "seed: 7\nnodes: 1\n");
        assertThat(run("simulate", "-a", "none", "--scenario", "" + file, "--replay", "2"))
                .isEqualTo(Exit.USAGE);
        assertThat(run("simulate", "-a", "none", "--scenario", "" + file, "--seeds", "1..2"))
                .isEqualTo(Exit.USAGE);
        assertThat(session.err())
                .contains("s.yaml is of seed 7 alone; leave out --replay", "s.yaml is of one seed; --seeds, --shard");
        Files.writeString(file, "nodes: 7\n");
        assertThat(run("simulate", "-a", "raft", "-n", "3", "--scenario", "" + file))
                .isEqualTo(Exit.USAGE);
        assertThat(session.err()).contains("the scenario wants 7 nodes, and the cluster has 3");
    }

    @Test
    void aSeedThatCannotBeWrittenDownSaysWhere() {
        var file = temporary.resolve("absent/trace").toString();
        assertThat(run("simulate", "-a", "none", "--replay", "1", "--trace", file))
                .isEqualTo(69);
        assertThat(run("simulate", "-a", "none", "--replay", "1", "--html", file))
                .isEqualTo(69);
        assertThat(session.err()).contains("cannot write " + file + ": there is no folder " + temporary);
        assertThat(session.out()).isEmpty();
    }

    @Test
    void theDefaultClusterFileIsInTheJar() {
        assertThat(run("start", "--dry-run", "--set", "port=7401", "-N", "named"))
                .isZero();
        assertThat(session.out()).contains("cluster: named", "algorithm: raft", "port: 7403");
        assertThat(Files.exists(temporary.resolve("named"))).isFalse();
    }

    private int run(String... arguments) {
        return CommandLines.of(session.session(), List.of(arguments)).execute(arguments);
    }
}
