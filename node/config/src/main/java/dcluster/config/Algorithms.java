package dcluster.config;

import dcluster.spi.AlgorithmProvider;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The algorithms that there are: those that {@link ServiceLoader} finds on the class path, and those of plugin jars.
 * All that they declare is looked at when they are loaded, so that a mistake is told before a cluster starts.
 * Immutable.
 */
public final class Algorithms {
    private final SortedMap<String, AlgorithmProvider<?, ?, ?, ?>> byName = new TreeMap<>();

    private Algorithms() {}

    /**
     * Finds all algorithms. Each jar gets a class loader of its own, whose parent is ours and which stays open as long
     * as the process lives: plugins see dcluster, but not one another.
     *
     * @throws ConfigException if a jar cannot be used or holds no algorithm, a provider cannot be made or declares what
     *     cannot work, or two have one name; says which
     */
    public static Algorithms load(List<Path> pluginJars) {
        var algorithms = new Algorithms();
        algorithms.addFromClassPath();
        for (var jar : pluginJars) {
            PluginJar.providers(jar).forEach(algorithms::add);
        }
        return algorithms;
    }

    /** The one of that name. */
    public Optional<AlgorithmProvider<?, ?, ?, ?>> byName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All names, sorted. */
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(byName.keySet()));
    }

    /** All of them, by name. */
    public Collection<AlgorithmProvider<?, ?, ?, ?>> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    private void addFromClassPath() {
        try {
            ServiceLoader.load(AlgorithmProvider.class, Algorithms.class.getClassLoader())
                    .forEach(this::add);
        } catch (ServiceConfigurationError e) {
            throw new ConfigException(Place.whole("class path"), Words.oneLine(String.valueOf(e.getMessage())));
        }
    }

    private void add(AlgorithmProvider<?, ?, ?, ?> provider) {
        Declaration.check(provider);
        var earlier = byName.putIfAbsent(provider.name(), provider);
        if (earlier != null) {
            throw new ConfigException(
                    Declaration.place(provider),
                    "the algorithm '" + provider.name() + "' is there already, from " + Declaration.place(earlier));
        }
    }
}
