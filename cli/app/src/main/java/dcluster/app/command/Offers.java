package dcluster.app.command;

import dcluster.app.start.BundledConfig;
import dcluster.config.AlgorithmChoice;
import dcluster.config.Algorithms;
import dcluster.config.ConfigException;
import dcluster.config.Overrides;
import dcluster.config.PortPicker;
import dcluster.spi.Traits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What algorithms promise and offer with all options at their defaults. */
final class Offers {
    private Offers() {}

    /** The names of those that offer operators this, among all that are known. */
    static List<String> of(String operation, Algorithms algorithms) {
        return algorithms.names().stream()
                .filter(name -> traits(name, algorithms)
                        .filter(traits -> traits.operations().containsKey(operation))
                        .isPresent())
                .toList();
    }

    /** What an algorithm promises; empty if it has an option without a default. */
    static Optional<Traits> traits(String name, Algorithms algorithms) {
        // Some algorithms run on one node only, some on several only.
        return IntStream.of(3, 1)
                .mapToObj(nodes -> choice(name, nodes, algorithms))
                .flatMap(Optional::stream)
                .findFirst()
                .map(AlgorithmChoice::traits);
    }

    private static Optional<AlgorithmChoice> choice(String name, int nodes, Algorithms algorithms) {
        var overrides = new Overrides(Optional.of(name), OptionalInt.of(nodes), Optional.empty(), List.of());
        try {
            return Optional.of(
                    BundledConfig.load(overrides, algorithms, PortPicker.free()).algorithm());
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }
}
