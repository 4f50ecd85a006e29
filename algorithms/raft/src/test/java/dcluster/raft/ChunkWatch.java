package dcluster.raft;

import dcluster.raft.Cluster.Flight;
import dcluster.raft.Cluster.Node;
import dcluster.raft.RaftMessage.InstallSnapshot;
import dcluster.raft.RandomRun.Sometimes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Looks at the chunks of a random run, for what only a window of several brings about. */
final class ChunkWatch {
    private final Consumer<Sometimes> meet;
    private final Map<SnapshotId, Integer> greatestSent = new HashMap<>();

    ChunkWatch(Consumer<Sometimes> meet) {
        this.meet = meet;
    }

    void sent(Flight flight, List<Flight> inFlight) {
        if (!(flight.message() instanceof InstallSnapshot chunk)) {
            return;
        }
        if (greatestSent.getOrDefault(chunk.snapshot(), -1) >= chunk.number()) {
            meet.accept(Sometimes.SENT_A_CHUNK_AGAIN);
        }
        greatestSent.merge(chunk.snapshot(), chunk.number(), Math::max);
        boolean others = inFlight.stream()
                .anyMatch(each -> each.message() instanceof InstallSnapshot other
                        && other.snapshot().equals(chunk.snapshot())
                        && other.number() < chunk.number());
        if (others) {
            meet.accept(Sometimes.SENT_A_CHUNK_WITHOUT_WAITING);
        }
    }

    void arriving(Node node, List<Flight> flights) {
        var incoming = node.raft.durable().incoming();
        for (var flight : flights) {
            if (incoming != null
                    && flight.message() instanceof InstallSnapshot chunk
                    && chunk.snapshot().equals(incoming.id())
                    && chunk.number() > incoming.received()) {
                meet.accept(Sometimes.MET_A_CHUNK_TOO_EARLY);
            }
        }
    }
}
