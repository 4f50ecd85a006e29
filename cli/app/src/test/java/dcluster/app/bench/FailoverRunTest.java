package dcluster.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.ClusterProcess;
import dcluster.app.start.BundledConfig;
import dcluster.app.start.StartTerms;
import dcluster.app.terminal.CleanUps;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Progress;
import dcluster.app.terminal.Terminal;
import dcluster.config.Algorithms;
import dcluster.config.Overrides;
import dcluster.config.PortPicker;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FailoverRunTest {
    private static final Scene.Pace PACE = new Scene.Pace(Duration.ofMillis(50), Duration.ofSeconds(10));

    private static FailoverView run(PlayedCluster played, int rounds) {
        var config = BundledConfig.load(Overrides.NONE, Algorithms.load(List.of()), PortPicker.NONE);
        var terms = new StartTerms(
                Progress.forTerminalOnly(Terminal.NONE, System.err), CleanUps.ofNobody(), Duration.ofSeconds(1), false);
        var benched = new Benched("raft", played.cluster(), config);
        return new FailoverRun(new Failover(rounds, 1, "again"), List.of(benched), terms, PACE).run();
    }

    @Test
    void aProcessThatCrashesByItselfIsToldAndNotStartedAgainAndNothingIsStruckAfterThat() throws IOException {
        try (var played = new PlayedCluster()) {
            var asked = new AtomicInteger();
            // It is asked twice before it is watched while nothing is done to it.
            played.node("n1").whenAsked("/status", () -> {
                if (asked.incrementAndGet() == 3) {
                    played.crash("n3");
                }
            });
            var view = run(played, 3);
            assertThat(view.exit()).isEqualTo(Exit.CRASHED);
            assertThat(view.complaints())
                    .containsExactly("crashed by itself, and nothing was struck after that: n3 of raft");
            assertThat(view.rows()).extracting(row -> row.rounds().size()).containsExactly(1, 0, 0);
            assertThat(played.cluster().process("n3").map(ClusterProcess::state))
                    .contains(ClusterProcess.State.CRASHED);
        }
    }

    @Test
    void aNodeThatCannotBeStartedAgainLeavesWhatWasFeltAndIsTriedAgain() throws IOException {
        try (var played = new PlayedCluster()) {
            for (var node : List.of("n1", "n2", "n3")) {
                // Where its log should be there is none to be written, so that nothing is launched.
                Files.createDirectory(played.cluster().folder().log(node));
            }
            var view = run(played, 2);
            assertThat(view.exit()).isEqualTo(Exit.INCONCLUSIVE);
            assertThat(view.rows())
                    .extracting(row -> row.rounds().stream().map(Felt::isKnown).toList())
                    .containsExactly(List.of(true, false), List.of(true, false), List.of(true, false));
            assertThat(view.complaints().stream()
                            .filter(each -> each.contains("it was not started again: cannot launch")))
                    .hasSize(4);
            assertThat(view.complaints().stream().filter(each -> each.endsWith("does not run, it is killed")))
                    .hasSize(3);
        }
    }
}
