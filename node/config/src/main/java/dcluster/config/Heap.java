package dcluster.config;

import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Sequence;
import java.nio.file.Path;

/**
 * The heap that a process of a cluster needs so that all its bounds hold at once and it never runs out of memory:
 *
 * <pre>
 *   3 x storage.capacity              the data; what a frozen view of it, which is written or sent, holds of older data;
 *                                     data that is being received
 *   network.outbox for each peer      messages that wait to be sent; to nodes a coordinator that only routes counts as no
 *                                     peer, since they send it answers alone
 *   320 MiB                           64 of requests without answer, 64 of records not yet durable, 128 of the log, 64
 *                                     for all else: buffers, connections, what died and is not collected
 * </pre>
 *
 * The figures for requests, records and log are the defaults of nodes and algorithms: whoever raises those raises the
 * heap, too. A coordinator that routes has no data; one that runs the algorithm needs what a node does.
 */
public record Heap(long nodeBytes, long coordinatorBytes) {
    private static final long REST_BYTES = 320L << 20;
    private static final int COPIES = 3;
    private static final int USUAL_NODES = 3;

    private static Heap of(Storage storage, Network network, int nodes, boolean coordinatorRuns) {
        long outbox = network.outbox().bytes();
        long data = COPIES * storage.capacity().bytes();
        if (coordinatorRuns) {
            long each = data + outbox * nodes + REST_BYTES;
            return new Heap(each, each);
        }
        return new Heap(data + outbox * (nodes - 1) + REST_BYTES, outbox * nodes + REST_BYTES);
    }

    /**
     * What the processes of a {@linkplain ClusterFile#write resolved} cluster file need. Asks nothing of its algorithm,
     * which may come from a plugin.
     *
     * @throws ConfigException if the file cannot be read, or what concerns memory makes no sense
     */
    public static Heap of(Path resolved) {
        var text = ClusterText.read(resolved);
        var problems = new Problems();
        var root = YamlReader.readFile(text.name(), text.text(), problems);
        problems.throwIfAny();
        var file = root instanceof Mapping mapping ? mapping : Mapping.empty(root.place());
        int nodes = file.get("nodes").orElse(root) instanceof Sequence list
                ? list.elements().size()
                : USUAL_NODES;
        return of(
                section(file, "storage", Storage.class),
                section(file, "network", Network.class),
                nodes,
                coordinatorRuns(file));
    }

    /** Of a coordinator that routes, a resolved file says how. */
    private static boolean coordinatorRuns(Mapping file) {
        return file.get("coordinator").orElse(null) instanceof Mapping coordinator
                && coordinator.get("balance").isEmpty();
    }

    private static <T extends Record> T section(Mapping file, String key, Class<T> type) {
        return Forms.of(type).read(file.get(key).orElseGet(() -> Mapping.empty(file.place())), key);
    }
}
