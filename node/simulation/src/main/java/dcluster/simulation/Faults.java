package dcluster.simulation;

import dcluster.simulation.Draws.Purpose;
import dcluster.simulation.Fault.Crash;
import dcluster.simulation.Fault.CrashAt;
import dcluster.simulation.Fault.FailedSync;
import dcluster.simulation.Fault.FlappingLinks;
import dcluster.simulation.Fault.Leap;
import dcluster.simulation.Fault.LostMinority;
import dcluster.simulation.Fault.LyingDisk;
import dcluster.simulation.Fault.OfNode;
import dcluster.simulation.Fault.Partition;
import dcluster.simulation.Fault.Pause;
import dcluster.simulation.Fault.SlowDisk;
import dcluster.simulation.Fault.TornSync;
import dcluster.simulation.Fault.Usurpations;
import dcluster.simulation.Fault.WallClock;
import dcluster.simulation.Fault.Weather;
import dcluster.simulation.Fault.Wipe;
import dcluster.simulation.Fault.WipedMajority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings faults into a simulated cluster, mends them when their time is over, and keeps the ledger. */
final class Faults {
    private final Scene scene;
    private final Links links;
    private final List<? extends SimulatedNode<?>> nodes;
    private final Ledger ledger = new Ledger();
    private final Map<Long, Active> active = new LinkedHashMap<>();
    private final Cuts cuts;
    private final Injector injector;
    private long begun;

    /** A fault that is not mended yet; {@code felt} counts what shows it since the run began. */
    private record Active(
            Fault fault,
            @Nullable SimulatedNode<?> target,
            long at,
            long feltBefore,
            LongSupplier felt,
            Runnable mend) {
        /** With what shows it up to now. */
        private Ledger.Entry entry() {
            return new Ledger.Entry(fault, target == null ? null : target.id(), at, felt.getAsLong() - feltBefore);
        }
    }

    /** With the injector that is to be used; evidence does not come from it. */
    Faults(Scene scene, Links links, List<? extends SimulatedNode<?>> nodes, Injector injector) {
        this.scene = scene;
        this.links = links;
        this.nodes = nodes;
        this.cuts = new Cuts(scene, nodes);
        this.injector = injector;
    }

    /** All that have ended, and with what shows them up to now those that have not. */
    Ledger ledger() {
        var all = new Ledger();
        ledger.entries().forEach(all::add);
        active.values().forEach(each -> all.add(each.entry()));
        return all;
    }

    /** Whether any has begun and not ended. */
    boolean isAny() {
        return !active.isEmpty();
    }

    /** Begins a fault; it ends by itself, or by {@link #mendAll}. */
    void begin(Fault fault) {
        long number = begun++;
        var target = fault instanceof OfNode ofNode ? struck(ofNode) : null;
        var felt = felt(fault, target);
        long before = felt.getAsLong();
        tell("fault begins", number, fault, "target", name(target), "cuts", words(cuts.of(fault, target)));
        var mend = injector.inject(fault, target);
        active.put(number, new Active(fault, target, now(), before, felt, mend));
        scene.agenda().after(fault.nanos(), () -> mend(number));
    }

    private SimulatedNode<?> struck(OfNode fault) {
        var name = fault instanceof CrashAt crash ? crash.node() : Optional.<String>empty();
        return nodes.stream()
                .<SimulatedNode<?>>map(node -> node)
                .filter(node -> name.filter(node.id().name()::equals).isPresent())
                .findFirst()
                .orElseGet(() -> resolve(fault.target()));
    }

    /** Mends all that is broken: afterwards every node is up, and all links, clocks and disks are good. */
    void mendAll() {
        List.copyOf(active.keySet()).forEach(this::mend);
        for (var node : nodes) {
            if (!node.isUp()) {
                node.start();
            }
        }
    }

    private void mend(long number) {
        var ending = active.get(number);
        if (ending == null) {
            return;
        }
        // If that breaks something, the ledger still has it.
        ending.mend.run();
        active.remove(number);
        var entry = ending.entry();
        ledger.add(entry);
        tell("fault ends", number, ending.fault, "evidence", entry.evidence());
    }

    private void tell(String what, long number, Fault fault, Object... details) {
        var all = new ArrayList<Object>(List.of("number", number, "kind", fault.kind(), "fault", FaultWords.of(fault)));
        all.addAll(List.of(details));
        scene.trace().told(now(), what, all.toArray());
    }

    private static String words(List<Cuts.Direction> cuts) {
        return cuts.stream().map(Cuts.Direction::toString).collect(Collectors.joining(" "));
    }

    private long now() {
        return scene.agenda().now();
    }

    private static String name(@Nullable SimulatedNode<?> target) {
        return target == null ? "all" : target.id().name();
    }

    /**
     * What is drawn for a fault is drawn for its moment, and the node that draws the highest is struck: so other faults
     * and other nodes can be left out of a run.
     */
    private SimulatedNode<?> resolve(Target target) {
        var candidates = nodes.stream()
                .filter(node -> switch (target) {
                    case LEADER -> node.leads();
                    case FOLLOWER -> node.isUp() && !node.leads();
                    case ANY -> true;
                    case COORDINATOR -> node.isCoordinator();
                })
                .toList();
        var among = candidates.isEmpty() ? nodes : candidates;
        return Collections.max(
                among, Comparator.comparingLong(node -> scene.draws().bits(Purpose.TARGET, node.drawsAs(), now())));
    }

    // Evidence, counted where the fault is felt

    private LongSupplier felt(Fault fault, @Nullable SimulatedNode<?> target) {
        if (fault instanceof Partition
                || fault instanceof FlappingLinks
                || fault instanceof LostMinority
                || fault instanceof Usurpations) {
            return () -> links.lostBy(fault.toString()) + crashes(fault);
        }
        if (fault instanceof WipedMajority) {
            return () ->
                    nodes.stream().mapToLong(node -> node.amnesia().forgotten()).sum();
        }
        if (target == null) {
            return fault instanceof Weather ? links::disturbedCount : () -> crashes(fault);
        }
        if (fault instanceof Crash || fault instanceof CrashAt || fault instanceof TornSync) {
            return () -> crashes(fault);
        }
        if (fault instanceof FailedSync) {
            return target::diskFailures;
        }
        if (fault instanceof Wipe) {
            return target.amnesia()::forgotten;
        }
        if (fault instanceof SlowDisk) {
            return () -> target.pace().stalled();
        }
        if (fault instanceof Pause) {
            return target::waited;
        }
        if (fault instanceof LyingDisk) {
            return target.disk()::lies;
        }
        return feltByClock(fault, target.clockWatch());
    }

    private static LongSupplier feltByClock(Fault fault, ClockWatch watch) {
        if (fault instanceof Leap) {
            return watch::leaps;
        }
        return fault instanceof WallClock ? watch::settings : watch::drifts;
    }

    private long crashes(Fault fault) {
        return nodes.stream().mapToLong(node -> node.crashes(fault.toString())).sum();
    }
}
