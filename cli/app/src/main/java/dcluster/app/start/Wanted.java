package dcluster.app.start;

import dcluster.config.Algorithms;
import dcluster.config.ClusterConfig;
import dcluster.config.ClusterFile;
import dcluster.config.ClusterText;
import dcluster.config.Overrides;
import dcluster.config.PortPicker;
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /**
     * Reads it as another form of a cluster that is there: where no file is named, that cluster's own counts, with any
     * port for members that are new.
     */
    ClusterConfig loadOver(Existing there, PortPicker ports) {
        if (file.isPresent()) {
            return load(there.algorithms(), ports);
        }
        var name = there.cluster().folder().config().toString();
        var text = new ClusterText(name, ClusterFile.write(there.config()) + "port: 0\n");
        return ClusterFile.load(text, listing(there.config().members()), there.algorithms(), ports);
    }

    /** A count of nodes would not go over a list of them, so it becomes one: {@code n1} and so on, each as it was. */
    private Overrides listing(Membership members) {
        if (overrides.nodes().isEmpty()) {
            return overrides;
        }
        var list = IntStream.rangeClosed(1, overrides.nodes().getAsInt())
                .mapToObj(i -> new NodeId("n" + i))
                .map(id -> "{id: " + id + members.member(id).map(Wanted::place).orElse("") + "}")
                .collect(Collectors.joining(", ", "nodes=[", "]"));
        var sets = Stream.concat(overrides.sets().stream(), Stream.of(list)).toList();
        return new Overrides(overrides.variant(), OptionalInt.empty(), overrides.name(), sets);
    }

    private static String place(Member member) {
        return ", host: '" + member.host() + "'" + (member.zone().isEmpty() ? "" : ", zone: '" + member.zone() + "'");
    }

    /** Reads it. */
    public ClusterConfig load(Algorithms algorithms, PortPicker ports) {
        return file.map(path -> ClusterFile.load(path, overrides, algorithms, ports))
                .orElseGet(() -> BundledConfig.load(overrides, algorithms, ports));
    }
}
