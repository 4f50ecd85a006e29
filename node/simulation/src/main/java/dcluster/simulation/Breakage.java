package dcluster.simulation;

import dcluster.host.Point;
import dcluster.simulation.Cuts.Direction;
import dcluster.simulation.Fault.Blackout;
import dcluster.simulation.Fault.Crash;
import dcluster.simulation.Fault.CrashAt;
import dcluster.simulation.Fault.Drift;
import dcluster.simulation.Fault.FailedSync;
import dcluster.simulation.Fault.FlappingLinks;
import dcluster.simulation.Fault.Leap;
import dcluster.simulation.Fault.LostMinority;
import dcluster.simulation.Fault.LyingDisk;
import dcluster.simulation.Fault.Partition;
import dcluster.simulation.Fault.Pause;
import dcluster.simulation.Fault.ShortReigns;
import dcluster.simulation.Fault.SlowDisk;
import dcluster.simulation.Fault.TornSync;
import dcluster.simulation.Fault.Usurpations;
import dcluster.simulation.Fault.WallClock;
import dcluster.simulation.Fault.Weather;
import dcluster.simulation.Fault.Wipe;
import dcluster.simulation.Fault.WipedMajority;
import dcluster.simulation.Links.Cut;
import dcluster.simulation.Links.Quality;
import dcluster.simulation.Trace.Event;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Breaks simulated nodes and links. */
final class Breakage implements Injector {
    private final Scene scene;
    private final Links links;
    private final List<? extends SimulatedNode<?>> nodes;
    private final List<Condition> conditions;
    private final InForce<Quality> weather = new InForce<>(Quality.GOOD, this::everyLink);
    private final Cuts cuts;

    Breakage(Scene scene, Links links, List<? extends SimulatedNode<?>> nodes) {
        this.scene = scene;
        this.links = links;
        this.nodes = nodes;
        this.conditions = nodes.stream().map(Condition::of).toList();
        this.cuts = new Cuts(scene, nodes);
    }

    @Override
    public Runnable inject(Fault fault, @Nullable SimulatedNode<?> target) {
        if (target == null) {
            return injectEverywhere(fault);
        }
        if (fault instanceof Crash crash) {
            return crash(crash, List.of(target), crash.losesPower());
        }
        if (fault instanceof CrashAt crashAt) {
            return crashAt(crashAt, target);
        }
        if (fault instanceof Pause) {
            return target.pause();
        }
        if (fault instanceof Drift drift) {
            return condition(target).drift().begin(drift.partsInAMillion());
        }
        if (fault instanceof Leap leap) {
            target.leap(leap.byNanos());
            return () -> {};
        }
        if (fault instanceof WallClock wall) {
            target.setWall(wall.byNanos());
            return () -> target.setWall(-wall.byNanos());
        }
        if (fault instanceof FlappingLinks flapping) {
            return flap(flapping, target);
        }
        return fault instanceof Partition partition ? cut(partition, target) : injectIntoDisk(fault, target);
    }

    private Condition condition(SimulatedNode<?> node) {
        return conditions.get(node.number());
    }

    private Runnable crash(Fault fault, List<? extends SimulatedNode<?>> struck, boolean losesPower) {
        var outage = new Outage(fault);
        struck.forEach(node -> outage.crash(condition(node), losesPower));
        return outage::end;
    }

    private Runnable crashAt(CrashAt fault, SimulatedNode<?> target) {
        var outage = new Outage(fault);
        var struck = fault.everywhere() ? nodes : List.of(target);
        var disarm = target.ambushes().lay(Point.parse(fault.point()), () -> {
            scene.trace().node(scene.agenda().now(), target.id(), Event.NOTED, "ends", "at", fault.point());
            struck.forEach(node -> outage.crash(condition(node), fault.losesPower()));
            scene.agenda().after(fault.downNanos(), outage::end);
        });
        return inTurn(disarm, outage::end);
    }

    private Runnable injectIntoDisk(Fault fault, SimulatedNode<?> target) {
        if (fault instanceof SlowDisk slow) {
            return condition(target).stall().begin(slow.byNanos());
        }
        var outage = new Outage(fault);
        if (fault instanceof TornSync torn) {
            return tear(torn, target, outage);
        }
        if (fault instanceof LyingDisk) {
            target.disk().lies(true);
            return () -> endLies(target, outage);
        }
        if (fault instanceof FailedSync) {
            var withdraw = target.pace().failNextSync(() -> outage.hold(condition(target)));
            return inTurn(withdraw, outage::end);
        }
        if (!(fault instanceof Wipe)) {
            throw new IllegalArgumentException("no node suffers " + fault);
        }
        if (!mayForget(target)) {
            scene.trace()
                    .node(scene.agenda().now(), target.id(), Event.NOTED, "is not wiped, others have yet to recover");
            return () -> {};
        }
        return wipe(List.of(target), outage);
    }

    private Runnable wipe(List<? extends SimulatedNode<?>> struck, Outage outage) {
        for (var node : struck) {
            node.wipe();
            outage.hold(condition(node));
        }
        return outage::end;
    }

    /** Who is wiped recovers from a majority that has forgotten nothing, and has to find one. */
    private boolean mayForget(SimulatedNode<?> target) {
        long others = nodes.stream()
                .filter(node -> node != target && node.amnesia().isUnrecovered())
                .count();
        return !target.amnesia().isNoticed() || others < cuts.minoritySize();
    }

    /** With the power goes all that was not synced, whatever was said of it. */
    private void endLies(SimulatedNode<?> target, Outage outage) {
        outage.crash(condition(target), true);
        target.disk().lies(false);
        outage.end();
    }

    private Runnable tear(TornSync torn, SimulatedNode<?> target, Outage outage) {
        var struck = torn.everywhere() ? nodes : List.of(target);
        var withdraw = target.pace().duringNextSync(() -> struck.forEach(node -> outage.crash(condition(node), true)));
        return inTurn(withdraw, outage::end);
    }

    private static Runnable inTurn(Runnable first, Runnable second) {
        return () -> {
            first.run();
            second.run();
        };
    }

    private Runnable injectEverywhere(Fault fault) {
        if (fault instanceof Blackout blackout) {
            return crash(blackout, nodes, blackout.losesPower());
        }
        if (fault instanceof LostMinority lost) {
            return loseMinority(lost);
        }
        if (fault instanceof WipedMajority) {
            var minority = cuts.minority();
            return wipe(nodes.stream().filter(node -> !minority.contains(node)).toList(), new Outage(fault));
        }
        if (fault instanceof ShortReigns reigns) {
            return endReigns(new Guillotine(
                    scene,
                    reigns.reignNanos(),
                    reigns.downNanos(),
                    node -> crash(reigns, List.of(node), reigns.losesPower())));
        }
        if (fault instanceof Usurpations usurpations) {
            return endReigns(new Guillotine(
                    scene,
                    usurpations.reignNanos(),
                    usurpations.apartNanos(),
                    node -> cut(cuts.around(node), new Cut(usurpations.toString(), usurpations.dropsInFlight()))));
        }
        return weather.begin(((Weather) fault).quality());
    }

    private Runnable endReigns(Guillotine guillotine) {
        nodes.forEach(guillotine::watch);
        return guillotine::end;
    }

    private Runnable loseMinority(LostMinority lost) {
        var minority = cuts.minority();
        var apart = cuts.of(lost, null);
        var killed = IntStream.range(0, minority.size())
                .filter(i -> i % 2 == 0)
                .mapToObj(minority::get)
                .toList();
        var restart = crash(lost, killed, lost.losesPower());
        return inTurn(cut(apart, new Cut(lost.toString(), true)), restart);
    }

    private void everyLink(Quality quality) {
        for (int from = 0; from < nodes.size(); from++) {
            for (int to = 0; to < nodes.size(); to++) {
                links.quality(from, to, quality);
            }
        }
    }

    private Runnable cut(Partition partition, SimulatedNode<?> target) {
        return cut(cuts.of(partition, target), new Cut(partition.toString(), partition.dropsInFlight()));
    }

    private Runnable cut(List<Direction> apart, Cut cut) {
        apart.forEach(each -> links.cut(each.from().number(), each.to().number(), cut));
        return () ->
                apart.forEach(each -> links.mend(each.from().number(), each.to().number(), cut));
    }

    private Runnable flap(FlappingLinks flapping, SimulatedNode<?> target) {
        var apart = cuts.of(flapping, target);
        var cut = new Cut(flapping.toString(), true);
        var flaps = new Flapping(scene, flapping.periodNanos(), target.drawsAs(), () -> cut(apart, cut));
        flaps.begin();
        return flaps::end;
    }
}
