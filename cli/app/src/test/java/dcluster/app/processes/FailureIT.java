package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.LocalMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailureIT {
    private final Cli cli = new Cli();

    @AfterEach
    void leaveNothing() {
        cli.close();
    }

    @Test
    void whatCannotBeUnderstoodIsUsage() {
        assertThat(cli.run("strat").exits(64).err()).contains("did you mean", "start");
        assertThat(cli.run("start", "--wiat", "3s").exits(64).err()).contains("did you mean '--wait'");
        assertThat(cli.run("start", "--wait", "soon").exits(64).err()).contains("is not a duration such as");
        assertThat(cli.run("status").exits(64).err()).contains("there is no cluster");
        assertThat(cli.run("stop", "-N", "../etc").exits(64).err()).contains("is not a name for a cluster");
        cli.run().exits(64);
    }

    @Test
    void aWrongClusterFileIsShownWithThePlace() throws IOException {
        var file = cli.file("bad.yaml", "algorithm: raft\nnodse: 3\n");
        var refused = cli.run("start", "-c", file).exits(65);
        assertThat(refused.err())
                .contains("bad.yaml:2:1", "did you mean 'nodes'")
                .doesNotContain("\tat ");
        assertThat(cli.home().clusters()).isEmpty();
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = "port=" + taken.getLocalPort();
            // Its peer and admin ports would lie beyond the last port, so they are named as well.
            var file = cli.file(
                    "ports.yaml",
                    "algorithm: none\nnodes:\n  - {" + port.replace("=", ": ") + ", peer-port: 0, admin-port: 0}\n");
            var refused = cli.run("start", "-c", file).exits(69);
            assertThat(refused.err()).contains("client port of n1", "in use by another process");
        }
    }

    @Test
    void aClusterThatDoesNotGetReadyIsStoppedAndItsLogShown() {
        var late = cli.run("start", "--set", "port=0", "--wait", "1ms").exits(4);
        assertThat(late.err()).contains("is not ready", "no write succeeded within 0.001 s", "n1.log");
        assertThat(cli.processes()).isEmpty();
        assertThat(cli.home().clusters()).isEmpty();
    }

    @Test
    void whatIsRetainedCanBeLookedAt() {
        cli.run("start", "--set", "port=0", "--wait", "1ms", "--retain", "-n", "1")
                .exits(4);
        assertThat(cli.processes()).hasSize(1);
        assertThat(cli.home().clusters()).hasSize(1);
    }

    @Test
    void anInterruptedStartLeavesNothing() throws Exception {
        var start = cli.launch("start", "--set", "port=0");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(cli.home().folder().resolve("raft-3/logs/n1.log")));
        signal("INT", start.pid());
        assertThat(start.waitFor(30, TimeUnit.SECONDS)).isTrue();

        // It may have been faster.
        if (start.exitValue() != 0) {
            assertThat(start.exitValue()).isEqualTo(130);
            assertThat(cli.processes()).isEmpty();
            assertThat(cli.home().clusters()).isEmpty();
        }
    }

    @Test
    void whatAKilledStartHasLaunchedIsFoundAndStopped() throws Exception {
        var start = cli.launch("start", "--set", "port=0");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(cli.home().folder().resolve("raft-3/logs/n2.log")));
        start.destroyForcibly().waitFor();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> cli.processes().stream().noneMatch(process -> process.pid() == start.pid()));

        cli.run("stop").exits(0);

        assertThat(cli.processes()).isEmpty();
    }

    @Test
    void aProcessWhosePidWasNotRecordedIsFoundByItsToken() throws IOException {
        cli.start("-n", "1");
        var file = cli.cluster("raft-3").path().resolve("processes/n1.json");
        var forgotten = Files.readString(file).replaceAll("\"(pid|startedMillis)\" : [0-9]+", "\"$1\" : 0");
        Files.writeString(file, forgotten);

        assertThat(cli.run("ps", "-o", "ndjson").lines().get(0)).containsEntry("state", "running");
        cli.run("stop").exits(0);

        assertThat(cli.processes()).isEmpty();
    }

    @Test
    void twoCommandsDoNotChangeOneClusterTogether() throws Exception {
        cli.start("-n", "1");
        // A node that does not answer keeps the first command waiting.
        long pid = cli.record("n1").pid();
        signal("STOP", pid);
        var first = cli.launch("stop");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> cli.record("n1").toString().contains("STOPPED"));
        assertThat(cli.run("kill", "n1").exits(69).err()).contains("another dcluster command is changing the cluster");
        signal("CONT", pid);
        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(new LocalMachine().process(pid)).isEmpty();
    }

    private static void signal(String signal, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    }

    @Test
    void aReadOnlyHomeIsNamed() throws IOException {
        var file = Files.writeString(cli.folder().resolve("home"), "a file where the home should be");
        assertThat(cli.run("start", "--set", "port=0").exits(69).err()).contains("DCLUSTER_HOME");
        Files.delete(file);
    }

    @Test
    void aNodeThatCannotStartSaysWhyAndExitsAccordingly() throws IOException {
        cli.start("-n", "1");
        var config = cli.cluster("raft-3").config().toString();
        var other = cli.folder().resolve("other").toString();
        var empty = cli.run("node", "-c", config, "--id", "n1", "--data", other, "--bootstrap");
        assertThat(empty.exits(69).err()).contains("n1 has lost its data: its folder " + other + " is empty");
        assertThat(cli.run("node", "-c", config, "--id", "n9").exits(64).err()).contains("has no node 'n9'", "n1");
        assertThat(cli.run("coordinator", "-c", config).exits(65).err()).contains("has no coordinator");
        assertThat(cli.run("node", "-c", Path.of("nowhere.yaml").toString(), "--id", "n1")
                        .exits(65)
                        .err())
                .contains("there is no such file");
    }

    @Test
    void aNodeStopsInOrderWhenItIsAskedTo() throws Exception {
        cli.start("-n", "1");
        var config = cli.cluster("raft-3").config().toString();
        cli.run("stop").exits(0);
        var node = cli.launch("node", "-c", config, "--id", "n1");
        var log = Cli.read(node.getErrorStream());
        int port = cli.record("n1").member().clientPort();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !isFree(port));

        long begin = System.nanoTime();
        node.destroy();
        assertThat(node.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThat(node.exitValue()).as(log.join()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        assertThat(isFree(port)).isTrue();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
