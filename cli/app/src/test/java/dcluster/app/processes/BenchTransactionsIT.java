package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BenchTransactionsIT {
    @RegisterExtension
    final Clusters clusters = new Clusters();

    @Test
    void aClusterOfItsOwnIsMeasuredAndNothingIsLeftOfIt() {
        var bench = clusters.cli()
                .run(
                        "bench transactions -a two-phase-commit -n 2 --connections 6 --contenders 4 --for 300ms --warm-up 50ms --rounds 1 -o json"
                                .split(" "))
                .exits(0);
        assertThat(bench.json()).containsEntry("connections", 6L).containsKeys("machine", "clusters");
        assertThat(bench.json().get("measurements"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .allSatisfy(row -> {
                    assertThat((Long) row.get("committed")).isPositive();
                    assertThat(row.get("unknown")).isEqualTo(0L);
                    assertThat(row.get("refused")).isEqualTo(0L);
                })
                .extracting(row -> row.get("work"))
                .containsExactly("single-key", "one-shard", "two-shards", "contended");
        assertThat(clusters.cli().temporary()).isEmptyDirectory();
        assertThat(clusters.cli().home().clusters()).isEmpty();
    }

    /** What it does not serve is told; and where no keys are shared out, there is no work over two shards. */
    @Test
    void aClusterThatRunsIsMeasuredAsItIs() {
        var registers = clusters.start("registers", "-a", "abd", "-n", "1");
        var bench = clusters.cli()
                .run(
                        "bench transactions -N registers --connections 2 --contenders 2 --for 200ms --warm-up 50ms --rounds 1"
                                .split(" "))
                .exits(3);
        assertThat(bench.out()
                        .lines()
                        .filter(line -> line.contains(" abd "))
                        .map(line -> line.substring(0, 10))
                        .toList())
                .isEqualTo(List.of("single-key", "one-shard ", "contended "));
        assertThat(bench.err())
                .contains("inconclusive: in a round of one-shard of abd nothing was committed; n1: ERR ");
        assertThat(registers.nodes()).hasSize(1);
    }
}
