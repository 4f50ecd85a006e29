package dcluster.twophase;

import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A client's transaction over several participants. It may take several attempts, all of one age.
 *
 * @param begunNanos when it came, on the coordinator's clock
 */
record Transaction(Request request, Age age, SortedMap<NodeId, Part> parts, long begunNanos) {
    Part part(NodeId node) {
        var part = parts.get(node);
        if (part == null) {
            throw new IllegalArgumentException("no participant: node=" + node + " age=" + age);
        }
        return part;
    }

    /** Those that have something to commit. */
    List<NodeId> writers() {
        return parts.entrySet().stream()
                .filter(each -> !each.getValue().transaction().isRead())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What the client is told if it is committed: all results in the order of its commands. */
    Response committed(Map<NodeId, Result.Each> found) {
        var commands = ((Command.Transaction) request.command()).commands();
        var results = new Result[commands.size()];
        parts.forEach((node, part) -> {
            var own = found.get(node);
            for (int i = 0; own != null && i < part.places().size(); i++) {
                results[part.places().get(i)] = own.results().get(i);
            }
        });
        return new Response.Ok(new Result.Each(Arrays.asList(results)));
    }
}
