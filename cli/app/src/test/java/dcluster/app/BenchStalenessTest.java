package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.command.TestSession;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Json;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class BenchStalenessTest {
    private final TestSession session = new TestSession();

    private int bench(String arguments) {
        session.reset();
        var words = ("bench staleness " + arguments).strip().split(" ");
        return CommandLines.of(session.session(), List.of(words)).execute(words);
    }

    @Test
    void visibilityIsPrintedForEachQuorumBesideThePrediction() {
        assertThat(bench("--part visibility --trials 4 --after 0ms,5ms")).isEqualTo(Exit.OK);
        assertThat(session.out())
                .startsWith(
                        "dcluster bench staleness --part visibility -n 3 --delay 5ms --after 0ms,5ms --trials 4 --runs 3"
                                + " --keys 30 --seed 1\n")
                .containsPattern("R  W  REPAIRS  0MS +5MS +DIFFERENCE  WRITE +READ\n")
                .containsPattern("\n1  1  off +[0-9.]+/[0-9.]+ +[0-9.]+/[0-9.]+ +[0-9.]+ +[0-9.]+ ms +[0-9.]+ ms\n")
                .containsPattern("\n2  2  off +100.0/100.0  100.0/100.0 +0.0 ")
                .containsPattern("\n1  1  on +[0-9.]+ +[0-9.]+ +- ")
                .doesNotContain("\n2  2  on")
                .containsPattern("R  W  LAST +CLOSED  LAST2 +CLOSED2  LAST3 +CLOSED3\n")
                .containsPattern("\n1  1  [0-9.]+/[0-9.]+ +33.3  [0-9.]+/[0-9.]+ +55.6  [0-9.]+/[0-9.]+ +70.4\n");
        assertThat(session.err()).isEmpty();
    }

    @Test
    void aVariantThatIsNamedIsMeasuredAsItIs() {
        assertThat(bench("-a quorum:reads=2,writes=1 --part visibility --trials 2 --after 1ms -o ndjson"))
                .isEqualTo(Exit.OK);
        var json = Json.object(session.out());
        assertThat(json).containsEntry("seed", 1L).containsEntry("trials", 2L).containsEntry("after", List.of("1ms"));
        assertThat(json).doesNotContainKeys("convergence", "consistency");
        assertThat(json.get("visibility"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .singleElement()
                .extracting(row -> row.get("variant"), row -> row.get("reads"), row -> row.get("versionsClosedForm"))
                .containsExactly("quorum:reads=2,writes=1", 2L, List.of(0.6667, 0.8889, 0.963));
    }

    @Test
    void theSameSeedPrintsTheSame() {
        var arguments = "-a quorum:reads=1,writes=1 --part visibility --trials 20 --after 2ms --seed ";
        bench(arguments + 7);
        var first = session.out();
        bench(arguments + 7);
        assertThat(session.out()).isEqualTo(first);
        bench(arguments + 8);
        assertThat(session.out()).isNotEqualTo(first);
    }

    @Test
    void convergenceIsPrintedByMechanism() {
        assertThat(bench("--part convergence --runs 1 --keys 9")).isEqualTo(Exit.OK);
        assertThat(session.out())
                .containsPattern("MECHANISM +CLUSTERS  AGREED +MEDIAN +LONGEST .* HINTS LEFT  KEYS HANDED OFF ")
                .containsPattern("\nnone +1 +0  never +never ")
                .containsPattern("\nhinted handoff +1 +1  [0-9]+ ms ")
                .containsPattern("\nread repair +1 +1  [0-9]+ ms ")
                .containsPattern("\nanti-entropy +1 +1  [0-9]+ ms ");
    }

    @Test
    void consistencyIsPrintedByWhatIsWrong() {
        assertThat(bench("--part consistency --runs 1 --keys 6"))
                .as("a finding is data")
                .isEqualTo(Exit.OK);
        assertThat(session.out())
                .containsPattern("STORE +WRONG +PAUSE  ACKNOWLEDGED  READS  SIBLINGS  STALE  LOST  CHECKER +PROMISE\n")
                .containsPattern(
                        "\nstrict, vector clock +a clock 1h ahead +2s +18 +42 +[0-9]+ +0 +0  regular +regular\n")
                .containsPattern("\nstrict, last write wins +nothing +0ms .* 0  regular +regular if clocks agree\n")
                .containsPattern("\nstrict, last write wins +a clock 1h ahead +2s .* [1-9][0-9]*  writes lost ")
                .containsPattern("\nsloppy, vector clock +a partition .* 0  stale reads +eventual\n");
    }

    @Test
    void whatCannotBeMeasuredIsUsage() {
        for (var flags : List.of(
                "-a raft",
                "-a quorum:reads=4",
                "-a quorum:replicas=2,reads=1,writes=1",
                "-n 1",
                "--trials 0",
                "--runs 0",
                "--keys 0",
                "--seed 0",
                "--delay 0ms",
                "--after x",
                "--part speed",
                "extra")) {
            assertThat(bench(flags)).as(flags).isEqualTo(Exit.USAGE);
        }
        assertThat(bench("-a raft")).isEqualTo(Exit.USAGE);
        assertThat(session.err()).contains("-a raft: raft has no options replicas, reads and writes");
        assertThat(bench("-a quorum:replicas=2,reads=1,writes=1")).isEqualTo(Exit.USAGE);
        assertThat(session.err()).contains("2 replicas on 3 nodes; say -n 2");
        assertThat(CommandLines.of(session.session(), List.of("bench")).execute("bench"))
                .as("what it measures is to be said")
                .isEqualTo(Exit.USAGE);
    }
}
