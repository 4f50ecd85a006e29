package dcluster.simulation;

import dcluster.simulation.Fault.Blackout;
import dcluster.simulation.Fault.Crash;
import dcluster.simulation.Fault.CrashAt;
import dcluster.simulation.Fault.Drift;
import dcluster.simulation.Fault.FlappingLinks;
import dcluster.simulation.Fault.Leap;
import dcluster.simulation.Fault.LostMinority;
import dcluster.simulation.Fault.OfNode;
import dcluster.simulation.Fault.Partition;
import dcluster.simulation.Fault.ShortReigns;
import dcluster.simulation.Fault.SlowDisk;
import dcluster.simulation.Fault.TornSync;
import dcluster.simulation.Fault.Usurpations;
import dcluster.simulation.Fault.WallClock;
import dcluster.simulation.Fault.Weather;
import java.util.Locale;
import java.util.Optional;

/** Faults as people read them: {@code partition isolate of leader for 1.5 s, in-flight messages dropped}. */
public final class FaultWords {
    private static final long MILLISECOND = 1_000_000;
    private static final long FOR_GOOD = Long.MAX_VALUE / 4;

    private FaultWords() {}

    /** The fault in a line, its target as it was planned. */
    public static String of(Fault fault) {
        var target = fault instanceof OfNode ofNode ? " of " + target(ofNode) : "";
        var lasts = fault.nanos() >= FOR_GOOD ? "" : " for " + time(fault.nanos());
        var details = details(fault);
        return fault.kind() + form(fault) + target + lasts + (details.isEmpty() ? "" : ", " + details);
    }

    private static String target(OfNode fault) {
        var node = fault instanceof CrashAt crash ? crash.node() : Optional.<String>empty();
        return node.orElseGet(() -> word(fault.target()));
    }

    private static String form(Fault fault) {
        if (fault instanceof FlappingLinks flapping) {
            return " " + word(flapping.form());
        }
        return fault instanceof Partition partition ? " " + word(partition.form()) : "";
    }

    private static String details(Fault fault) {
        if (fault instanceof Crash crash) {
            return power(crash.losesPower());
        }
        if (fault instanceof CrashAt crashAt) {
            return "at '" + crashAt.point() + "', then down for " + time(crashAt.downNanos()) + ", "
                    + power(crashAt.losesPower()) + (crashAt.everywhere() ? " everywhere" : "");
        }
        if (fault instanceof Blackout blackout) {
            return power(blackout.losesPower());
        }
        if (fault instanceof LostMinority lost) {
            return power(lost.losesPower());
        }
        if (fault instanceof Partition partition) {
            return "in-flight messages " + (partition.dropsInFlight() ? "dropped" : "delivered");
        }
        if (fault instanceof ShortReigns reigns) {
            return "each ended within " + time(reigns.reignNanos()) + " and down for up to " + time(reigns.downNanos())
                    + ", " + power(reigns.losesPower());
        }
        if (fault instanceof FlappingLinks flapping) {
            return "cut and mended for up to " + time(flapping.periodNanos() / 2) + " each";
        }
        if (fault instanceof Usurpations usurpations) {
            return "each cut off within " + time(usurpations.reignNanos()) + " and for up to "
                    + time(usurpations.apartNanos()) + ", in-flight messages "
                    + (usurpations.dropsInFlight() ? "dropped" : "delivered");
        }
        return fault instanceof Weather weather ? weather(weather.quality()) : amount(fault);
    }

    private static String power(boolean isLost) {
        return isLost ? "power lost" : "process killed";
    }

    private static String amount(Fault fault) {
        if (fault instanceof Drift drift) {
            return drift.partsInAMillion() + " ppm";
        }
        if (fault instanceof Leap leap) {
            return "by " + time(leap.byNanos());
        }
        if (fault instanceof WallClock wall) {
            return "by " + time(wall.byNanos());
        }
        if (fault instanceof TornSync torn) {
            return torn.everywhere() ? "power lost everywhere" : "power lost";
        }
        return fault instanceof SlowDisk slow ? "each sync " + time(slow.byNanos()) + " longer" : "";
    }

    private static String weather(Links.Quality quality) {
        return time(quality.leastNanos()) + " to " + time(quality.leastNanos() + quality.spreadNanos())
                + (quality.longTail() ? " and a long tail, " : ", ")
                + percent(quality.loss()) + " lost, " + percent(quality.repetition()) + " repeated, "
                + percent(quality.reordering()) + " delayed";
    }

    private static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Virtual time as people read it: {@code 1.203 s}, {@code 12.5 ms}. */
    public static String time(long nanos) {
        return Math.abs(nanos) >= 1000 * MILLISECOND
                ? String.format(Locale.ROOT, "%.3f s", nanos / 1e9)
                : String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
    }
}
