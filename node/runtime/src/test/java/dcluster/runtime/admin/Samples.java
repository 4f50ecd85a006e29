package dcluster.runtime.admin;

import dcluster.spi.NodeId;
import dcluster.spi.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Values for tests. */
final class Samples {
    static final FaultOrders NO_FAULTS = new FaultOrders(false, point -> {}, List::of);

    private Samples() {}

    static Operations operations() {
        return new Operations(
                new TreeMap<>(Map.of("echo", "Answers with its arguments.", "wait", "Waits. No arguments.")),
                (operation, whenAnswered) -> {});
    }

    static NodeStatus status(Optional<NodeId> leader) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("term", 7L);
        details.put("caughtUp", true);
        details.put("last words", "a \"quoted\" text");
        return new NodeStatus(
                new NodeStatus.Identity(new NodeId("n1"), "demo", "raft", Map.of("preVote", false), "0.1.0"),
                new NodeStatus.Life(4711, 3, Instant.parse("2026-01-01T00:00:00.123Z"), Duration.ofMillis(4321)),
                new Status("follower", leader, 99, 0xabcL, details),
                List.of(
                        new NodeStatus.Peer(new NodeId("n2"), true, null),
                        new NodeStatus.Peer(new NodeId("n3"), false, "the clusters differ")),
                new NodeStatus.Journal(65536, 12),
                new NodeStatus.Ports(7001, 17001, 27001));
    }
}
