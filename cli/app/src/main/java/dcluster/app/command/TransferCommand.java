package dcluster.app.command;

import dcluster.app.client.OperationAnswer;
import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.Leaders;
import dcluster.app.process.Patience;
import dcluster.app.process.Selector;
import dcluster.app.process.Transfer;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.config.Algorithms;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "transfer",
        description = {
            "Move leadership to another node, in order.",
            "Writes are out for less long than by a crash. The leader lets what is under way end, takes nothing new"
                    + " meanwhile, and tells the other node to stand at once. It has moved when more than half of the"
                    + " nodes name another leader. If it does not move in the leader's own time, an election timeout,"
                    + " the leader goes on.",
            "Exits with 0 if it has moved, or if the one that is named leads already; with 1 if the leader refuses or"
                    + " another one than was named leads then, or the algorithm has no such thing; with 2 if the leader"
                    + " may hand over yet; with 4 if there is no leader, the named node does not run, or it has not moved"
                    + " in time."
        },
        footer = {"", "JSON: cluster; moved, whether it has; from and to, nodes; millis, how long it took."})
final class TransferCommand implements Callable<Integer> {
    private static final Duration ASK = Duration.ofSeconds(1);

    private final Session session;

    @Mixin
    private ClusterOption name = new ClusterOption();

    @Option(
            names = "--to",
            paramLabel = "NODE",
            description =
                    "A name, or what it is now: n2, follower, random(1); by default one that is up to date, which the"
                            + " leader chooses.")
    private @Nullable String to;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "5s",
            converter = DurationConverter.class,
            description = "How long all of it may take; by default ${DEFAULT-VALUE}.")
    private Duration wait = Duration.ofSeconds(5);

    @Mixin
    private FormatOption format = new FormatOption();

    TransferCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var cluster = name.in(session);
        requireRunning(cluster);
        requireOffer(cluster);
        var transfer = new Transfer(cluster, Patience.of(wait));
        var leader = transfer.leader();
        if (to != null && (to.equals(leader.id()) || to.equals("leader"))) {
            show(cluster, new Transfer.Moved(leader, leader, Duration.ZERO));
            return Exit.OK;
        }
        var target = target(cluster, leader);
        var moved = transfer.order(leader, target);
        show(cluster, moved);
        return end(target, moved);
    }

    private static void requireRunning(Cluster cluster) {
        if (!cluster.isRunning()) {
            throw new Failure(
                    Exit.UNHEALTHY,
                    "the cluster '" + cluster.name() + "' does not run; 'dcluster start -N " + cluster.name()
                            + "' starts it");
        }
    }

    /** What an algorithm without a leader does not know, it shall not be waited for. */
    private void requireOffer(Cluster cluster) {
        var members = Leaders.of(cluster).answering();
        var offered = OperationAnswer.offered(members, ASK);
        if (offered.isPresent() && !offered.get().contains(Transfer.OPERATION)) {
            throw new Failure(
                    Exit.NO,
                    "the algorithm of '" + cluster.name() + "' has no leadership to hand over; those that have: "
                            + String.join(
                                    ", ",
                                    Offers.of(
                                            Transfer.OPERATION,
                                            Algorithms.load(session.home().plugins()))));
        }
    }

    private Optional<ClusterProcess> target(Cluster cluster, ClusterProcess leader) {
        if (to == null) {
            return Optional.empty();
        }
        var chosen = Selector.of(cluster).without(leader).select(List.of(to));
        if (chosen.size() > 1) {
            throw new Failure(
                    Exit.USAGE,
                    "--to is one node, and '" + to + "' means "
                            + chosen.stream().map(ClusterProcess::id).collect(Collectors.joining(" and ")));
        }
        var one = chosen.get(0);
        if (!one.isRunning()) {
            throw new Failure(
                    Exit.UNHEALTHY,
                    one.id() + " does not run, it is " + one.state() + "; 'dcluster restart " + one.id() + " -N "
                            + cluster.name() + "' starts it");
        }
        return Optional.of(one);
    }

    private void show(Cluster cluster, Transfer.Moved moved) {
        var output = format.in(session);
        boolean hasMoved = !moved.from().id().equals(moved.to().id());
        if (output.isTable()) {
            output.line(
                    hasMoved
                            ? "leadership of '" + cluster.name() + "' has moved from "
                                    + moved.from().id() + " to " + moved.to().id() + " (took "
                                    + moved.took().toMillis() + " ms)"
                            : moved.to().id() + " leads '" + cluster.name() + "' already");
            return;
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("cluster", cluster.name());
        json.put("moved", hasMoved);
        json.put("from", moved.from().id());
        json.put("to", moved.to().id());
        json.put("millis", moved.took().toMillis());
        output.object(json);
    }

    private int end(Optional<ClusterProcess> target, Transfer.Moved moved) {
        var missed = target.filter(wanted -> !wanted.id().equals(moved.to().id()));
        missed.ifPresent(
                wanted -> session.say("it was to move to " + wanted.id() + ", but another election came first"));
        return missed.isPresent() ? Exit.NO : Exit.OK;
    }
}
