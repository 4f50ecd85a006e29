package dcluster.simulation;

import dcluster.host.EnvelopeCodec;
import dcluster.simulation.Draws.Purpose;
import dcluster.simulation.Links.Quality;
import dcluster.spi.Algorithm;
import dcluster.spi.Command;
import dcluster.spi.Invariant;
import dcluster.spi.NodeId;
import dcluster.spi.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A cluster in one thread and virtual time: the very classes that run as processes, on simulated disks, clocks and a
 * simulated network. Nothing happens but in {@link #run}, and everything that does follows from the seed and from what
 * the caller asks for, so that a run can be repeated exactly. After each turn of a node the algorithm's invariants are
 * checked over all replicas that are up.
 *
 * <p>Times are nanoseconds of virtual time since the run began.
 */
public final class Simulation<M> {
    private final Scene scene;
    private final List<NodeId> ids;
    private final List<SimulatedNode<M>> nodes = new ArrayList<>();
    private final Faults faults;
    private final List<Invariant> invariants;
    private final Observer observer;
    private long commands;
    private boolean turned;
    private long turns;

    /** A cluster whose nodes all start as soon as it runs, on empty disks, and whose links disturb what they draw. */
    public Simulation(Population<M, ?, ?, ?> population, long seed, Trace trace) {
        this(population, new Plan(seed, 0, List.of()), trace);
    }

    /** The same under a plan: its seed and disturbances; its faults have yet to be {@linkplain Plan#layOn laid on}. */
    public Simulation(Population<M, ?, ?, ?> population, Plan plan, Trace trace) {
        this(population, plan, trace, usual -> usual);
    }

    /** The same, with another injector of faults in place of the usual one. */
    Simulation(Population<M, ?, ?, ?> population, Plan plan, Trace trace, UnaryOperator<Injector> injector) {
        scene = new Scene(new Agenda(), new Draws(plan.seed()), trace, new Tally());
        ids = population.ids();
        var links = new Links(ids.size(), Quality.GOOD);
        var codec = new EnvelopeCodec<>(population.provider().messageType());
        var network = new Network<M>(scene, links, codec, ids, plan.disturbances());
        if (!population.forwardsEndWithProcesses()) {
            network.forwardsOutliveProcesses();
        }
        invariants = population.invariants();
        for (int i = 0; i < ids.size(); i++) {
            nodes.add(new SimulatedNode<>(population, scene, network, i, this::turned));
        }
        var usual = new Breakage(scene, links, nodes);
        faults = new Faults(scene, links, nodes, injector.apply(usual));
        nodes.forEach(node -> scene.agenda().after(0, node::start));
        observer = new Observer(scene, nodes);
        observer.begin();
    }

    private void turned() {
        turned = true;
        turns++;
    }

    // Time

    public long now() {
        return scene.agenda().now();
    }

    /** Has something happen after so many nanoseconds; at once, but not before this returns, if there are none. */
    public void after(long nanos, Runnable event) {
        scene.agenda().after(nanos, event);
    }

    /**
     * Time passes until that moment.
     *
     * @throws Violation if something happens that must never happen; the run is not to be continued then
     */
    public void run(long until) {
        while (scene.agenda().next() <= until) {
            turned = false;
            scene.agenda().run();
            if (turned) {
                check();
            }
        }
        scene.agenda().pass(until);
    }

    private void check() {
        var replicas = replicas();
        for (var invariant : invariants) {
            var violation = invariant.violation(replicas);
            if (violation.isPresent()) {
                throw new Violation(invariant.name(), violation.get());
            }
        }
    }

    private List<Algorithm<?, ?, ?>> replicas() {
        var up = new ArrayList<Algorithm<?, ?, ?>>(nodes.size());
        for (var node : nodes) {
            var algorithm = node.algorithm();
            if (algorithm != null) {
                up.add(algorithm);
            }
        }
        return up;
    }

    // Clients

    /** Sends a command to a node; the client is told exactly once what became of it, unless the node never answers. */
    public void submit(NodeId to, Command command, Consumer<Answer> client) {
        long number = commands++;
        scene.trace().told(now(), "client asks", "number", number, "node", to, "command", command);
        after(
                clientWay(to),
                () -> node(to).submit(
                                command,
                                answer -> after(clientWay(to), () -> {
                                    scene.trace().told(now(), "client learns", "number", number, "answer", answer);
                                    client.accept(answer);
                                })));
    }

    /** Drawn for the node and the moment, so that it is the same whatever others ask. */
    private long clientWay(NodeId node) {
        return Tempo.clientNanos(scene.draws().bits(Purpose.CLIENT_WAY, drawsAs(node), now()));
    }

    // What it shows

    /** All members that run the algorithm: the nodes, then the coordinator if it has a role. */
    public List<NodeId> ids() {
        return ids;
    }

    /** By what number a member draws, or others draw for it: the same in a cluster of fewer nodes. */
    public int drawsAs(NodeId id) {
        return node(id).drawsAs();
    }

    public boolean isUp(NodeId id) {
        return node(id).isUp();
    }

    public boolean isPaused(NodeId id) {
        return node(id).isPaused();
    }

    /** What a node says of itself, if it is up. */
    public Optional<Status> status(NodeId id) {
        return node(id).status();
    }

    /** How much a node's files take on its disk, whether it is up or not. */
    public long diskBytes(NodeId id) {
        return node(id).disk().usedBytes();
    }

    /** How the replicas that are up violate an invariant now, one that is not checked after each turn; empty if it holds. */
    public Optional<String> violation(Invariant invariant) {
        return invariant.violation(replicas());
    }

    /** What happened so far, and how often. */
    public Tally tally() {
        return scene.tally();
    }

    /** Numbers that stand for the states of the cluster that were seen. */
    public Set<Long> states() {
        return observer.states();
    }

    /** How many turns all nodes have had. */
    public long turns() {
        return turns;
    }

    // Faults

    /** Begins a fault; it is mended when its time is over. */
    public void begin(Fault fault) {
        faults.begin(fault);
    }

    /** Mends everything: all nodes are up afterwards, all links, clocks and disks good. Does no harm twice. */
    public void mendAll() {
        faults.mendAll();
    }

    /** Whether a fault has begun and not ended. */
    public boolean isDisturbed() {
        return faults.isAny();
    }

    /** The faults so far, with their evidence; of those that have not ended up to now. */
    public Ledger ledger() {
        return faults.ledger();
    }

    private SimulatedNode<M> node(NodeId id) {
        return nodes.get(ids.indexOf(id));
    }
}
