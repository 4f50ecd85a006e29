package dcluster.lab.staleness;

import dcluster.simulation.Links.Quality;
import dcluster.simulation.Tempo;
import java.util.random.RandomGenerator;

/** How long each step of an operation takes, in nanoseconds, drawn anew each time. */
interface Delays {
    /** A message from one node to another. */
    long way(RandomGenerator random);

    /** A sync of a disk. */
    long sync(RandomGenerator random);

    /** Until a node comes to what it was given. */
    long turn(RandomGenerator random);

    /** A message from a client to a node, or back. */
    long client(RandomGenerator random);

    /** Those of a simulation whose links are like that. */
    static Delays ofSimulation(Quality links) {
        return new Delays() {
            @Override
            public long way(RandomGenerator random) {
                return links.wayNanos(random.nextLong(), random.nextDouble());
            }

            @Override
            public long sync(RandomGenerator random) {
                return Tempo.syncNanos(random.nextLong());
            }

            @Override
            public long turn(RandomGenerator random) {
                return Tempo.turnNanos(random.nextLong());
            }

            @Override
            public long client(RandomGenerator random) {
                return Tempo.clientNanos(random.nextLong());
            }
        };
    }
}
