package dcluster.raft;

import dcluster.spi.Default;
import dcluster.spi.DurationRange;
import dcluster.spi.Limits;
import dcluster.toolkit.Amount;
import dcluster.toolkit.LogOptions;
import dcluster.toolkit.SessionBound;
import java.time.Duration;

/**
 * The options of Raft in a cluster file.
 *
 * @param electionTimeout how long a follower waits for a leader before it stands for election; drawn anew each time
 * @param heartbeatInterval how often an idle leader shows that it lives
 * @param preVote whether a candidate first asks whether it could win, before it disturbs anyone with a new term
 * @param checkQuorum whether a leader that hears no majority for an election timeout steps down, and whoever hears a
 *     leader ignores candidates
 * @param reads how reads are served
 * @param batch the most that one message or journal record carries; a single larger entry goes alone. Chunks of
 *     snapshots are cut by its bytes too, but not larger than {@link Limits#CHUNK_BYTES}
 * @param pipeline the most that is on its way to one follower and not yet acknowledged, entries or chunks
 * @param inFlight the most that a leader holds uncommitted; requests beyond are refused
 * @param snapshotEvery the most of the applied log that is kept in memory for followers that lag, of which a half
 *     remains when it is exceeded; the journal is rewritten when it is larger than these bytes and twice the state
 * @param sessions how many sessions of clients are remembered, as {@link SessionBound} says; the same as long as there is
 *     data
 */
record RaftConfig(
        @Default("400ms..800ms") DurationRange electionTimeout,
        @Default("100ms") Duration heartbeatInterval,
        @Default("true") boolean preVote,
        @Default("true") boolean checkQuorum,
        @Default("read-index") ReadPath reads,
        @Default("{entries: 4096, bytes: 1MiB}") Amount batch,
        @Default("{entries: 32768, bytes: 8MiB}") Amount pipeline,
        @Default("{entries: 65536, bytes: 64MiB}") Amount inFlight,
        @Default("{entries: 50000, bytes: 32MiB}") Amount snapshotEvery,
        @Default(SessionBound.USUAL) int sessions) {

    /** How a read is made linearizable. */
    enum ReadPath {
        /** As an entry of the log, like a write. */
        LOG,
        /** By a round of heartbeats that proves leadership (thesis, section 6.4). */
        READ_INDEX
    }

    RaftConfig {
        LogOptions.checkPace(electionTimeout, heartbeatInterval);
        LogOptions.checkBatch(batch, pipeline);
        SessionBound.check(sessions);
    }

    int chunkBytes() {
        return LogOptions.chunkBytes(batch);
    }
}
