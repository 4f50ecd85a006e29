package dcluster.simulation;

import dcluster.simulation.Draws.Purpose;
import dcluster.simulation.Fault.Blackout;
import dcluster.simulation.Fault.Crash;
import dcluster.simulation.Fault.Drift;
import dcluster.simulation.Fault.FailedSync;
import dcluster.simulation.Fault.Leap;
import dcluster.simulation.Fault.LostMinority;
import dcluster.simulation.Fault.Partition;
import dcluster.simulation.Fault.Pause;
import dcluster.simulation.Fault.ShortReigns;
import dcluster.simulation.Fault.SlowDisk;
import dcluster.simulation.Fault.TornSync;
import dcluster.simulation.Fault.WallClock;
import dcluster.simulation.Fault.Weather;
import dcluster.simulation.Links.Quality;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Breaks simulated nodes and links. */
final class Breakage implements Injector {
    private final Scene scene;
    private final Links links;
    private final List<? extends SimulatedNode<?>> nodes;
    private long minorities;

    Breakage(Scene scene, Links links, List<? extends SimulatedNode<?>> nodes) {
        this.scene = scene;
        this.links = links;
        this.nodes = nodes;
    }

    @Override
    public Runnable inject(Fault fault, @Nullable SimulatedNode<?> target) {
        if (target == null) {
            return injectEverywhere(fault);
        }
        if (fault instanceof Crash crash) {
            target.crash(crash.losesPower());
            return () -> restart(target);
        }
        if (fault instanceof Pause) {
            target.pause();
            return target::resume;
        }
        if (fault instanceof Drift drift) {
            target.drift(drift.partsInAMillion());
            return () -> target.drift(0);
        }
        if (fault instanceof Leap leap) {
            target.leap(leap.byNanos());
            return () -> {};
        }
        if (fault instanceof WallClock wall) {
            target.setWall(wall.byNanos());
            return () -> target.setWall(-wall.byNanos());
        }
        if (fault instanceof SlowDisk slow) {
            target.pace().stall(slow.byNanos());
            return () -> target.pace().stall(0);
        }
        if (fault instanceof TornSync torn) {
            return tear(torn, target);
        }
        if (fault instanceof FailedSync) {
            target.pace().failNextSync(true);
            return () -> {
                target.pace().failNextSync(false);
                restart(target);
            };
        }
        return cut((Partition) fault, target.number());
    }

    private Runnable tear(TornSync torn, SimulatedNode<?> target) {
        var struck = torn.everywhere() ? nodes : List.of(target);
        target.pace().duringNextSync(() -> struck.forEach(node -> node.crash(true)));
        return () -> {
            target.pace().duringNextSync(null);
            struck.forEach(Breakage::restart);
        };
    }

    private Runnable injectEverywhere(Fault fault) {
        if (fault instanceof Blackout blackout) {
            nodes.forEach(node -> node.crash(blackout.losesPower()));
            return () -> nodes.forEach(Breakage::restart);
        }
        if (fault instanceof LostMinority lost) {
            return loseMinority(lost);
        }
        if (fault instanceof ShortReigns reigns) {
            var guillotine = new Guillotine(scene, reigns);
            nodes.forEach(guillotine::watch);
            return () -> {
                guillotine.end();
                nodes.forEach(Breakage::restart);
            };
        }
        everyLink(((Weather) fault).quality());
        return () -> everyLink(Quality.GOOD);
    }

    private Runnable loseMinority(LostMinority lost) {
        var rest = new ArrayList<SimulatedNode<?>>(nodes);
        var minority = new ArrayList<SimulatedNode<?>>();
        long number = minorities++;
        for (int i = 0; i < (nodes.size() - 1) / 2; i++) {
            var each = rest.remove((int) scene.draws().below(rest.size(), Purpose.TARGET, ~number, i));
            minority.add(each);
            if (i % 2 == 0) {
                each.crash(lost.losesPower());
            }
        }
        change(minority, 1);
        return () -> {
            change(minority, -1);
            minority.forEach(Breakage::restart);
        };
    }

    private void change(List<SimulatedNode<?>> apart, int by) {
        for (var from : nodes) {
            for (var to : nodes) {
                if (apart.contains(from) || apart.contains(to)) {
                    links.cut(from.number(), to.number(), by, true);
                }
            }
        }
    }

    static void restart(SimulatedNode<?> node) {
        if (!node.isUp()) {
            node.start();
        }
    }

    private void everyLink(Quality quality) {
        for (int from = 0; from < nodes.size(); from++) {
            for (int to = 0; to < nodes.size(); to++) {
                links.quality(from, to, quality);
            }
        }
    }

    private Runnable cut(Partition partition, int target) {
        change(partition, target, 1);
        return () -> change(partition, target, -1);
    }

    private void change(Partition partition, int target, int by) {
        int size = nodes.size();
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                if (Partitions.isCut(partition.form(), size, target, from, to)) {
                    links.cut(from, to, by, partition.dropsInFlight());
                }
            }
        }
    }
}
