package dcluster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.command.TestSession;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Json;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class BenchCrashesTest {
    private final TestSession session = new TestSession();

    private int bench(String arguments) {
        session.reset();
        var words = ("bench " + arguments).strip().split(" ");
        return CommandLines.of(session.session(), List.of(words)).execute(words);
    }

    @Test
    void eachPointIsARowWithWhatBecameOfTheTransaction() {
        assertThat(bench("crashes --protocol presumed-commit --termination cooperative --down 2s"))
                .isEqualTo(Exit.OK);
        assertThat(session.out())
                .startsWith("dcluster bench crashes --protocol presumed-commit --termination cooperative --down 2s"
                        + " --seed 1\n\ntwo-phase-commit:protocol=presumed-commit,termination=cooperative\n")
                .containsPattern(
                        "coordinator 3 +journals Decided 1 .* unknown +nowhere +2[0-9]{3} ms .* at n1, .* at n2")
                .containsPattern("coordinator 4 +durable Decided 1 .* committed ")
                .containsPattern("participant 4 +sent Vote 1 .* committed +committed ")
                .containsPattern("all, at a participant's 7 +durable Committed 1 ")
                .doesNotContain("coordinator 7", "VIOLATION", "not met");
        assertThat(session.err()).isEmpty();
    }

    @Test
    void blockingIsTheSameForTheSameSeedAndEndsByAskingWhereSomebodyKnows() {
        var worst = "blocking --protocol basic --down 1s --runs 1 --keys 20 --clients 10 -o ndjson";
        assertThat(bench(worst)).isEqualTo(Exit.OK);
        var first = session.out();
        bench(worst);
        assertThat(session.out()).isEqualTo(first);
        var json = Json.object(first);
        assertThat(json).containsEntry("confirmed", true).containsEntry("left", 0L);
        assertThat(json.get("variants"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.get("longestSeconds"))
                        .as("at least as long as the coordinator was away")
                        .asInstanceOf(InstanceOfAssertFactories.MAP)
                        .extractingByKey("least", InstanceOfAssertFactories.DOUBLE)
                        .isGreaterThanOrEqualTo(1.0));
    }

    @Test
    void whatCannotBeMeasuredIsUsage() {
        for (var flags : List.of(
                "crashes --protocol three-phase",
                "crashes --down 0s",
                "crashes --seed 0",
                "blocking --termination nobody",
                "blocking --runs 0",
                "blocking --keys 1",
                "blocking --clients 0",
                "blocking --when dies")) {
            assertThat(bench(flags)).as(flags).isEqualTo(Exit.USAGE);
        }
        assertThat(session.err()).contains("no point begins with 'dies', but with sends, sent, receives");
    }
}
