package dcluster.runtime;

import dcluster.host.Figure;
import dcluster.host.Resident;
import dcluster.journal.JournalThread;
import dcluster.runtime.admin.Metrics;

/** The figures of resident and journal under the names that Prometheus sees. */
final class MemberMetrics {
    private static final double NANOS_A_SECOND = 1e9;

    private MemberMetrics() {}

    static void register(Metrics metrics, Resident<?> resident) {
        resident.figures().forEach((name, figure) -> {
            if (figure instanceof Figure.Count count) {
                metrics.counter("dcluster_host_" + name + "_total", count.help(), count.value());
            } else if (figure instanceof Figure.Spread spread) {
                metrics.histogram("dcluster_host_" + name, spread.help(), spread.values(), 1);
            }
        });
        ReplicaFigures.register(metrics, resident::status);
    }

    static void register(Metrics metrics, JournalThread journal) {
        metrics.gauge(
                "dcluster_journal_size_bytes", "The journal's size, which a restart would replay.", journal::bytes);
        metrics.counter(
                "dcluster_journal_writes_total",
                "Writes to the journal's file, each of the records of one turn or several.",
                () -> journal.metrics().writes());
        metrics.counter(
                "dcluster_journal_records_total",
                "Records written to the journal; divided by the writes, how many shared one.",
                () -> journal.metrics().records());
        metrics.counter(
                "dcluster_journal_bytes_total",
                "Bytes written to the journal, frames included, compactions left out.",
                () -> journal.metrics().bytes());
        metrics.counter(
                "dcluster_journal_syncs_total",
                "Syncs of the journal's file that succeeded.",
                () -> journal.metrics().syncs());
        metrics.summary(
                "dcluster_journal_sync_seconds",
                "How long the syncs of the journal's file took; the sum divided by the count is their mean.",
                () -> journal.metrics().syncNanos() / NANOS_A_SECOND,
                () -> journal.metrics().syncs());
        metrics.gauge(
                "dcluster_journal_latest_sync_seconds",
                "How long the latest sync took.",
                () -> journal.metrics().lastSyncNanos() / NANOS_A_SECOND);
        metrics.gauge(
                "dcluster_journal_longest_sync_seconds",
                "How long the longest sync since the start took.",
                () -> journal.metrics().maxSyncNanos() / NANOS_A_SECOND);
    }
}
