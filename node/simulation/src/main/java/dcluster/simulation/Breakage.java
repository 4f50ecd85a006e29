package dcluster.simulation;

import dcluster.simulation.Cuts.Direction;
import dcluster.simulation.Fault.Blackout;
import dcluster.simulation.Fault.Crash;
import dcluster.simulation.Fault.Drift;
import dcluster.simulation.Fault.FailedSync;
import dcluster.simulation.Fault.FlappingLinks;
import dcluster.simulation.Fault.Leap;
import dcluster.simulation.Fault.LostMinority;
import dcluster.simulation.Fault.Partition;
import dcluster.simulation.Fault.Pause;
import dcluster.simulation.Fault.ShortReigns;
import dcluster.simulation.Fault.SlowDisk;
import dcluster.simulation.Fault.TornSync;
import dcluster.simulation.Fault.Usurpations;
import dcluster.simulation.Fault.WallClock;
import dcluster.simulation.Fault.Weather;
import dcluster.simulation.Fault.Wipe;
import dcluster.simulation.Links.Quality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Breaks simulated nodes and links. */
final class Breakage implements Injector {
    private final Scene scene;
    private final Links links;
    private final List<? extends SimulatedNode<?>> nodes;
    private final Cuts cuts;

    Breakage(Scene scene, Links links, List<? extends SimulatedNode<?>> nodes) {
        this.scene = scene;
        this.links = links;
        this.nodes = nodes;
        this.cuts = new Cuts(scene, nodes);
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
        if (fault instanceof FlappingLinks flapping) {
            return flap(flapping, target);
        }
        return fault instanceof Partition partition ? cut(partition, target) : injectIntoDisk(fault, target);
    }

    private Runnable injectIntoDisk(Fault fault, SimulatedNode<?> target) {
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
        if (!(fault instanceof Wipe)) {
            throw new IllegalArgumentException("no node suffers " + fault);
        }
        target.wipe();
        return () -> restart(target);
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
            return endReigns(new Guillotine(scene, reigns.reignNanos(), reigns.downNanos(), death(reigns)));
        }
        if (fault instanceof Usurpations usurpations) {
            long reign = usurpations.reignNanos();
            return endReigns(new Guillotine(scene, reign, usurpations.apartNanos(), exile(usurpations)));
        }
        everyLink(((Weather) fault).quality());
        return () -> everyLink(Quality.GOOD);
    }

    private Runnable endReigns(Guillotine guillotine) {
        nodes.forEach(guillotine::watch);
        return guillotine::end;
    }

    private static Guillotine.Blow death(ShortReigns reigns) {
        return new Guillotine.Blow() {
            @Override
            public void strike(SimulatedNode<?> node) {
                node.crash(reigns.losesPower());
            }

            @Override
            public void undo(SimulatedNode<?> node) {
                restart(node);
            }
        };
    }

    private Guillotine.Blow exile(Usurpations usurpations) {
        return new Guillotine.Blow() {
            @Override
            public void strike(SimulatedNode<?> node) {
                change(cuts.around(node), 1, usurpations.dropsInFlight());
            }

            @Override
            public void undo(SimulatedNode<?> node) {
                change(cuts.around(node), -1, usurpations.dropsInFlight());
            }
        };
    }

    private Runnable loseMinority(LostMinority lost) {
        var minority = cuts.minority();
        var apart = cuts.of(lost, null);
        for (int i = 0; i < minority.size(); i += 2) {
            minority.get(i).crash(lost.losesPower());
        }
        change(apart, 1, true);
        return () -> {
            change(apart, -1, true);
            minority.forEach(Breakage::restart);
        };
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

    private Runnable cut(Partition partition, SimulatedNode<?> target) {
        var apart = cuts.of(partition, target);
        change(apart, 1, partition.dropsInFlight());
        return () -> change(apart, -1, partition.dropsInFlight());
    }

    private Runnable flap(FlappingLinks flapping, SimulatedNode<?> target) {
        var apart = cuts.of(flapping, target);
        var flaps = new Flapping(scene, flapping.periodNanos(), target.number(), by -> change(apart, by, true));
        flaps.begin();
        return flaps::end;
    }

    private void change(List<Direction> apart, int by, boolean dropsInFlight) {
        apart.forEach(cut -> links.cut(cut.from().number(), cut.to().number(), by, dropsInFlight));
    }
}
