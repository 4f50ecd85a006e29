package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.LocalMachine;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KillIT {
    private final Cli cli = new Cli();

    @AfterEach
    void leaveNothing() {
        cli.close();
    }

    @Test
    void aKilledLeaderIsReplacedAndComesBack() {
        cli.start();
        cli.run("kv", "put", "a", "1").exits(0);
        var killed = cli.run("kill", "leader").exits(0);
        var node = killed.err().replaceAll("(?s).*killed (n[0-9]).*", "$1");
        assertThat(cli.run("status").exits(4).out()).contains("not healthy, 2 of 3 ready");

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> cli.run("kv", "put", "b", "2").exit() == 0);
        cli.run("restart", node).exits(0);

        assertThat(cli.run("kv", "get", "a", "--at", node).exits(0).out()).isEqualTo("1\n");
        assertThat(cli.run("kv", "get", "b", "--at", node).exits(0).out()).isEqualTo("2\n");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> cli.status().stream().map(KillIT::state).distinct().count() == 1);
        cli.run("status").exits(0);
    }

    @Test
    void nothingIsServedWithoutAMajorityAndTheOutcomeIsToldApart() {
        cli.start("--set", "network.request-timeout=1s");
        cli.run("kv", "put", "a", "1").exits(0);
        cli.run("kill", "n2", "n3").exits(0);

        var write = cli.run("kv", "put", "a", "2", "--timeout", "3s");
        assertThat(write.exit()).as("%s", write).isIn(2, 4);
        assertThat(write.err()).containsAnyOf("the outcome is unknown", "nothing was changed");
        cli.run("kv", "get", "a", "--timeout", "3s").exits(4);

        cli.run("kill", "n1").exits(0);
        assertThat(cli.run("kv", "put", "a", "3").exits(4).err()).contains("no node runs");
        assertThat(cli.run("kill", "all").exits(4).err())
                .contains("nothing to kill: n1 does not run, it is killed")
                .doesNotContain("(pid");

        cli.run("restart", "all", "--wait", "60s").exits(0);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> cli.run("kv", "get", "a").exit() == 0);
        assertThat(cli.run("kv", "get", "a").exits(0).out()).isIn("1\n", "2\n");
    }

    @Test
    void aKillThatMissedANodeThatWasNamedSaysSoAndTheOthersAreKilled() {
        cli.start();
        cli.run("kill", "n1").exits(0);

        assertThat(cli.run("kill", "n1").exits(4).err()).contains("nothing to kill: n1 does not run, it is killed");
        assertThat(cli.run("kill", "n1", "n2").exits(4).err()).contains("nothing to kill: n1", "killed n2 (pid ");
        assertThat(cli.run("kill", "n9").exits(64).err()).contains("no node and no role is called 'n9'");
        assertThat(cli.run("kill", "all").exits(0).err()).contains("nothing to kill: n1", "killed n3 (pid ");
        cli.run("stop").exits(0);
    }

    @Test
    void aNodeThatNobodyStoppedHasCrashed() {
        cli.start("-n", "1");
        new LocalMachine().process(cli.record("n1").pid()).ifPresent(new LocalMachine()::kill);

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> cli.processes().isEmpty());

        assertThat(cli.run("status").exits(5).err()).contains("its process is crashed");
        assertThat(cli.run("ps", "-o", "ndjson").lines().get(0)).containsEntry("state", "crashed");
        cli.run("restart", "n1").exits(0);
        cli.run("status").exits(0);
    }

    private static String state(Map<String, @Nullable Object> row) {
        return row.get("applied") + "/" + row.get("stateHash");
    }
}
