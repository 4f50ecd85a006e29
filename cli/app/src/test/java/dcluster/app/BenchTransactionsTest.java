package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.command.TestSession;
import dcluster.app.terminal.Exit;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTransactionsTest {
    private final TestSession session = new TestSession();

    private int bench(String arguments) {
        session.reset();
        var words = ("bench transactions " + arguments).strip().split(" ");
        return CommandLines.of(session.session(), List.of(words)).execute(words);
    }

    @Test
    void whatCannotBeMeasuredIsUsage() {
        for (var flags : List.of(
                "-N one -a raft",
                "-n 3",
                "--set port=0",
                "-a raft --connections 0",
                "-a raft --contenders 0",
                "-a raft --rounds 0",
                "-a raft --for 0ms",
                "-a raft --for x",
                "-a nonesuch",
                "-N nonesuch",
                "extra")) {
            assertThat(bench(flags)).as(flags).isIn(Exit.USAGE, Exit.BAD_CONFIG);
        }
        bench("-N one -a raft");
        assertThat(session.err()).contains("-N names a cluster that runs, and -a has others started");
        bench("-n 3");
        assertThat(session.err()).contains("-n, --set and --plugin are of clusters that -a has started");
    }
}
