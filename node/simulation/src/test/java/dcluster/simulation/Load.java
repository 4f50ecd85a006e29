package dcluster.simulation;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import java.util.Random;

/** A client that reads and writes a few keys at any node, one command after the other, for ever. */
final class Load {
    private static final long PAUSE_NANOS = 20_000_000;
    private static final int KEYS = 10;

    private final Simulation<?> simulation;
    private final Random random;
    private long answered;
    private long values;

    private Load(Simulation<?> simulation, long seed) {
        this.simulation = simulation;
        this.random = new Random(seed);
    }

    static Load begin(Simulation<?> simulation, long seed) {
        var load = new Load(simulation, seed);
        load.next();
        return load;
    }

    private void next() {
        var ids = simulation.ids();
        var key = Bytes.utf8("k" + random.nextInt(KEYS));
        Command command =
                random.nextBoolean() ? new Command.Get(key) : new Command.Put(key, Bytes.utf8("v" + ++values));
        simulation.submit(ids.get(random.nextInt(ids.size())), command, this::answered);
    }

    private void answered(Answer answer) {
        answered += answer instanceof Answer.Responded responded && responded.response() instanceof Response.Ok ? 1 : 0;
        simulation.after(PAUSE_NANOS, this::next);
    }

    /** How many commands were done. */
    long answered() {
        return answered;
    }
}
