package dcluster.config.standin;

import dcluster.spi.Default;
import dcluster.spi.DurationRange;
import java.time.Duration;

/** The options of Paxos, as the cluster files that come with dcluster name them. */
public final class Paxos extends StandIn<Paxos.Config> {
    public Paxos() {
        super("paxos", Config.class);
    }

    record Config(
            @Default("majority") Quorums quorums,
            @Default("400ms..800ms") DurationRange electionTimeout,
            @Default("100ms") Duration heartbeatInterval,
            @Default("read-index") Raft.ReadPath reads,
            @Default("{entries: 4096, bytes: 1MiB}") Raft.Amount batch,
            @Default("{entries: 32768, bytes: 8MiB}") Raft.Amount pipeline,
            @Default("{entries: 65536, bytes: 64MiB}") Raft.Amount inFlight,
            @Default("{entries: 50000, bytes: 32MiB}") Raft.Amount snapshotEvery,
            @Default("10000") int sessions) {}

    sealed interface Quorums {}

    record Majority() implements Quorums {}

    record Flexible(int phase1, int phase2) implements Quorums {}

    record Grid() implements Quorums {}
}
