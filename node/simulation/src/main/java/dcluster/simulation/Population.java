package dcluster.simulation;

import dcluster.codec.Codec;
import dcluster.host.Host;
import dcluster.host.HostOptions;
import dcluster.host.Place;
import dcluster.host.Recorder;
import dcluster.journal.JournalOptions;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Invariant;
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Traits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who lives in a simulated cluster: its members, the algorithm that all of them run, and the bounds of a node. A
 * coordinator lives there if the algorithm {@linkplain AlgorithmProvider#hasCoordinator has a role} for it; one that would
 * only route does not.
 *
 * @param <M> messages
 * @param <R> journal records
 * @param <T> timers
 * @param <C> configuration
 */
public record Population<M, R, T, C extends Record>(
        AlgorithmProvider<M, R, T, C> provider,
        C options,
        Membership members,
        HostOptions hostOptions,
        JournalOptions journalOptions) {
    public Population {
        if (provider.hasCoordinator() && members.coordinator().isEmpty()) {
            throw new IllegalArgumentException(provider.name() + " needs a coordinator, and the members have none");
        }
    }

    /** The same with bounds that a short life meets. */
    public Population<M, R, T, C> inMiniature() {
        return new Population<>(provider, provider.inMiniature(options), members, hostOptions, journalOptions);
    }

    /**
     * The first of its nodes alone, so many, with the coordinator.
     *
     * @throws IllegalArgumentException if the algorithm does not run on so few, or there are not so many
     */
    public Population<M, R, T, C> ofNodes(int count) {
        if (count < 1 || count > members.nodes().size()) {
            throw new IllegalArgumentException(
                    "this cluster has " + members.nodes().size() + " nodes, so it cannot be cut down to " + count);
        }
        var fewer = new Membership(members.nodes().subList(0, count), members.coordinator());
        provider.check(options, fewer);
        return new Population<>(provider, options, fewer, hostOptions, journalOptions);
    }

    /**
     * By what number a member draws: its place among {@link #ids}, but for the coordinator, which would have another one
     * in a cluster of fewer nodes.
     */
    int drawsAs(NodeId id) {
        return members.isCoordinator(id) ? Integer.MAX_VALUE : ids().indexOf(id);
    }

    /** How long it may take to serve again, and to agree. */
    public Duration recovery() {
        return provider.recovery(options);
    }

    /** What the algorithm, configured so, promises. */
    public Traits traits() {
        return provider.traits(options);
    }

    /** What can befall it. */
    public Set<Swarm.Kind> faults() {
        return Swarm.Kind.among(ids().size(), traits());
    }

    /** Whether a wiped node knows that it was wiped, and recovers from the others. */
    boolean recoversFromWipes() {
        return traits().has(Traits.Property.RECOVERS_FROM_WIPES);
    }

    /** Whom it can befall. */
    public List<Target> targets() {
        return Target.among(provider.hasCoordinator());
    }

    /** All members that run the algorithm: the nodes, then the coordinator if it has a role. */
    public List<NodeId> ids() {
        var coordinator = members.coordinator().filter(member -> provider.hasCoordinator());
        return Stream.concat(members.nodes().stream(), coordinator.stream())
                .map(Member::id)
                .toList();
    }

    String name() {
        return provider.name();
    }

    long schema() {
        return Codec.of(provider.recordType()).fingerprint();
    }

    List<Invariant> invariants() {
        return traits().invariants().stream().map(Supplier::get).toList();
    }

    Host<M, R, T> host(Place<M> place) {
        return new Host<>(hostOptions, provider, options, place);
    }

    /** What takes the records of a node: the recorder that it is given, but for some mutants. */
    Recorder recorder(Recorder sound) {
        return provider instanceof FlawedHost flawed ? flawed.recorder(sound) : sound;
    }

    /** Whether a forward ends with the process that it was sent to: always, but for some mutants. */
    boolean forwardsEndWithProcesses() {
        return !(provider instanceof FlawedHost flawed && flawed.forwardsOutliveProcesses());
    }

    /** What a node is told to be its incarnation: the truth, but for some mutants. */
    long incarnation(long durable) {
        return provider instanceof FlawedHost flawed ? flawed.incarnation(durable) : durable;
    }
}
