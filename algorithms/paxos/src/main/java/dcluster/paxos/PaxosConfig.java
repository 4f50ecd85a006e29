package dcluster.paxos;

import dcluster.spi.Default;
import dcluster.spi.DurationRange;
import dcluster.spi.Limits;
import dcluster.toolkit.Amount;
import dcluster.toolkit.LogOptions;
import dcluster.toolkit.SessionBound;
import java.time.Duration;

/**
 * The options of Paxos in a cluster file. Those that Raft has, too, have its names and mean the same.
 *
 * @param quorums which acceptors are enough in each phase
 * @param electionTimeout how long a replica waits for a leader before it suspects that there is none; drawn anew each time
 * @param heartbeatInterval how often an idle leader shows that it lives
 * @param reads how reads are served
 * @param batch the most values that one message or journal record carries; a single larger one goes alone. Pieces of
 *     snapshots are cut by its bytes too, but not larger than {@link Limits#CHUNK_BYTES}
 * @param pipeline the most that is on its way to one learner that lags, and of proposals that are repeated at once; a batch
 *     more at most
 * @param inFlight the most that a leader holds open, and an acceptor ahead of what it knows to be chosen; requests beyond
 *     are refused
 * @param snapshotEvery the most of what is applied that is kept in memory for learners that lag, of which a half remains
 *     when it is exceeded; the journal is rewritten when it is larger than these bytes and twice the state
 * @param sessions how many sessions of clients are remembered, as {@link SessionBound} says; the same as long as there is
 *     data
 */
record PaxosConfig(
        @Default("majority") Quorums quorums,
        @Default("400ms..800ms") DurationRange electionTimeout,
        @Default("100ms") Duration heartbeatInterval,
        @Default("read-index") ReadPath reads,
        @Default("{entries: 4096, bytes: 1MiB}") Amount batch,
        @Default("{entries: 32768, bytes: 8MiB}") Amount pipeline,
        @Default("{entries: 65536, bytes: 64MiB}") Amount inFlight,
        @Default("{entries: 50000, bytes: 32MiB}") Amount snapshotEvery,
        @Default(SessionBound.USUAL) int sessions) {

    /** How a read is made linearizable. */
    enum ReadPath {
        /** As a value of its own instance, like a write. */
        LOG,
        /** By a round of heartbeats that proves leadership (Raft thesis, section 6.4). */
        READ_INDEX
    }

    PaxosConfig {
        LogOptions.checkPace(electionTimeout, heartbeatInterval);
        LogOptions.checkBatch(batch, pipeline);
        SessionBound.check(sessions);
    }

    /** After how long what was not answered may be lost: no round trip of a cluster that keeps its leader is longer. */
    Duration patience() {
        return electionTimeout.least();
    }

    int chunkBytes() {
        return LogOptions.chunkBytes(batch);
    }
}
