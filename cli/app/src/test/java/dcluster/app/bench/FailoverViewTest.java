package dcluster.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterFolder;
import dcluster.app.process.LocalMachine;
import dcluster.app.start.BundledConfig;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Format;
import dcluster.app.terminal.Json;
import dcluster.app.terminal.Output;
import dcluster.app.terminal.Terminal;
import dcluster.config.Algorithms;
import dcluster.config.Overrides;
import dcluster.config.PortPicker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailoverViewTest {
    private static final Benched RAFT = new Benched(
            "raft",
            new Cluster(new ClusterFolder(Path.of("/nowhere")), new LocalMachine()),
            BundledConfig.load(Overrides.NONE, Algorithms.load(List.of()), PortPicker.NONE));

    private static Felt felt(double millis) {
        return new Felt("n1", 11, "n2", millis, new Writer.Seen(100, 2), List.of(), Optional.empty());
    }

    private static Felt wrong() {
        return new Felt("n1", 11, "n2", 10, new Writer.Seen(100, 2), List.of(), Optional.of("k is not"));
    }

    /** Three rounds were wanted. */
    private static FailoverView view(List<Felt> nothing, List<Felt> transfers, List<Felt> crashes, String... crashed) {
        return new FailoverView(
                new Failover(3, 1, "again"),
                "a machine",
                List.of(
                        new FailoverView.Row(RAFT, Strike.NONE, nothing),
                        new FailoverView.Row(RAFT, Strike.TRANSFER, transfers),
                        new FailoverView.Row(RAFT, Strike.CRASH, crashes)),
                List.of(crashed));
    }

    private static String printed(FailoverView view, Format format) {
        var out = new ByteArrayOutputStream();
        view.print(new Output(format, Terminal.NONE, new PrintStream(out, true, StandardCharsets.UTF_8)));
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The line of a strike in the table, with one blank between cells. */
    private static String line(FailoverView view, Strike strike) {
        return printed(view, Format.TABLE)
                .lines()
                .filter(line -> line.startsWith("raft ") && line.contains(" " + strike + " "))
                .findFirst()
                .orElseThrow()
                .replaceAll(" +", " ");
    }

    private static Map<?, ?> measured(FailoverView view, int row) {
        var all = (List<?>)
                Objects.requireNonNull(Json.object(printed(view, Format.JSON)).get("measurements"));
        return (Map<?, ?>) Objects.requireNonNull(all.get(row));
    }

    @Test
    void aWrongKeyOutranksACrashWhichOutranksATrouble() {
        var troubled = List.of(felt(10).with("it did not answer"));
        assertThat(view(List.of(felt(10)), List.of(), List.of()).exit()).isEqualTo(Exit.OK);
        assertThat(view(troubled, List.of(), List.of()).exit()).isEqualTo(Exit.INCONCLUSIVE);
        assertThat(view(troubled, List.of(), List.of(), "n3 of raft").exit()).isEqualTo(Exit.CRASHED);
        var all = view(troubled, List.of(wrong()), List.of(), "n3 of raft");
        assertThat(all.exit()).isEqualTo(Exit.NO);
        assertThat(all.complaints())
                .containsExactly(
                        "wrong: raft, transfer in round 1: k is not",
                        "crashed by itself, and nothing was struck after that: n3 of raft",
                        "inconclusive: raft, none in round 1: it did not answer");
        assertThat(view(List.of(felt(10)), List.of(), List.of()).complaints()).isEmpty();
    }

    @Test
    void theTableTellsInHowManyOfTheRoundsTheTimeIsKnown() {
        var view = view(
                List.of(felt(10), Felt.nothing("nobody led"), felt(30).with("it was not read back")),
                List.of(Felt.nothing("nobody led")),
                List.of());
        assertThat(line(view, Strike.NONE)).isEqualTo("raft none 2 of 3 10.0 10.0 30.0 - - 200 4");
        assertThat(line(view, Strike.TRANSFER)).isEqualTo("raft transfer 0 of 3 - - - - - 0 0");
        assertThat(line(view, Strike.CRASH)).isEqualTo("raft crash 0 of 3 - - - - - 0 0");
        assertThat(measured(view, 0).get("known")).isEqualTo(2L);
        assertThat(measured(view, 1).get("medianMillis")).isNull();
    }

    @Test
    void aCrashIsComparedWithTheTransferOfItsRoundIfBothAreKnown() {
        var view = view(
                List.of(),
                List.of(felt(10), felt(100), felt(20)),
                List.of(felt(50), felt(200), Felt.nothing("nobody led")));
        assertThat(line(view, Strike.CRASH)).isEqualTo("raft crash 2 of 3 50.0 50.0 200.0 2.0 2.0-5.0 200 4");
        assertThat(measured(view, 2).get("medianTimesTransfer")).isEqualTo(2.0);
        assertThat(measured(view, 2).get("leastTimesTransfer")).isEqualTo(2.0);
        assertThat(measured(view, 2).get("mostTimesTransfer")).isEqualTo(5.0);
        assertThat(measured(view, 1).get("medianTimesTransfer")).isNull();
    }

    @Test
    void programsReadWhatWasFeltOfEachStrike() {
        var strikes =
                (List<?>) Objects.requireNonNull(measured(view(List.of(wrong().with("late")), List.of(), List.of()), 0)
                        .get("strikes"));
        assertThat(strikes)
                .isEqualTo(List.of(Map.of(
                        "leader",
                        "n1",
                        "pid",
                        11L,
                        "next",
                        "n2",
                        "millis",
                        10.0,
                        "acknowledged",
                        100L,
                        "unknown",
                        2L,
                        "troubles",
                        List.of("late"),
                        "wrong",
                        "k is not")));
    }
}
