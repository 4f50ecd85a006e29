package dcluster.config;

import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Nothing;
import dcluster.config.Yaml.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads cluster files, and writes one that says everything; what stands in them is told in the package documentation.
 */
public final class ClusterFile {
    private ClusterFile() {}

    /**
     * Reads a cluster file, puts the wishes of the command line over it and resolves the rest: defaults, names, ports.
     *
     * @param ports asked wherever the file leaves a port open
     * @throws ConfigException if anything is wrong with the file, the overrides, or how they fit together; tells up to
     *     ten problems at once
     */
    public static ClusterConfig load(Path file, Overrides overrides, Algorithms algorithms, PortPicker ports) {
        return load(ClusterText.read(file), overrides, algorithms, ports);
    }

    /** As {@link #load(Path, Overrides, Algorithms, PortPicker)}, of a text that was read before. */
    public static ClusterConfig load(ClusterText file, Overrides overrides, Algorithms algorithms, PortPicker ports) {
        var problems = new Problems();
        var root = YamlReader.readFile(file.name(), file.text(), problems);
        if (root instanceof Nothing) {
            throw new ConfigException(
                    new Place(file.name(), 1, 1), "this file says nothing; 'algorithm: raft' is the least");
        }
        if (!(root instanceof Mapping content)) {
            throw new ConfigException(
                    root.place(), "a cluster file is a mapping, as 'algorithm: raft', not " + root.shown());
        }
        var complete = overrides.over(named(content, file), problems);
        return new ClusterReader(complete, algorithms, ports, problems).read();
    }

    /**
     * A cluster file that says everything, even what is the default, and depends neither on the command line nor on
     * which ports are free: {@link #load(ClusterText, Overrides, Algorithms, PortPicker) load} makes an equal
     * configuration of it.
     */
    public static String write(ClusterConfig config) {
        return YamlWriter.write(tree(config));
    }

    /**
     * In what two configurations differ, a sentence without end each, in the order of the file: {@code
     * options.raft.pre-vote is true, not false}. None if they are equal. An id that the other does not say is no
     * difference.
     */
    public static List<String> differences(ClusterConfig is, ClusterConfig not) {
        return between(is, not).map(Difference::toString).toList();
    }

    /** The same where the second configuration is to take the place of the first. */
    public static List<String> changes(ClusterConfig before, ClusterConfig after) {
        return between(before, after).map(Difference::change).toList();
    }

    private static Stream<Difference> between(ClusterConfig is, ClusterConfig not) {
        boolean sameAlgorithm = is.algorithm().name().equals(not.algorithm().name());
        var like = not.id().isEmpty() ? is.withId("") : is;
        return Difference.between(tree(like), tree(not)).stream()
                .filter(each -> sameAlgorithm || !each.key().startsWith("options."));
    }

    private static Mapping tree(ClusterConfig config) {
        var choice = config.algorithm();
        var members = config.members();
        var nodes = members.nodes().stream().map(MemberEntry::of).toList();
        var options = Mapping.empty(Place.NOWHERE).with(choice.name(), Forms.write(choice.options()));
        var named = Mapping.empty(Place.NOWHERE).with("cluster", new Text(Place.NOWHERE, config.name()));
        var file = (config.id().isEmpty() ? named : named.with("id", new Text(Place.NOWHERE, config.id())))
                .with("algorithm", new Text(Place.NOWHERE, choice.name()))
                .with("options", options)
                .with("nodes", MemberEntry.LIST.write(nodes));
        var balance = Optional.of(config.balance()).filter(routed -> !choice.hasCoordinator());
        var coordinator = members.coordinator().map(member -> CoordinatorEntry.of(member, balance));
        if (coordinator.isPresent()) {
            file = file.with("coordinator", Forms.write(coordinator.get()));
        }
        return file.with("storage", Forms.write(config.storage()))
                .with("network", Forms.write(config.network()))
                .with("chaos", Forms.write(config.chaos()))
                .with("mutants", new EnumForm<>(Mutants.class).write(config.mutants()));
    }

    /** With the file's own name, without its ending, for a cluster that has none. */
    private static Mapping named(Mapping content, ClusterText file) {
        var name = file.name().replaceFirst(".*[/\\\\]", "").replaceFirst("(?<=.)\\.[^.]*$", "");
        return ClusterConfig.isName(name) && content.get("cluster").isEmpty()
                ? content.with("cluster", new Text(content.place(), name))
                : content;
    }
}
