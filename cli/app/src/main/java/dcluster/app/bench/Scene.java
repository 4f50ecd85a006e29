package dcluster.app.bench;

import dcluster.app.process.Cluster;
import dcluster.app.process.ClusterProcess;
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
 */
record Scene(Cluster cluster, ClusterProcess leader, ClusterProcess next, ClusterProcess bystander) {
    private static final Duration STEP = Duration.ofSeconds(30);

    /** For how long nothing is done, where that is the strike. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final int MOST_ORDERS = 5;
    private static final int LEAST_BEFORE = 50;
    private static final int SPREAD_BEFORE = 200;

    /** So many more writes are acknowledged, and they are no longer out. */
    private static final int AFTER = 50;

    /** As things are now; who plays what is drawn. */
    static Scene of(Cluster cluster, SplittableRandom random) {
        var leader = new Transfer(cluster, Patience.of(STEP)).leader();
        var others = new ArrayList<>(cluster.running().stream()
                .filter(each -> !each.record().coordinator() && !each.id().equals(leader.id()))
                .toList());
        if (others.size() < 2) {
            throw new Failure(Exit.UNHEALTHY, "only " + others.size() + " nodes run beside the leader");
        }
        var next = others.remove(random.nextInt(others.size()));
        return new Scene(cluster, leader, next, others.get(random.nextInt(others.size())));
    }

    /** Strikes the leader while a client writes that key. A leader that was killed is left dead. */
    Felt play(Strike strike, String key, SplittableRandom random) {
        var writer = new Writer(bystander.member(), key);
        var leads = "";
        Optional<String> trouble = Optional.empty();
        try (writer) {
            awaitWrites(writer, LEAST_BEFORE + random.nextInt(SPREAD_BEFORE), "before");
            writer.watch();
            leads = strike(strike);
            awaitWrites(writer, AFTER, "after");
        } catch (Failure e) {
            trouble = Optional.of(String.valueOf(e.getMessage()));
        }
        var found = writer.readBack(bystander.member());
        long pid = leader.running().orElseThrow().pid();
        return new Felt(strike, leader.id(), pid, leads, writer.seen(), trouble.or(found::trouble), found.lost());
    }

    private static void awaitWrites(Writer writer, int count, String when) {
        if (!writer.awaits(count, Patience.of(STEP))) {
            throw new Failure(
                    Exit.UNHEALTHY,
                    "fewer than " + count + " writes were acknowledged " + when + " it in " + STEP.toSeconds() + " s");
        }
    }

    /** Gives who leads then. */
    private String strike(Strike strike) {
        return switch (strike) {
            case NONE -> quiet();
            case TRANSFER -> handOver();
            case CRASH -> crash();
        };
    }

    private String quiet() {
        Patience.of(QUIET).until(() -> false);
        return new Transfer(cluster, Patience.of(STEP)).leader().id();
    }

    /** A leader that refuses, because the other node has not caught up in its time, is asked again, and all of that counts. */
    private String handOver() {
        var transfer = new Transfer(cluster, Patience.of(STEP));
        for (int attempt = 1; ; attempt++) {
            try {
                return transfer.order(leader, Optional.of(next)).to().id();
            } catch (Failure e) {
                if (e.exit() != Exit.NO || attempt == MOST_ORDERS) {
                    throw e;
                }
            }
        }
    }

    private String crash() {
        cluster.kill(List.of(leader));
        var after = new Transfer(cluster, Patience.of(STEP)).leader();
        if (after.id().equals(leader.id())) {
            throw new Failure(Exit.UNHEALTHY, leader.id() + " was killed, and leads");
        }
        return after.id();
    }
}
