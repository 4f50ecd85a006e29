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
 * Under load without end a node takes no more of the machine as time goes on. {@code -Ddcluster.endless=10m} lets it go on
 * for ten minutes an algorithm.
 *
 * <p>The peak of each figure in the second half is compared with that in the first, once all keys are written. What grew
 * steadily would come to twice its first peak, so a quarter more is allowed; and beside that what comes in pieces: segments of
 * the journal, the heap of a young virtual machine, a file that is open for a moment. In each half more is written than any
 * disk holds in the end, so that there was something to let go.
 */
class EndlessIT {
    private static final Duration DURATION = Duration.parse("PT" + System.getProperty("dcluster.endless", "4s"));
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int CLIENTS = 6;

    /** So much at least is written before the first half, and in each: several times what a node keeps. */
    private static final long WRITTEN_BYTES = 1 << 20;

    private static final double SHARE = 1.25;
    private static final long SEGMENT_BYTES = 64 << 10;
    private static final Footprint PIECES = new Footprint(4 * SEGMENT_BYTES, 32 << 20, 8, 4);

    @RegisterExtension
    final Clusters clusters = new Clusters();

    @ParameterizedTest
    @ValueSource(strings = {"raft", "paxos"})
    void diskMemoryAndDescriptorsStayLevelUnderEndlessLoad(String algorithm) {
        var cluster = clusters.start(
                "endless",
                "-a",
                algorithm,
                "--set",
                "options." + algorithm + ".snapshot-every={entries: 500, bytes: 64KiB}",
                "--set",
                "storage.segment=" + SEGMENT_BYTES);
        try (var churn = Churn.start(cluster, CLIENTS)) {
            Until.holds("all is warm", () -> churn.writtenBytes() > WRITTEN_BYTES);
            var first = peaks(cluster, churn);
            var second = peaks(cluster, churn);
            System.err.println(algorithm + ": " + churn + "; peaks " + first + ", then " + second);
            first.forEach((node, peak) -> requireLevel(node, peak, second.getOrDefault(node, Footprint.NONE)));
            assertThat(churn.reads()).isPositive();
        }
        cluster.awaitHealth();
        cluster.awaitAgreement();
    }

    /** The greatest figures of each node, in half the time. */
    private static Map<String, Footprint> peaks(TestCluster cluster, Churn churn) {
        var peaks = new LinkedHashMap<String, Footprint>();
        long end = System.nanoTime() + DURATION.toNanos() / 2;
        long enough = churn.writtenBytes() + WRITTEN_BYTES;
        await("half the time passes, and enough is written")
                .atMost(DURATION.plus(Until.PATIENCE))
                .pollInterval(LOOK_EVERY)
                .until(() -> {
                    cluster.nodes().forEach(node -> peaks.merge(node.id(), Footprint.of(node), Footprint::max));
                    return System.nanoTime() > end && churn.writtenBytes() > enough;
                });
        return peaks;
    }

    private static void requireLevel(String node, Footprint first, Footprint second) {
        assertThat(second.diskBytes())
                .as("%s keeps less than was written meanwhile", node)
                .isLessThan(WRITTEN_BYTES);
        requireLevel(node + ": bytes on disk", first.diskBytes(), second.diskBytes(), PIECES.diskBytes());
        requireLevel(node + ": resident bytes", first.residentBytes(), second.residentBytes(), PIECES.residentBytes());
        requireLevel(node + ": descriptors", first.descriptors(), second.descriptors(), PIECES.descriptors());
        requireLevel(node + ": threads", first.threads(), second.threads(), PIECES.threads());
    }

    private static void requireLevel(String what, long first, long second, long pieces) {
        assertThat(second).as("%s, whose peak was %s before", what, first).isLessThan((long) (SHARE * first) + pieces);
    }
}
