package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.process.LocalMachine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchFailoverIT {
    @RegisterExtension
    final Clusters clusters = new Clusters();

    @ParameterizedTest
    @ValueSource(strings = {"raft", "paxos"})
    void eachStrikeIsFeltAndNothingIsLeft(String algorithm) {
        var bench = clusters.cli()
                .run("bench", "failover", "-a", algorithm, "--rounds", "1", "-o", "json")
                .exits(0);
        assertThat(bench.json())
                .containsEntry("rounds", 1L)
                .containsKeys("machine", "clusters")
                .containsEntry("crashed", List.of());

        strike(bench, "none");
        var transfer = strike(bench, "transfer");
        assertThat(transfer.get("next")).isNotEqualTo(transfer.get("leader"));
        var crash = strike(bench, "crash");
        assertThat(crash.get("next")).isNotEqualTo(crash.get("leader"));
        assertThat(new LocalMachine().process((Long) Objects.requireNonNull(crash.get("pid"))))
                .isEmpty();

        assertThat(clusters.cli().temporary()).isEmptyDirectory();
    }

    /** The only one of its kind; whatever its kind, a client has felt it. */
    private static Map<?, ?> strike(Cli.Result bench, String kind) {
        var measurements = (List<?>) Objects.requireNonNull(bench.json().get("measurements"));
        var measured = (Map<?, ?>) measurements.stream()
                .filter(each -> kind.equals(((Map<?, ?>) each).get("strike")))
                .findFirst()
                .orElseThrow();
        assertThat(measured.get("known")).isEqualTo(1L);
        assertThat((Double) measured.get("medianMillis")).isPositive();
        var strikes = (List<?>) Objects.requireNonNull(measured.get("strikes"));
        assertThat(strikes).hasSize(1);
        var felt = (Map<?, ?>) strikes.get(0);
        assertThat((Long) felt.get("acknowledged")).isGreaterThan(100);
        assertThat(felt.get("troubles")).isEqualTo(List.of());
        assertThat(felt.get("wrong")).isNull();
        return felt;
    }
}
