package dcluster.app.command;

import dcluster.app.client.Outcome;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.Patience;
import dcluster.app.process.Selector;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.spi.Bytes;
import dcluster.spi.Member;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a request goes. */
final class KvTarget {
    @Mixin
    private ClusterOption name = new ClusterOption();

    @Option(
            names = "--at",
            paramLabel = "NODE",
            description = "The node to ask: a name or a role; by default the first that takes a connection.")
    private @Nullable String at;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How long to try while it cannot be served, and to wait for the answer; by default"
                    + " ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofSeconds(10);

    /** See {@link ClusterOption#words}. */
    List<String> clusterWords() {
        return name.words();
    }

    /** One try at a node. */
    interface Attempt {
        Outcome at(Member node, Duration patience);
    }

    /** As {@link #send(Session, Attempt)}, a request that stands alone; {@code write} is whether it changes anything. */
    Outcome send(Session session, boolean write, List<Bytes> request) {
        return send(session, (node, patience) -> Outcome.of(node.host(), node.clientPort(), patience, write, request));
    }

    /**
     * Sends a request to the nodes in turn until one serves it or the time is up. Only what certainly did not happen is
     * tried again: a refused connection, or a node that cannot serve it now, as while a leader is being elected.
     */
    Outcome send(Session session, Attempt attempt) {
        var nodes = candidates(session);
        var patience = Patience.of(timeout);
        Outcome outcome = new Outcome.Unreachable("no node runs");
        boolean worthIt = !nodes.isEmpty();
        while (worthIt) {
            worthIt = false;
            for (var node : nodes) {
                outcome = attempt.at(node, patience.left());
                if (!(outcome instanceof Outcome.Unreachable || outcome instanceof Outcome.Unavailable)) {
                    return outcome;
                }
                worthIt |= outcome instanceof Outcome.Unavailable && !patience.isOver();
            }
            Patience.pause();
        }
        return outcome;
    }

    private List<Member> candidates(Session session) {
        var cluster = name.in(session);
        if (at != null) {
            var chosen = Selector.of(cluster).select(List.of(at));
            if (chosen.size() > 1) {
                throw new Failure(Exit.USAGE, "--at takes one node, and '" + at + "' means " + chosen.size());
            }
            return List.of(chosen.get(0).member());
        }
        return cluster.running().stream().map(ClusterProcess::member).toList();
    }
}
