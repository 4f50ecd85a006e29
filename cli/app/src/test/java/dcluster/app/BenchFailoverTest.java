package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.command.TestSession;
import dcluster.app.terminal.Exit;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchFailoverTest {
    private final TestSession session = new TestSession();

    private int bench(String arguments) {
        session.reset();
        var words = ("bench failover " + arguments).strip().split(" ");
        return CommandLines.of(session.session(), List.of(words)).execute(words);
    }

    @Test
    void whatCannotBeMeasuredIsUsage() {
        for (var flags : List.of(
                "",
                "-a raft -n 2",
                "-a raft -n 10",
                "-a raft --rounds 0",
                "-a raft --seed 0",
                "-a nonesuch",
                "-a raft:foo=1",
                "-a raft --set",
                "-a raft extra")) {
            assertThat(bench(flags)).as(flags).isEqualTo(Exit.USAGE);
        }
        bench("-a raft -n 2");
        assertThat(session.err()).contains("--nodes is from 3 to 9, not 2");
    }

    @Test
    void anAlgorithmThatHandsNothingOverIsRefusedBeforeAnythingStarts() {
        assertThat(bench("-a raft -a abd")).isEqualTo(Exit.USAGE);
        assertThat(session.err()).contains("-a abd: it has no leadership to hand over; those that have: paxos, raft");
        assertThat(session.out()).isEmpty();
    }
}
