package dcluster.app.bench;

import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
import dcluster.app.process.Leaders;
import dcluster.app.process.Patience;
import dcluster.app.process.Transfer;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A leader that is to be struck, the node that is to lead next if it hands over, and one that is neither, to which a client
 * writes. After a crash either of these may lead.
 *
 * <p>Whatever the strike, it is watched for equally long, and the nodes are asked all the while who leads: a maximum over a
 * longer time is a larger one, and the questions themselves take a part of the machine.
 */
record Scene(Cluster cluster, ClusterProcess leader, ClusterProcess next, ClusterProcess bystander, Pace pace) {
    private static final int LEAST_BEFORE = 50;
    private static final int SPREAD_BEFORE = 200;

    /** So many more writes are acknowledged, and they are no longer out. */
    private static final int AFTER = 50;

    /** An order that is not answered leaves the time to give others. */
    private static final int ORDERS_IN_STEP = 4;

    /**
     * How long things take.
     *
     * @param window for how long at least the client is watched from a strike on
     * @param step how long anything that is waited for may take
     */
    record Pace(Duration window, Duration step) {
        static final Pace USUAL = new Pace(Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    /** As things are now; who plays what is drawn. */
    static Scene of(Cluster cluster, SplittableRandom random, Pace pace) {
        requireAll(cluster);
        var leader = new Transfer(cluster, Patience.of(pace.step)).leader();
        var others = new ArrayList<>(cluster.running().stream()
                .filter(each -> !each.record().coordinator() && !each.id().equals(leader.id()))
                .toList());
        if (others.size() < 2) {
            throw new Failure(Exit.UNHEALTHY, "only " + others.size() + " nodes run beside the leader");
        }
        var next = others.remove(random.nextInt(others.size()));
        return new Scene(cluster, leader, next, others.get(random.nextInt(others.size())), pace);
    }

    private static void requireAll(Cluster cluster) {
        cluster.processes().stream()
                .filter(each -> !each.isRunning())
                .findFirst()
                .ifPresent(down -> {
                    throw new Failure(Exit.UNHEALTHY, down.id() + " does not run, it is " + down.state());
                });
    }

    /** Strikes the leader while a client writes that key. A leader that was killed is left dead. */
    Felt play(Strike strike, String key, SplittableRandom random) {
        var writer = new Writer(bystander.member(), key);
        var leads = "";
        double millis = Double.NaN;
        var troubles = new ArrayList<String>();
        try (writer) {
            awaitWrites(writer, LEAST_BEFORE + random.nextInt(SPREAD_BEFORE));
            requireUnchanged();
            writer.watch();
            var window = Patience.of(pace.window);
            leads = strike(strike);
            watch(strike, window, writer);
            millis = writer.longestMillis();
        } catch (Failure e) {
            troubles.add(String.valueOf(e.getMessage()));
        }
        var found = writer.readBack(bystander.member());
        found.trouble().ifPresent(troubles::add);
        long pid = leader.running().orElseThrow().pid();
        return new Felt(leader.id(), pid, leads, millis, writer.seen(), troubles, found.wrong());
    }

    private void awaitWrites(Writer writer, int count) {
        if (!writer.awaits(count, Patience.of(pace.step))) {
            throw tooFewWrites(count, "before");
        }
    }

    /** What was drawn holds yet; a process that has crashed by itself is not to pass for one that was killed. */
    private void requireUnchanged() {
        requireLeader(Optional.of(transfer().leader()));
        requireAll(cluster);
    }

    /** That nobody leads may pass. */
    private void requireLeader(Optional<ClusterProcess> now) {
        now.filter(other -> !other.id().equals(leader.id())).ifPresent(other -> {
            throw new Failure(
                    Exit.UNHEALTHY, "another election came first: " + other.id() + " leads, and not " + leader.id());
        });
    }

    /** Gives who leads then. */
    private String strike(Strike strike) {
        return switch (strike) {
            case NONE -> leader.id();
            case TRANSFER -> handOver();
            case CRASH -> crash();
        };
    }

    /** A leader that refuses, or goes on since the other node did not stand in time, is asked again; all of that counts. */
    private String handOver() {
        var patience = Patience.of(pace.step);
        while (true) {
            try {
                var once = new Transfer(cluster, Patience.of(pace.step.dividedBy(ORDERS_IN_STEP)));
                return asOrdered(once.order(leader, Optional.of(next)));
            } catch (Failure e) {
                boolean mayBeAskedAgain = e.exit() == Exit.NO || e.exit() == Exit.UNKNOWN;
                if (!mayBeAskedAgain || patience.isOver()) {
                    throw e;
                }
            }
            var leads = Leaders.of(cluster).elected();
            if (leads.filter(now -> now.id().equals(next.id())).isPresent()) {
                return next.id();
            }
            requireLeader(leads);
            Patience.pause();
        }
    }

    private Transfer transfer() {
        return new Transfer(cluster, Patience.of(pace.step));
    }

    private String asOrdered(Transfer.Moved moved) {
        if (!moved.to().id().equals(next.id())) {
            throw new Failure(
                    Exit.UNHEALTHY,
                    "another election came first: " + moved.to().id() + " leads, and not " + next.id()
                            + " as was ordered");
        }
        return next.id();
    }

    private String crash() {
        cluster.kill(List.of(leader));
        return transfer().leader().id();
    }

    /**
     * Until the window is over, and writes are no longer out since the strike is over. Where that is nothing, the leader stays
     * whom it was; elections that follow another strike are of what it costs.
     */
    private void watch(Strike strike, Patience window, Writer writer) {
        long goal = writer.seen().acknowledged() + AFTER;
        boolean goesOn = Patience.of(pace.step).until(() -> {
            var leads = Leaders.of(cluster).elected();
            if (strike == Strike.NONE) {
                requireLeader(leads);
            }
            return window.isOver() && writer.seen().acknowledged() >= goal;
        });
        if (!goesOn) {
            throw tooFewWrites(AFTER, "after");
        }
    }

    private Failure tooFewWrites(int count, String when) {
        return new Failure(
                Exit.UNHEALTHY,
                "fewer than " + count + " writes were acknowledged " + when + " it in " + pace.step.toSeconds() + " s");
    }
}
