package dcluster.lab.simulation;

import dcluster.simulation.Disturbance.Kind;
import dcluster.simulation.Fault;
import dcluster.simulation.Fault.Blackout;
import dcluster.simulation.Fault.Crash;
import dcluster.simulation.Fault.CrashAt;
import dcluster.simulation.Fault.Partition;
import dcluster.simulation.Fault.ShortReigns;
import dcluster.simulation.Fault.TornSync;
import dcluster.simulation.Fault.Weather;
import dcluster.simulation.Links.Quality;
import java.util.Set;
import java.util.stream.Stream;

/** What does less than a fault and is of its kind, so that a schedule says no more of it than what matters. */
final class Plainer {
    private Plainer() {}

    /** The plainest first; {@code disturbing} is what bad links do in the schedule that the fault is part of. */
    static Stream<Fault> than(Fault fault, Set<Kind> disturbing) {
        return candidates(fault, disturbing).filter(each -> !each.equals(fault));
    }

    private static Stream<Fault> candidates(Fault fault, Set<Kind> disturbing) {
        if (fault instanceof Crash crash) {
            return Stream.of(new Crash(crash.target(), false, crash.nanos()));
        }
        if (fault instanceof CrashAt crash) {
            return Stream.of(new CrashAt(
                    crash.target(), crash.node(), crash.point(), false, false, crash.downNanos(), crash.nanos()));
        }
        if (fault instanceof Blackout blackout) {
            return Stream.of(new Blackout(false, blackout.nanos()));
        }
        if (fault instanceof TornSync torn) {
            return Stream.of(new TornSync(torn.target(), false, torn.nanos()));
        }
        if (fault instanceof ShortReigns reigns) {
            return Stream.of(new ShortReigns(false, reigns.reignNanos(), reigns.downNanos(), reigns.nanos()));
        }
        if (fault instanceof Partition partition) {
            return Stream.of(partition(partition, Partition.Form.ISOLATE), partition(partition, partition.form()));
        }
        return fault instanceof Weather weather ? weather(weather, disturbing) : Stream.empty();
    }

    private static Partition partition(Partition partition, Partition.Form form) {
        return new Partition(form, partition.target(), false, partition.nanos());
    }

    /** Without what disturbs no message there, and if that is enough as fast as good links are. */
    private static Stream<Fault> weather(Weather weather, Set<Kind> disturbing) {
        var drawn = weather.quality();
        double lost = disturbing.contains(Kind.LOST) ? drawn.loss() : 0;
        double repeated = disturbing.contains(Kind.REPEATED) ? drawn.repetition() : 0;
        double delayed = disturbing.contains(Kind.DELAYED) ? drawn.reordering() : 0;
        return Stream.of(Quality.GOOD, drawn)
                .map(quality -> new Weather(quality.with(lost, repeated, delayed), weather.nanos()));
    }
}
