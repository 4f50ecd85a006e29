package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForegroundIT {
    private final Cli cli = new Cli();

    @AfterEach
    void leaveNothing() {
        cli.close();
    }

    @Test
    void aClusterInTheForegroundShowsItsLogsAndEndsWithTheCommand() throws Exception {
        var start = cli.launch("start", "--foreground", "--set", "port=0", "-n", "1");
        var out = Cli.read(start.getInputStream());
        var err = Cli.read(start.getErrorStream());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        !cli.home().clusters().isEmpty() && cli.run("status").exit() == 0);

        // Others may work with the cluster meanwhile.
        cli.run("kv", "put", "k", "v").exits(0);
        new ProcessBuilder("kill", "-INT", Long.toString(start.pid())).start().waitFor();

        assertThat(start.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(start.exitValue()).isEqualTo(130);
        assertThat(err.join()).contains("ctrl-C stops the cluster");
        assertThat(out.join()).contains("is ready");
        assertThat(cli.processes()).isEmpty();
        assertThat(cli.run("ps", "-o", "ndjson").lines().get(0)).containsEntry("state", "stopped");
    }

    @Test
    void logsAreFollowed() throws Exception {
        cli.start("-n", "1");
        var logs = cli.launch("logs", "-f", "n1", "--tail", "1");
        var out = Cli.read(logs.getInputStream());
        cli.run("restart", "n1").exits(0);
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(logs::isAlive);
        logs.destroy();
        assertThat(logs.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(out.join().lines().count()).isGreaterThan(1);
    }
}
