package dcluster.runtime.admin;

import dcluster.spi.NodeId;
import dcluster.spi.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node process is and does at one moment, as {@code /status} shows it: one flat JSON object with keys in camel
 * case. Immutable, made on the node's loop and rendered on the admin's.
 *
 * @param replica what the algorithm says of itself
 * @param peers the other members, coordinator included, in the order of the cluster file
 */
public record NodeStatus(Identity identity, Life life, Status replica, List<Peer> peers, Journal journal, Ports ports) {

    /**
     * Who it is. {@code options} are the algorithm's, as {@code AlgorithmChoice.plainOptions} gives them; {@code
     * version} is dcluster's.
     */
    public record Identity(
            NodeId node, String cluster, String algorithm, Map<String, @Nullable Object> options, String version) {}

    /**
     * Its process: the operating system's id, how often it was started on its folder (from 1), since when and for how
     * long.
     */
    public record Life(long pid, long incarnation, Instant startedAt, Duration uptime) {}

    /**
     * A connection to another member; {@code refusedBecause} is what that member said when it last refused one, if it
     * did.
     */
    public record Peer(
            NodeId node, boolean connected, @Nullable String refusedBecause) {}

    /** The journal's size in bytes and how often it was synced since the start. */
    public record Journal(long bytes, long syncs) {}

    /** Where it listens. */
    public record Ports(int client, int peer, int admin) {}

    public NodeStatus {
        peers = List.copyOf(peers);
    }

    /**
     * The state hash has 16 hexadecimal digits; an unknown leader is null; {@code refusedBecause} is there only if set;
     * what the algorithm calls {@code first index} is {@code firstIndex}.
     */
    public JsonObject toJson() {
        return new JsonObject()
                .put("node", identity.node.name())
                .put("cluster", identity.cluster)
                .put("algorithm", identity.algorithm)
                .put("options", new JsonObject(identity.options))
                .put("version", identity.version)
                .put("pid", life.pid)
                .put("incarnation", life.incarnation)
                .put("startedAt", life.startedAt.toString())
                .put("uptimeMillis", life.uptime.toMillis())
                .put("role", replica.role())
                .put("leader", replica.leader().map(NodeId::name).orElse(null))
                .put("applied", replica.applied())
                .put("stateHash", String.format("%016x", replica.stateHash()))
                .put("details", details())
                .put("peers", new JsonArray(peers.stream().map(NodeStatus::json).toList()))
                .put("journal", new JsonObject().put("bytes", journal.bytes).put("syncs", journal.syncs))
                .put(
                        "ports",
                        new JsonObject()
                                .put("client", ports.client)
                                .put("peer", ports.peer)
                                .put("admin", ports.admin));
    }

    private JsonObject details() {
        var json = new JsonObject();
        replica.details().forEach((name, value) -> json.put(JsonValues.key(name), JsonValues.of(value)));
        return json;
    }

    private static JsonObject json(Peer peer) {
        var json = new JsonObject().put("node", peer.node.name()).put("connected", peer.connected);
        return peer.refusedBecause == null ? json : json.put("refusedBecause", peer.refusedBecause);
    }
}
