package dcluster.quorum;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Options of {@code quorum}; N, R and W as Dynamo calls them.
 *
 * @param replicas N: how many nodes hold each key
 * @param reads R: how many of them answer a read, from 1 to N
 * @param writes W: how many of them hold a write before it is acknowledged, from 1 to N
 * @param versions how two versions of a key are told apart
 * @param tokens how many places on the ring each node has (virtual nodes)
 * @param sloppy whether others stand in for owners that do not answer, so that fewer than R or W of them may be up
 * @param hintedHandoff whether what an owner has missed is kept, and brought to it once it answers again
 * @param readRepair whether owners that answered a read with something older are given what is newer
 * @param antiEntropy whether nodes compare all that they share, by Merkle trees
 * @param antiEntropyEvery how often each node compares with one other
 * @param handoffEvery how often a node tries to bring what it owes
 * @param tombstoneGrace how long a node remembers a deletion while it is up: whoever was away for longer brings it back
 * @param resendAfter whoever has not answered for so long is asked again, and counts as down
 * @param patience how long too few may answer until the client is told so
 * @param compactAbove the journal is not compacted below this size; above it, once it is twice as large as the state
 * @param joining nodes that hold nothing yet: they are given what is theirs
 * @param leaving nodes that give away what they hold, and are taken out of the file once they have
 */
record QuorumConfig(
        @Default("3") int replicas,
        @Default("2") int reads,
        @Default("2") int writes,
        @Default("vector-clock") Versioning versions,
        @Default("64") int tokens,
        @Default("false") boolean sloppy,
        @Default("true") boolean hintedHandoff,
        @Default("true") boolean readRepair,
        @Default("true") boolean antiEntropy,
        @Default("1s") Duration antiEntropyEvery,
        @Default("1s") Duration handoffEvery,
        @Default("24h") Duration tombstoneGrace,
        @Default("200ms") Duration resendAfter,
        @Default("2s") Duration patience,
        @Default("64MiB") ByteSize compactAbove,
        @Default("[]") List<String> joining,
        @Default("[]") List<String> leaving) {
    private static final int MOST_TOKENS = 256;
    private static final long LEAST_BYTES = 4 << 10;

    QuorumConfig {
        require(replicas >= 1, "replicas is at least 1");
        require(reads >= 1 && reads <= replicas, "reads is from 1 to replicas, " + replicas);
        require(writes >= 1 && writes <= replicas, "writes is from 1 to replicas, " + replicas);
        require(tokens >= 1 && tokens <= MOST_TOKENS, "tokens is from 1 to " + MOST_TOKENS);
        require(
                hintedHandoff || !sloppy,
                "sloppy quorums need hinted-handoff, or the owners would never hear of a write");
        Stream.of(antiEntropyEvery, handoffEvery, tombstoneGrace, resendAfter)
                .forEach(time -> require(time.toMillis() >= 1, "each time is at least 1ms"));
        require(patience.compareTo(resendAfter) >= 0, "patience is at least resend-after");
        require(compactAbove.bytes() >= LEAST_BYTES, "compact-above is at least 4KiB");
        require(joining.stream().noneMatch(leaving::contains), "a node is either joining or leaving");
        joining = joining.stream().distinct().toList();
        leaving = leaving.stream().distinct().toList();
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Whether the nodes that a read asks and those that a write reached share one, always (R + W > N, none stands in). */
    boolean isStrict() {
        return reads + writes > replicas && !sloppy;
    }

    boolean hasVectorClocks() {
        return versions == Versioning.VECTOR_CLOCK;
    }
}
