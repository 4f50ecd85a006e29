package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Under load without end a node takes no more of the machine as time goes on, nor remembers more sessions than it is told
 * to. {@code -Ddcluster.endless=10m} lets it go on for ten minutes an algorithm.
 *
 * <p>The second half is compared with the first, once all keys are written and more sessions were opened than are
 * remembered. In each half more is written than any disk holds in the end, so that there was something to let go.
 *
 * <ul>
 *   <li>Descriptors and threads have the same peaks, but for a few files that are open, or threads that live, for a moment:
 *       one more a second is seen where half the time is ten seconds.
 *   <li>Disks have the same peaks, but for a few segments of the journal. What grew steadily would come to twice its first
 *       peak, so a quarter more is allowed, too.
 *   <li>What the heap holds when all garbage was collected differs by what is under way, about a megabyte, and may grow by
 *       a few. Seconds of load do not come to more and show little; after ten minutes a node that kept a thirtieth of what it
 *       is told would be seen.
 *   <li>Resident memory says less: the heap of a young virtual machine takes pages until it is as large as it may be,
 *       whatever it holds. It is allowed a quarter more and some pieces of the heap, so only what is taken beside the heap
 *       would be seen in it, after minutes.
 * </ul>
 */
class EndlessIT {
    private static final Duration DURATION = Duration.parse("PT" + System.getProperty("dcluster.endless", "4s"));
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int CLIENTS = 6;
    private static final int SESSIONS = 50;

    /** So much at least is written before the first half, and in each: several times what a node keeps. */
    private static final long WRITTEN_BYTES = 1 << 20;

    private static final double SHARE = 1.25;
    private static final long SEGMENT_BYTES = 64 << 10;
    private static final Footprint PIECES = new Footprint(4 * SEGMENT_BYTES, 32 << 20, 8, 4);

    private static final long LIVE_BYTES = 4 << 20;

    @RegisterExtension
    final Clusters clusters = new Clusters();

    /** Half the time: the greatest figures of each node, and what their heaps held at its end. */
    private record Half(Map<String, Footprint> peaks, Map<String, Long> liveBytes) {}

    @ParameterizedTest
    @ValueSource(strings = {"raft", "paxos"})
    void diskMemoryDescriptorsAndSessionsStayLevelUnderEndlessLoad(String algorithm) {
        var cluster = clusters.start(
                "endless",
                "-a",
                algorithm,
                "--set",
                "options." + algorithm + ".snapshot-every={entries: 500, bytes: 64KiB}",
                "--set",
                "options." + algorithm + ".sessions=" + SESSIONS,
                "--set",
                "storage.segment=" + SEGMENT_BYTES);
        try (var churn = Churn.start(cluster, CLIENTS)) {
            Until.holds("all is warm", () -> churn.writtenBytes() > WRITTEN_BYTES && churn.sessions() > SESSIONS);
            var first = half(cluster, churn);
            var second = half(cluster, churn);
            System.err.println(algorithm + ": " + churn + "; " + first + ", then " + second);
            cluster.nodes().forEach(node -> requireLevel(node.id(), first, second));
            cluster.nodes().forEach(EndlessIT::requireSessions);
            assertThat(churn.reads()).isPositive();
        }
        cluster.awaitHealth();
        cluster.awaitAgreement();
    }

    private static Half half(TestCluster cluster, Churn churn) {
        var peaks = new LinkedHashMap<String, Footprint>();
        long end = System.nanoTime() + DURATION.toNanos() / 2;
        long before = churn.writtenBytes();
        long sessions = churn.sessions();
        await("half the time passes, and enough is written")
                .atMost(DURATION.plus(Until.PATIENCE))
                .pollInterval(LOOK_EVERY)
                .until(() -> {
                    cluster.nodes().forEach(node -> peaks.merge(node.id(), Footprint.of(node), Footprint::max));
                    return System.nanoTime() > end
                            && churn.writtenBytes() - before > WRITTEN_BYTES
                            && churn.sessions() - sessions > SESSIONS;
                });
        var live = new LinkedHashMap<String, Long>();
        cluster.nodes().forEach(node -> live.put(node.id(), LiveHeap.bytes(node)));
        return new Half(peaks, live);
    }

    private static void requireLevel(String node, Half first, Half second) {
        var before = first.peaks.getOrDefault(node, Footprint.NONE);
        var peak = second.peaks.getOrDefault(node, Footprint.NONE);
        assertThat(peak.diskBytes())
                .as("%s keeps less than was written meanwhile", node)
                .isLessThan(WRITTEN_BYTES);
        assertThat(peak.diskBytes())
                .as("%s: bytes on disk, before %s", node, before.diskBytes())
                .isLessThan((long) (SHARE * before.diskBytes()) + PIECES.diskBytes());
        assertThat(peak.residentBytes())
                .as("%s: resident bytes, before %s", node, before.residentBytes())
                .isLessThan((long) (SHARE * before.residentBytes()) + PIECES.residentBytes());
        assertThat(peak.descriptors())
                .as("%s: descriptors, before %s", node, before.descriptors())
                .isLessThan(before.descriptors() + PIECES.descriptors());
        assertThat(peak.threads())
                .as("%s: threads, before %s", node, before.threads())
                .isLessThan(before.threads() + PIECES.threads());
        long live = first.liveBytes.getOrDefault(node, 0L);
        assertThat(second.liveBytes.getOrDefault(node, 0L))
                .as("%s: live bytes of the heap, before %s", node, live)
                .isLessThan(live + LIVE_BYTES);
    }

    private static void requireSessions(TestNode node) {
        Until.passes(
                node.id() + " tells of its sessions",
                () -> assertThat(node.detail("sessions")).contains((long) SESSIONS));
    }
}
