package dcluster.app.start;

import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import dcluster.config.ClusterFile;
import dcluster.config.Overrides;
import dcluster.config.PortPicker;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The cluster that somebody wants.
 *
 * @param file its cluster file; the one in the jar counts if there is none
 * @param overrides what is wanted instead of what the file says
 */
public record Wanted(Optional<Path> file, Overrides overrides) {
    /** Whether nothing is said but perhaps a name: then a cluster that is there is meant as it is. */
    boolean isOpen() {
        return file.isEmpty()
                && overrides.variant().isEmpty()
                && overrides.nodes().isEmpty()
                && overrides.sets().isEmpty();
    }

    Optional<String> name() {
        return overrides.name();
    }

    /** Whether the number of nodes is said somewhere, and not left to the file in the jar. */
    public boolean saysNodes() {
        return file.isPresent()
                || overrides.nodes().isPresent()
                || overrides.sets().stream().anyMatch(set -> set.startsWith("nodes"));
    }

    /** The same with so many nodes. */
    public Wanted withNodes(int count) {
        return new Wanted(
                file, new Overrides(overrides.variant(), OptionalInt.of(count), overrides.name(), overrides.sets()));
    }

    /** The same with that algorithm. */
    public Wanted withVariant(String variant) {
        return new Wanted(
                file, new Overrides(Optional.of(variant), overrides.nodes(), overrides.name(), overrides.sets()));
    }

    /** Reads it. */
    public ClusterConfig load(Algorithms algorithms, PortPicker ports) {
        return file.map(path -> ClusterFile.load(path, overrides, algorithms, ports))
                .orElseGet(() -> BundledConfig.load(overrides, algorithms, ports));
    }
}
