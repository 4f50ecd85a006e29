package dcluster.runtime;

import dcluster.journal.JournalThread;
import dcluster.runtime.admin.Metrics;
import dcluster.runtime.gateway.Gateway;

/** The figures of journal and gateway under the names that Prometheus sees. */
final class MemberMetrics {
    private static final double NANOS_A_SECOND = 1e9;

    private MemberMetrics() {}

    static void register(Metrics metrics, JournalThread journal, Gateway gateway) {
        metrics.gauge("dcluster_journal_size_bytes", "What a restart would replay.", journal::bytes);
        metrics.counter(
                "dcluster_journal_writes_total",
                "Writes of one turn or several.",
                () -> journal.metrics().writes());
        metrics.counter(
                "dcluster_journal_records_total",
                "Records written.",
                () -> journal.metrics().records());
        metrics.counter(
                "dcluster_journal_bytes_total",
                "Bytes written.",
                () -> journal.metrics().bytes());
        metrics.counter(
                "dcluster_journal_syncs_total",
                "Syncs.",
                () -> journal.metrics().syncs());
        metrics.gauge(
                "dcluster_journal_longest_sync_seconds",
                "The longest sync so far.",
                () -> journal.metrics().maxSyncNanos() / NANOS_A_SECOND);
        metrics.gauge(
                "dcluster_clients",
                "Connected clients.",
                () -> gateway.metrics().connections());
        metrics.counter(
                "dcluster_client_requests_total",
                "Requests of clients.",
                () -> gateway.metrics().requests());
        metrics.counter(
                "dcluster_client_unknown_total",
                "Requests whose outcome is unknown.",
                () -> gateway.metrics().unknown());
        metrics.counter(
                "dcluster_client_failed_total",
                "Requests that certainly failed.",
                () -> gateway.metrics().failed());
    }
}
