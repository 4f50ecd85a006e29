package dcluster.app.bench;

import dcluster.app.start.Wanted;
import dcluster.config.Algorithms;
import dcluster.config.Overrides;
import dcluster.lab.simulation.Subject;
import dcluster.simulation.Population;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Clusters of three nodes and a coordinator that are simulated. */
final class SimulatedVariant {
    private static final int NODES = 3;
    private static final int FIRST_PORT = 7001;

    private SimulatedVariant() {}

    /** Nothing listens on the ports of simulated nodes: any will do. */
    static Population<?, ?, ?, ?> of(String variant, Algorithms algorithms) {
        var overrides = new Overrides(Optional.of(variant), OptionalInt.of(NODES), Optional.empty(), List.of());
        return Subject.population(new Wanted(Optional.empty(), overrides)
                .load(algorithms, new AtomicInteger(FIRST_PORT)::getAndIncrement));
    }
}
