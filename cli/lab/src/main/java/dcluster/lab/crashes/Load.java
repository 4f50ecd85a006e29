package dcluster.lab.crashes;

import dcluster.simulation.Simulation;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Clients that ask nodes, each one thing after the other: mostly transfers between two keys, else commands of one. Who is
 * refused waits for a while.
 */
final class Load {
    private static final long PAUSE_NANOS = 5 * Stage.MILLISECOND;
    private static final long REFUSED_PAUSE_NANOS = 200 * Stage.MILLISECOND;
    private static final int SINGLE_ONE_IN = 4;

    private final Simulation<?> simulation;
    private final List<NodeId> nodes;
    private final List<Bytes> keys;
    private final RandomGenerator random;
    private boolean ended;

    Load(Stage stage, long seed) {
        simulation = stage.simulation();
        nodes = stage.nodes();
        keys = stage.owners().keySet().stream().map(Bytes::utf8).toList();
        random = new SplittableRandom(seed);
    }

    /** So many clients begin, not all at once. */
    void begin(int clients) {
        for (int i = 0; i < clients; i++) {
            simulation.after(random.nextLong(PAUSE_NANOS), this::ask);
        }
    }

    /** What is asked by now is the last. */
    void end() {
        ended = true;
    }

    private void ask() {
        if (!ended) {
            simulation.submit(
                    nodes.get(random.nextInt(nodes.size())),
                    command(),
                    answer -> simulation.after(
                            Stage.ok(answer).isPresent() ? PAUSE_NANOS : REFUSED_PAUSE_NANOS, this::ask));
        }
    }

    private Command command() {
        var key = keys.get(random.nextInt(keys.size()));
        var other = keys.get(random.nextInt(keys.size()));
        if (random.nextInt(SINGLE_ONE_IN) > 0 && !key.equals(other)) {
            return new Command.Transaction(
                    List.of(new Command.Increment(key, -1), new Command.Increment(other, 1)), List.of());
        }
        return random.nextBoolean() ? new Command.Get(key) : new Command.Increment(key, 1);
    }
}
