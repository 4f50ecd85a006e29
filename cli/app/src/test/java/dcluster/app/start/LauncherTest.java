package dcluster.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dcluster.app.process.ClusterFolder;
import dcluster.app.process.Home;
import dcluster.app.process.LogReader;
import dcluster.app.process.ProcessRecord;
import dcluster.app.process.ProcessRecord.Expected;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    private static final Member MEMBER = new Member(new NodeId("n1"), "127.0.0.1", 7001, 17001, 27001, "");

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void aNodeIsToldWhereItsFilesAre() {
        folder().create("");
        var command =
                launcher("/jdk/bin/java").command(folder(), record(false, List.of("/p/a.jar", "/p/b.jar")), "tok");
        var home = temporary.resolve("c");
        assertThat(command).startsWith("setsid", "/jdk/bin/java", "-XX:SharedArchiveFile=/archive");
        assertThat(command).contains("-Ddcluster.process=tok", "-Xmx99m");
        assertThat(command.subList(command.indexOf("-jar"), command.size()))
                .containsExactly(
                        "-jar",
                        "/x/dcluster.jar",
                        "node",
                        "-c",
                        home.resolve("cluster.yaml").toString(),
                        "--id",
                        "n1",
                        "--data",
                        home.resolve("nodes/n1").toString(),
                        "--incarnation",
                        home.resolve("incarnations/n1").toString(),
                        "--bootstrap",
                        "--plugin",
                        "/p/a.jar",
                        "--plugin",
                        "/p/b.jar");
    }

    @Test
    void flagsOfTheUserComeLastAndSoWin() {
        folder().create("");
        var command = launcher("java").command(folder(), record(false, List.of()), "tok");
        assertThat(command.indexOf("-Xmx99m")).isGreaterThan(command.indexOf("-Xmx851968k"));
    }

    @Test
    void theHeapFollowsFromTheClusterFile() {
        folder().create("storage: {capacity: 1GiB}\nnetwork: {outbox: 16MiB}\nnodes: [{id: a}, {id: b}]\n");
        assertThat(launcher("java").command(folder(), record(false, List.of()), "tok"))
                .contains("-Xmx" + ((3L << 20) + (16 << 10) + (320 << 10)) + "k");
        assertThat(launcher("java").command(folder(), record(true, List.of()), "tok"))
                .contains("-Xmx" + ((32 << 10) + (320 << 10)) + "k");
    }

    @Test
    void aCoordinatorNeedsNoName() {
        folder().create("");
        assertThat(launcher("java").command(folder(), record(true, List.of()), "tok"))
                .contains("coordinator")
                .doesNotContain("--id", "node");
    }

    @Test
    void whoHasBegunIsNotToldToBegin() {
        folder().create("");
        for (boolean coordinator : new boolean[] {false, true}) {
            var record = record(coordinator, List.of());
            assertThat(launcher("java").command(folder(), record, "tok")).contains("--bootstrap");
            assertThat(launcher("java").command(folder(), record.beginning(), "tok"))
                    .doesNotContain("--bootstrap");
        }
    }

    @Test
    void whoIsRememberedAtALaunchHasBegunWhateverIsDeletedLater() throws Exception {
        folder().create("");
        var launcher = new Launcher(
                new Executable(script("true"), "x.jar", "", List.of()), Detached.of(System.getenv()), List.of());
        var first = launcher.launch(folder(), record(false, List.of())).record();
        assertThat(first.begun()).isFalse();
        assertThat(first.command()).contains("--bootstrap");

        Files.createDirectories(folder().incarnation("n1").resolveSibling("n2"));
        Files.writeString(folder().incarnation("n1"), "whatever it says");
        var second = launcher.launch(folder(), first).record();
        Files.delete(folder().incarnation("n1"));
        var third = launcher.launch(folder(), second).record();
        for (var later : List.of(second, third)) {
            assertThat(later.begun()).isTrue();
            assertThat(later.command()).doesNotContain("--bootstrap");
        }
    }

    @Test
    void classesThatAreNoJarAreRunFromTheClassPath() {
        var executable = new Executable(Path.of("java"), "/a/classes:/b.jar", "dcluster.app.Main", List.of());
        assertThat(executable.command(List.of("-Xa"), List.of("node")))
                .containsExactly("java", "-Xa", "-cp", "/a/classes:/b.jar", "dcluster.app.Main", "node");
    }

    @Test
    void aLaunchIsRecordedWithThePidOfTheProgramItself() throws Exception {
        folder().create("");
        var program = script("echo \"$$ $*\"");
        for (var detached : List.of(Detached.of(System.getenv()), Detached.of(Map.of("PATH", "")))) {
            long from = LogReader.size(folder().log("n1"));
            var launched = new Launcher(new Executable(program, "x.jar", "", List.of()), detached, List.of())
                    .launch(folder(), record(false, List.of()));
            assertThat(launched.process().waitFor(10, TimeUnit.SECONDS)).isTrue();

            var kept = folder().records().get(0);
            assertThat(kept).isEqualTo(launched.record());
            assertThat(kept.expected()).isEqualTo(Expected.RUNNING);
            assertThat(launched.exit()).hasValue(0);
            assertThat(launched.tail()).hasSize(1);
            assertThat(LogReader.last(1, folder().log("n1"), from).get(0))
                    .startsWith(kept.pid() + " ")
                    .contains(kept.token());
        }
    }

    @Test
    void aLaunchThatIsImpossibleLeavesTheRecordAsItWas() {
        folder().create("");
        var record = record(false, List.of());
        var launcher = new Launcher(
                new Executable(Path.of("java"), "x.jar", "", List.of()),
                new Detached(List.of("/nowhere/setsid")),
                List.of());
        assertThat(catchThrowable(() -> launcher.launch(folder(), record))).hasMessageContaining("cannot launch n1");
        assertThat(folder().records()).containsExactly(record);
    }

    private Path script(String line) throws IOException {
        var script = Files.writeString(temporary.resolve("program"), "#!/bin/sh\n" + line + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private static Launcher launcher(String java) {
        return new Launcher(
                new Executable(Path.of(java), "/x/dcluster.jar", "", List.of("-XX:SharedArchiveFile=/archive")),
                new Detached(List.of("setsid")),
                List.of("-Xmx99m"));
    }

    private ClusterFolder folder() {
        return new Home(temporary).cluster("c");
    }

    private static ProcessRecord record(boolean coordinator, List<String> plugins) {
        return ProcessRecord.initial(MEMBER, coordinator, plugins);
    }
}
