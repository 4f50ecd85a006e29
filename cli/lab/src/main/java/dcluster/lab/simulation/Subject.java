package dcluster.lab.simulation;

import dcluster.config.AlgorithmChoice;
import dcluster.config.ClusterConfig;
import dcluster.config.Forwarding;
import dcluster.config.Sync;
import dcluster.host.HostOptions;
import dcluster.journal.JournalOptions;
import dcluster.simulation.Beyond;
import dcluster.simulation.Plan;
import dcluster.simulation.Population;
import dcluster.simulation.Swarm;
import dcluster.simulation.Target;
import dcluster.spi.AlgorithmProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a campaign simulates: one algorithm with its options, on clusters of one or two sizes.
 *
 * @param clusters the same but for their sizes; every third seed runs the last of them, the others the first
 * @param beyond faults that the algorithm does not claim to survive, if seeds are to have them among the others
 */
public record Subject(List<ClusterConfig> clusters, Optional<Beyond> beyond) {
    /** Short enough for a life of half a minute to fill some. */
    private static final long LONGEST_SEGMENT_BYTES = 8 * JournalOptions.MIN_SEGMENT_BYTES;

    /** @throws IllegalArgumentException if there are none, or if a real disk were to be trusted less than a simulated one */
    public Subject {
        clusters = List.copyOf(clusters);
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException("a campaign simulates at least one cluster");
        }
        if (!clusters.stream().allMatch(cluster -> cluster.storage().sync() instanceof Sync.Always)) {
            throw new IllegalArgumentException(
                    "a simulation knows no storage.sync but always: with any other, acknowledged writes may be lost");
        }
    }

    /** Of what an algorithm claims. */
    public Subject(List<ClusterConfig> clusters) {
        this(clusters, Optional.empty());
    }

    /**
     * The same under faults that it does not claim to survive.
     *
     * @throws IllegalArgumentException if it does
     */
    public Subject under(Beyond faults) {
        var algorithm = algorithm();
        if (!faults.isBeyond(algorithm.traits())) {
            throw new IllegalArgumentException(algorithm.name() + ", as configured, does not trust clocks, so "
                    + faults.word().replace('-', ' ')
                    + " do not go beyond what it claims to survive: each campaign sets wall clocks");
        }
        return new Subject(clusters, Optional.of(faults));
    }

    /** The same under nothing but what it claims to survive. */
    public Subject withinItsModel() {
        return new Subject(clusters);
    }

    /** The faults of that seed. */
    Plan plan(long seed, long nanos) {
        var drawn = Swarm.draw(seed, nanos, whole(seed).faults(), targets());
        return beyond.map(faults -> faults.over(drawn, targets(), algorithm().traits()))
                .orElse(drawn);
    }

    /** The cluster of that seed, not in miniature. */
    Population<?, ?, ?, ?> whole(long seed) {
        var cluster = cluster(seed);
        return population(cluster);
    }

    /**
     * A cluster that can live that schedule.
     *
     * @throws IllegalArgumentException if none has so many nodes
     */
    public Population<?, ?, ?, ?> whole(Schedule schedule) {
        var cluster = clusters.stream()
                .filter(each -> each.members().nodes().size() >= schedule.nodes())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the schedule wants " + schedule.nodes() + " nodes, and no cluster has so many"));
        return population(cluster, cluster.algorithm().provider());
    }

    /** Whom faults of its clusters can strike. */
    List<Target> targets() {
        return Target.among(algorithm().hasCoordinator());
    }

    /** How many nodes it has, the coordinator beyond them. */
    int size(long seed) {
        return cluster(seed).members().nodes().size();
    }

    private ClusterConfig cluster(long seed) {
        return clusters.get(seed % 3 == 0 ? clusters.size() - 1 : 0);
    }

    /** Who lives in that cluster when it is simulated. */
    public static Population<?, ?, ?, ?> population(ClusterConfig cluster) {
        return population(cluster, cluster.algorithm().provider());
    }

    private static <M, R, T, C extends Record> Population<M, R, T, C> population(
            ClusterConfig cluster, AlgorithmProvider<M, R, T, C> provider) {
        long segmentBytes = Math.min(cluster.storage().segment().bytes(), LONGEST_SEGMENT_BYTES);
        return new Population<>(
                provider,
                provider.configType().cast(cluster.algorithm().options()),
                cluster.members(),
                hostOptions(cluster),
                new JournalOptions(segmentBytes, new dcluster.journal.Sync.Always()));
    }

    private static HostOptions hostOptions(ClusterConfig cluster) {
        var usual = HostOptions.DEFAULT;
        return new HostOptions(
                cluster.network().requestTimeout(),
                cluster.network().forwarding() == Forwarding.FORWARD,
                usual.turnEvents(),
                usual.requestBytes(),
                usual.undurableBytes(),
                cluster.storage().capacity().bytes());
    }

    /** What can befall its clusters. */
    Set<Swarm.Kind> faults() {
        var all = EnumSet.noneOf(Swarm.Kind.class);
        clusters.forEach(cluster ->
                all.addAll(population(cluster, cluster.algorithm().provider()).faults()));
        return all;
    }

    public AlgorithmChoice algorithm() {
        return clusters.get(0).algorithm();
    }

    /** How many nodes its clusters have, the coordinator beyond them. */
    public Set<Integer> sizes() {
        var sizes = new TreeSet<Integer>();
        clusters.forEach(cluster -> sizes.add(cluster.members().nodes().size()));
        return sizes;
    }
}
