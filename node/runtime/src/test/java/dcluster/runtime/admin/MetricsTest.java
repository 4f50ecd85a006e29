package dcluster.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.host.Distribution;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    /** The grammar of a sample line, from Prometheus' description of its text format, without timestamps. */
    private static final Pattern SAMPLE = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*"
            + "(\\{[a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\\\n]|\\\\[\\\\\"n])*\""
            + "(,[a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\\\n]|\\\\[\\\\\"n])*\")*})?"
            + " ([-+]?(\\d+(\\.\\d+)?([eE][-+]?\\d+)?|Inf)|NaN)");

    private final Metrics metrics = new Metrics();

    @Test
    void samplesOfOneNameStandTogetherUnderOneHelpAndType() {
        metrics.gauge("dcluster_peer_connected", "Whether a peer is connected.", () -> 1, "peer", "n2");
        metrics.counter("dcluster_turns_total", "Turns.", () -> 42);
        metrics.gauge("dcluster_peer_connected", "Whether a peer is connected.", () -> 0, "peer", "n3");

        assertThat(metrics.read().text()).isEqualTo("""
                # HELP dcluster_peer_connected Whether a peer is connected.
                # TYPE dcluster_peer_connected gauge
                dcluster_peer_connected{peer="n2"} 1
                dcluster_peer_connected{peer="n3"} 0
                # HELP dcluster_turns_total Turns.
                # TYPE dcluster_turns_total counter
                dcluster_turns_total 42
                """);
    }

    @Test
    void backslashQuoteAndLineFeedAreEscaped() {
        metrics.gauge("odd", "a \\ and\na \"quote\"", () -> 1, "label", "a \\ and\na \"quote\"", "other", "");

        assertThat(metrics.read().text()).isEqualTo("""
                # HELP odd a \\\\ and\\na "quote"
                # TYPE odd gauge
                odd{label="a \\\\ and\\na \\"quote\\"",other=""} 1
                """);
    }

    @Test
    void everyKindOfNumberFitsTheGrammar() {
        double[] values = {0, -1, 1L << 52, 1e300, -1.5e-9, 0.1, Double.NaN, Double.MAX_VALUE, Double.MIN_VALUE};
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            metrics.gauge("number", "A number.", () -> value, "i", "\\\"\n" + i);
        }
        metrics.gauge("infinite", "Too much.", () -> Double.POSITIVE_INFINITY);
        metrics.gauge("bottomless", "Too little.", () -> Double.NEGATIVE_INFINITY);
        metrics.counter("greatest_total", "All there is.", () -> Long.MAX_VALUE);

        var samples = metrics.read()
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(samples).hasSize(values.length + 3).allMatch(SAMPLE.asMatchPredicate());
        assertThat(samples).contains("infinite +Inf", "bottomless -Inf");
    }

    @Test
    void aReadingStaysAsItWas() {
        var count = new AtomicLong(1);
        metrics.counter("count_total", "Counts.", count::get);
        var reading = metrics.read();
        count.set(2);

        assertThat(reading.text()).endsWith("count_total 1\n");
        assertThat(metrics.read().text()).endsWith("count_total 2\n");
    }

    @Test
    void whatBreaksTheRulesIsRefused() {
        metrics.counter("a_total", "A.", () -> 1);
        refused(() -> metrics.counter("a_total", "A.", () -> 1), "registered twice: a_total");
        refused(
                () -> metrics.counter("a_total", "B.", () -> 1, "x", "y"),
                "one metric with two types or helps: a_total");
        refused(() -> metrics.gauge("a_total", "A.", () -> 1, "x", "y"), "one metric with two types or helps: a_total");
        refused(() -> metrics.counter("count", "B.", () -> 1), "a counter's name ends in _total: count");
        refused(() -> metrics.gauge("9lives", "C.", () -> 1), "no name for a metric: 9lives");
        refused(() -> metrics.gauge("cat", "C.", () -> 1, "__life", "9"), "no name for a label: __life");
        refused(() -> metrics.gauge("cat", "C.", () -> 1, "life"), "labels are name and value by turns: life");
    }

    @Test
    void aHistogramCountsUpToEachBoundInItsUnit() {
        var latency = new Distribution(1_000_000, 2_500_000);
        metrics.histogram("latency_seconds", "Latency.", latency, 1e9, "kind", "read");
        for (long nanos : new long[] {1, 1_000_000, 2_000_000, 7_000_000_000L}) {
            latency.record(nanos);
        }
        assertThat(metrics.read().text()).isEqualTo("""
                # HELP latency_seconds Latency.
                # TYPE latency_seconds histogram
                latency_seconds_bucket{kind="read",le="0.001"} 2
                latency_seconds_bucket{kind="read",le="0.0025"} 3
                latency_seconds_bucket{kind="read",le="+Inf"} 4
                latency_seconds_sum{kind="read"} 7.003000001
                latency_seconds_count{kind="read"} 4
                """);
    }

    @Test
    void aSummaryIsASumAndACount() {
        metrics.summary("sync_seconds", "Syncs.", () -> 0.5, () -> 7);
        assertThat(metrics.read().text()).isEqualTo("""
                # HELP sync_seconds Syncs.
                # TYPE sync_seconds summary
                sync_seconds_sum 0.5
                sync_seconds_count 7
                """);
    }

    @Test
    void whatIsNewIsRegisteredBeforeAReading() {
        var looks = new AtomicLong();
        metrics.beforeEachReading(() -> metrics.gauge("look", "Looks.", () -> 1, "nth", "" + looks.incrementAndGet()));
        var first = metrics.read();
        assertThat(metrics.read().text()).contains("look{nth=\"1\"} 1\nlook{nth=\"2\"} 1\n");
        assertThat(first.text()).contains("nth=\"1\"").doesNotContain("nth=\"2\"");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(why);
    }
}
