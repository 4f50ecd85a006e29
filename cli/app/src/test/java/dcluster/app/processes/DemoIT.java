package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoIT {
    private final Cli cli = new Cli();

    @AfterEach
    void leaveNothing() {
        cli.close();
    }

    @Test
    void theDemoLosesNothingAndLeavesNothing() throws IOException {
        var demo = cli.run("demo", "-o", "json").exits(0);
        assertThat(demo.json()).containsEntry("lost", 0L).containsKeys("outageMillis", "stateHash");
        assertThat((Long) demo.json().get("acknowledged")).isGreaterThanOrEqualTo(2000);
        assertThat(demo.err()).contains("kill -9", "Nothing that was acknowledged is lost.");
        assertThat(cli.temporary()).isEmptyDirectory();
        assertThat(cli.home().cluster("demo").path())
                .as("the demo has a home of its own")
                .doesNotExist();
    }

    @Test
    void anInterruptedDemoLeavesNothing() throws Exception {
        var demo = cli.launch("demo");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        demoFolders().stream().anyMatch(folder -> Files.exists(folder.resolve("demo/logs/n2.log"))));
        new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();
        assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(130);
        assertThat(cli.temporary()).isEmptyDirectory();
    }

    private List<Path> demoFolders() throws IOException {
        try (var children = Files.list(cli.temporary())) {
            return children.toList();
        }
    }
}
