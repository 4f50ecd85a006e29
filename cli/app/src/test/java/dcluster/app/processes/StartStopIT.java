package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.ProcessRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartStopIT {
    private final Cli cli = new Cli();

    @AfterEach
    void leaveNothing() {
        cli.close();
    }

    @Test
    void aClusterIsStartedWatchedAndStopped() {
        cli.start();
        assertThat(cli.run("ps", "-o", "ndjson").exits(0).lines())
                .hasSize(3)
                .allSatisfy(row -> assertThat(row).containsEntry("state", "running"));
        assertThat(cli.status())
                .filteredOn(row -> "leader".equals(row.get("role")))
                .hasSize(1);
        assertThat(cli.run("status", "-o", "json").exits(0).json())
                .containsKeys("cluster", "algorithm", "options", "healthy", "nodes")
                .satisfies(StartStopIT::assertForPrograms);
        assertThat(cli.run("status").exits(0).out()).contains("cluster raft-3: raft, healthy, 3 of 3 ready");
        assertThat(cli.run("logs", "n2", "--tail", "1").exits(0).out().lines()).hasSize(1);

        cli.run("stop").exits(0);

        assertThat(cli.processes()).isEmpty();
        assertThat(cli.run("ps", "-o", "ndjson").exits(0).lines())
                .hasSize(3)
                .allSatisfy(row -> assertThat(row).containsEntry("state", "stopped"));
        assertThat(cli.run("status").exits(4).err()).contains("n1 is not ready: its process is stopped");
        assertThat(cli.run("rm").exits(64).err()).contains("give --yes");
        cli.run("rm", "--yes").exits(0);
        assertThat(cli.cluster("raft-3").path()).doesNotExist();
    }

    /** Every key at any depth is one word in camel case, and no value is how Java shows an object. */
    private static void assertForPrograms(Object json) {
        if (json instanceof Map<?, ?> map) {
            assertThat(map.keySet()).allSatisfy(key -> assertThat((String) key).matches("[a-z][a-zA-Z0-9]*"));
            map.values().stream().filter(Objects::nonNull).forEach(StartStopIT::assertForPrograms);
        } else if (json instanceof List<?> list) {
            list.forEach(StartStopIT::assertForPrograms);
        } else {
            assertThat(String.valueOf(json)).doesNotContain("[", "@");
        }
    }

    @Test
    void aStoppedClusterGoesOnWithItsDataAndPorts() {
        cli.start();
        cli.run("kv", "put", "greeting", "hello").exits(0);
        var ports = cli.cluster("raft-3").records().stream()
                .map(ProcessRecord::member)
                .toList();
        cli.run("stop").exits(0);

        cli.run("start", "-N", "raft-3", "--wait", "60s").exits(0);

        assertThat(cli.run("kv", "get", "greeting").exits(0).out()).isEqualTo("hello\n");
        assertThat(cli.cluster("raft-3").records().stream().map(ProcessRecord::member))
                .isEqualTo(ports);
        assertThat(cli.status()).allSatisfy(row -> assertThat(row).containsEntry("incarnation", 2L));
    }

    @Test
    void startingAgainStartsOnlyWhatIsMissing() {
        cli.start();
        var pid = cli.record("n1").pid();
        cli.run("kv", "put", "dcluster:ready", "precious").exits(0);
        cli.run("kill", "n2").exits(0);

        var again = cli.run("start", "--set", "port=0", "-o", "ndjson", "--wait", "60s")
                .exits(0);

        assertThat(again.lines()).extracting(row -> row.get("state")).containsExactly("running", "started", "running");
        assertThat(cli.record("n1").pid()).isEqualTo(pid);
        assertThat(cli.run("kv", "get", "dcluster:ready").exits(0).out())
                .as("a key that a start may not touch")
                .isEqualTo("precious\n");
        assertThat(cli.run("start", "--set", "port=0").exits(0).err()).contains("runs already");
        assertThat(cli.run("start", "-n", "5", "--set", "port=0").exits(64).err())
                .contains("is there already");
    }

    @Test
    void severalClustersRunSideBySide() {
        cli.start("-N", "left", "-n", "1").start("-N", "right", "-n", "1", "-a", "none");
        assertThat(cli.run("kv", "put", "k", "v").exits(64).err()).contains("which cluster?", "left, right");
        cli.run("kv", "put", "k", "1", "-N", "left").exits(0);
        cli.run("kv", "put", "k", "2", "-N", "right").exits(0);
        assertThat(cli.run("kv", "get", "k", "-N", "left").exits(0).out()).isEqualTo("1\n");
        assertThat(cli.run("kv", "get", "k", "-N", "right").exits(0).out()).isEqualTo("2\n");

        cli.run("stop", "-N", "left").exits(0);

        assertThat(cli.run("kv", "get", "k").exits(0).out()).isEqualTo("2\n");
        assertThat(cli.run("stop", "-N", "lest").exits(64).err()).contains("there is no cluster 'lest'", "left, right");
    }

    @Test
    void aRecordThatCannotBeReadHidesNoProcessAndConcernsNoOtherCluster() throws IOException {
        cli.start("-N", "good", "-n", "1").start("-N", "bad", "-n", "1").start("-N", "worse", "-n", "1");
        long pid = cli.record("n1").pid();
        for (var name : List.of("bad", "worse")) {
            var file = cli.cluster(name).path().resolve("processes/n1.json");
            Files.writeString(file, Files.readString(file).substring(0, 40));
        }

        cli.run("kv", "put", "k", "v", "-N", "good").exits(0);
        var rows = cli.run("ps", "-o", "ndjson").exits(0).lines();
        assertThat(rows).extracting(row -> row.get("state")).containsExactly("unreadable", "running", "unreadable");
        assertThat(rows.get(0)).containsEntry("pid", pid);
        assertThat(cli.run("status", "-N", "bad").exits(4).out()).contains("unreadable");
        assertThat(cli.run("start", "-N", "bad").exits(69).err()).contains("cannot be read", "'dcluster stop -N bad'");

        assertThat(cli.run("stop", "-N", "bad").exits(0).err()).contains("pid " + pid);
        Files.delete(cli.cluster("bad").path().resolve("processes/n1.json"));
        cli.run("start", "-N", "bad", "--wait", "60s").exits(0);
        assertThat(cli.run("rm", "-N", "worse", "--yes").exits(64).err()).contains("the cluster 'worse' runs");
        assertThat(cli.run("rm", "-N", "worse", "--yes", "--force").exits(0).err())
                .contains("killed pid ", "of which no record can be read");
        assertThat(cli.processes()).hasSize(2);
    }

    @Test
    void portsOfARunningClusterAreNotGivenAwayTwice() {
        cli.start("-n", "1", "-N", "first");
        int port = cli.record("n1").member().clientPort();

        var refused = cli.run("start", "-n", "1", "-N", "second", "--set", "port=" + port)
                .exits(69);

        assertThat(refused.err()).contains("port " + port, "n1 of the cluster 'first'", "--set port=0");
        assertThat(cli.cluster("second").path()).doesNotExist();
    }

    @Test
    void aDryRunStartsNothing() {
        var plan = cli.run("start", "--dry-run", "-a", "raft:pre-vote=false", "--set", "port=7301")
                .exits(0);

        assertThat(plan.out()).contains("pre-vote: false").contains("port: 7303");
        assertThat(cli.home().folder()).doesNotExist();
    }

    @Test
    void aCoordinatorIsStartedBesideTheNodes() {
        cli.start("-n", "1", "--set", "coordinator=true");
        assertThat(cli.status()).extracting(row -> row.get("node")).isEqualTo(List.of("n1", "coordinator"));
        cli.run("kv", "put", "k", "v", "--at", "coordinator").exits(0);
        assertThat(cli.run("kv", "get", "k", "--at", "n1").exits(0).out()).isEqualTo("v\n");
        cli.run("kill", "coordinator").exits(0);
        cli.run("restart", "coordinator").exits(0);
        assertThat(cli.run("kv", "get", "k", "--at", "coordinator").exits(0).out())
                .isEqualTo("v\n");
    }

    @Test
    void theFilesOfAClusterAreWhereTheyAreSaidToBe() {
        cli.start("-n", "1");
        var folder = cli.cluster("raft-3");
        assertThat(folder.config()).exists();
        assertThat(folder.path().resolve("processes/n1.json")).content().contains("\"expected\" : \"running\"");
        assertThat(folder.log("n1")).isNotEmptyFile();
        assertThat(Files.isDirectory(folder.data("n1"))).isTrue();
    }
}
