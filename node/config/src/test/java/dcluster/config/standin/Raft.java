package dcluster.config.standin;

import dcluster.spi.ByteSize;
import dcluster.spi.Default;
import dcluster.spi.DurationRange;
import java.time.Duration;

/** The options of Raft, as the cluster files that come with dcluster name them. */
public final class Raft extends StandIn<Raft.Config> {
    public Raft() {
        super("raft", Config.class);
    }

    record Config(
            @Default("400ms..800ms") DurationRange electionTimeout,
            @Default("100ms") Duration heartbeatInterval,
            @Default("true") boolean preVote,
            @Default("true") boolean checkQuorum,
            @Default("read-index") ReadPath reads,
            @Default("{entries: 4096, bytes: 1MiB}") Amount batch,
            @Default("{entries: 32768, bytes: 8MiB}") Amount pipeline,
            @Default("{entries: 65536, bytes: 64MiB}") Amount inFlight,
            @Default("{entries: 50000, bytes: 32MiB}") Amount snapshotEvery,
            @Default("10000") int sessions) {
        Config {
            if (heartbeatInterval.compareTo(electionTimeout.least()) >= 0) {
                throw new IllegalArgumentException("heartbeat-interval " + heartbeatInterval
                        + " is below the least election-timeout " + electionTimeout.least());
            }
        }
    }

    enum ReadPath {
        LOG,
        READ_INDEX
    }

    record Amount(int entries, ByteSize bytes) {
        Amount {
            if (entries < 1) {
                throw new IllegalArgumentException("at least one entry must fit: entries=" + entries);
            }
        }
    }
}
