package dcluster.app.process;

import dcluster.app.client.OperationAnswer;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Moves leadership to another node, in order: the leader is asked to hand it over, and it has moved when more than half of
 * the nodes name another one.
 */
public final class Transfer {
    /** The operation that algorithms offer for it. */
    public static final String OPERATION = "transfer";

    private final Cluster cluster;
    private final Patience patience;

    /** {@code patience} is for all of it, from now on. */
    public Transfer(Cluster cluster, Patience patience) {
        this.cluster = cluster;
        this.patience = patience;
    }

    /**
     * Leadership has moved.
     *
     * @param took from the order until more than half of the nodes named the other one
     */
    public record Moved(ClusterProcess from, ClusterProcess to, Duration took) {}

    /**
     * Waits for a leader.
     *
     * @throws Failure if there is none in time
     */
    public ClusterProcess leader() {
        return awaited(leader -> true)
                .orElseThrow(() -> new Failure(
                        Exit.UNHEALTHY,
                        "more than half of the nodes of '" + cluster.name() + "' must agree on who leads: "
                                + Leaders.of(cluster).told() + "; 'dcluster status -N " + cluster.name()
                                + "' shows more"));
    }

    /**
     * Has the leader hand over.
     *
     * @param to empty for whom the leader chooses
     * @throws Failure if no time is left to ask it, if it refuses, has not handed over in time, or may have done so and
     *     nothing shows it
     */
    public Moved order(ClusterProcess leader, Optional<ClusterProcess> to) {
        requireTime(leader);
        long began = System.nanoTime();
        var arguments = to.map(ClusterProcess::id).stream().toList();
        var answer = OperationAnswer.ask(List.of(leader.member()), OPERATION, arguments, patience.left())
                .get(leader.member());
        if (answer instanceof OperationAnswer.NotDone refused) {
            throw new Failure(Exit.NO, leader.id() + " does not hand over: " + refused.message());
        }
        if (answer instanceof OperationAnswer.NotOffered missing) {
            throw new Failure(Exit.NO, leader.id() + " cannot hand over: " + missing.message());
        }
        var next = awaited(now -> !now.id().equals(leader.id()))
                .orElseThrow(() ->
                        answer instanceof OperationAnswer.Unknown unknown ? unclear(leader, unknown) : late(leader));
        return new Moved(leader, next, Duration.ofNanos(System.nanoTime() - began));
    }

    private void requireTime(ClusterProcess leader) {
        if (patience.isOver()) {
            throw new Failure(
                    Exit.UNHEALTHY,
                    leader.id() + " leads, and was not asked to hand over: the time was up when that was known");
        }
    }

    private Optional<ClusterProcess> awaited(Predicate<ClusterProcess> wanted) {
        var found = new Found();
        patience.until(() -> {
            found.leader = Leaders.of(cluster).elected().filter(wanted);
            return found.leader.isPresent();
        });
        return found.leader;
    }

    private static final class Found {
        private Optional<ClusterProcess> leader = Optional.empty();
    }

    private Failure unclear(ClusterProcess leader, OperationAnswer.Unknown unknown) {
        return new Failure(
                Exit.UNKNOWN,
                "whether " + leader.id() + " hands over is not known: " + unknown.message() + "; "
                        + Leaders.of(cluster).told());
    }

    private Failure late(ClusterProcess leader) {
        return new Failure(
                Exit.UNHEALTHY,
                leader.id() + " has handed over, and no other node is named by more than half of the nodes in time: "
                        + Leaders.of(cluster).told());
    }
}
