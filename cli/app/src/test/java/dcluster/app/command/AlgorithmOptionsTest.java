package dcluster.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import dcluster.spi.DurationRange;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlgorithmOptionsTest {
    enum Reads {
        READ_INDEX,
        LOG
    }

    record Inner(@Default("1") int count, @Default("1MiB") ByteSize size) {}

    record Config(
            @Default("150ms..300ms") DurationRange electionTimeout,
            @Default("true") boolean preVote,
            @Default("read-index") Reads reads,
            Inner batch,
            @Default("{count: 2, size: 1KiB}") Inner pipeline,
            Duration phase1Timeout) {}

    @Test
    void optionsAreSpeltAsInAClusterFile() {
        assertThat(AlgorithmOptions.of(Config.class))
                .extracting(row -> row.get("option"))
                .containsExactly(
                        "election-timeout",
                        "pre-vote",
                        "reads",
                        "batch.count",
                        "batch.size",
                        "pipeline",
                        "phase-1-timeout");
    }

    @Test
    void eachHasItsTypeAndDefault() {
        var rows = AlgorithmOptions.of(Config.class);
        assertThat(rows.get(2)).containsAllEntriesOf(Map.of("type", "read-index | log", "default", "read-index"));
        assertThat(rows.get(4)).containsAllEntriesOf(Map.of("type", "size", "default", "1MiB"));
        assertThat(rows.get(5)).containsEntry("type", "{count: whole number, size: size}");
        assertThat(rows.get(6)).containsEntry("default", null);
    }
}
