package dcluster.simulation;

import dcluster.host.Point;
import dcluster.spi.Default;
import dcluster.spi.NodeId;
import java.util.Locale;
import java.util.Optional;

/** One thing that goes wrong, for a while or for good. Durations are nanoseconds of virtual time. */
public sealed interface Fault {
    /** How long until it is mended; what it changed by then is undone, if it can be. */
    long nanos();

    /** The same fault, but mended after so many nanoseconds. */
    Fault lasting(long otherNanos);

    /** The word for its kind: {@code crash}, {@code partition}. */
    default String kind() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** A fault of one node, or of the coordinator. */
    sealed interface OfNode extends Fault {
        Target target();
    }

    /** The process ends without warning, and is started again; with the power goes what was not synced. */
    record Crash(Target target, @Default("false") boolean losesPower, long nanos) implements OfNode {
        @Override
        public Crash lasting(long otherNanos) {
            return new Crash(target, losesPower, otherNanos);
        }
    }

    /**
     * The process ends at a {@linkplain dcluster.host.Point point} of its life, as soon as it comes there, and is started
     * again after so long; so do all others if it is everywhere. With the power goes what was not synced.
     *
     * @param node the one that is struck, by its name; if it is left open, the target
     * @param point as {@link dcluster.host.Point#parse} reads it; counted from when the fault begins
     * @param downNanos how long until it is started again
     * @param nanos how long it is waited for; who is down by then is started again
     */
    record CrashAt(
            @Default("any") Target target,
            Optional<String> node,
            String point,
            @Default("false") boolean losesPower,
            @Default("false") boolean everywhere,
            long downNanos,
            long nanos)
            implements OfNode {
        public CrashAt {
            Point.parse(point);
        }

        /** Of one node, without loss of power. */
        public static CrashAt of(NodeId node, Point point, long downNanos, long nanos) {
            return new CrashAt(Target.ANY, Optional.of(node.name()), point.toString(), false, false, downNanos, nanos);
        }

        /** The same, and with the power goes what was not synced. */
        public CrashAt losingPower() {
            return new CrashAt(target, node, point, true, everywhere, downNanos, nanos);
        }

        /** The same, and all others end with it. */
        public CrashAt ofAll() {
            return new CrashAt(target, node, point, losesPower, true, downNanos, nanos);
        }

        @Override
        public CrashAt lasting(long otherNanos) {
            return new CrashAt(target, node, point, losesPower, everywhere, downNanos, otherNanos);
        }
    }

    /**
     * The power fails while the target's disk is at work, as soon as it is: the process ends, and so do all others if it
     * is everywhere; what was not synced may be gone.
     */
    record TornSync(Target target, @Default("false") boolean everywhere, long nanos) implements OfNode {
        @Override
        public TornSync lasting(long otherNanos) {
            return new TornSync(target, everywhere, otherNanos);
        }
    }

    /**
     * Whoever leads, or begins to, is killed soon, and started again soon: each within so many nanoseconds, more often early
     * than late, as drawn when it happens.
     */
    record ShortReigns(@Default("false") boolean losesPower, long reignNanos, long downNanos, long nanos)
            implements Fault {
        @Override
        public ShortReigns lasting(long otherNanos) {
            return new ShortReigns(losesPower, reignNanos, downNanos, otherNanos);
        }
    }

    /**
     * Whoever begins to lead is soon cut off from all others, which elect another while it may go on to serve whoever
     * asks it; both within so many nanoseconds, more often early than late, as drawn when it happens.
     */
    record Usurpations(boolean dropsInFlight, long reignNanos, long apartNanos, long nanos) implements Fault {
        @Override
        public Usurpations lasting(long otherNanos) {
            return new Usurpations(dropsInFlight, reignNanos, apartNanos, otherNanos);
        }
    }

    /** All processes end at once. */
    record Blackout(@Default("false") boolean losesPower, long nanos) implements Fault {
        @Override
        public Blackout lasting(long otherNanos) {
            return new Blackout(losesPower, otherNanos);
        }
    }

    /** The process stands still. */
    record Pause(Target target, long nanos) implements OfNode {
        @Override
        public Pause lasting(long otherNanos) {
            return new Pause(target, otherNanos);
        }
    }

    /** Both clocks run fast by so many parts in a million, or slow. */
    record Drift(Target target, long partsInAMillion, long nanos) implements OfNode {
        @Override
        public Drift lasting(long otherNanos) {
            return new Drift(target, partsInAMillion, otherNanos);
        }
    }

    /** The monotonic clock leaps forward. */
    record Leap(Target target, long byNanos, long nanos) implements OfNode {
        @Override
        public Leap lasting(long otherNanos) {
            return new Leap(target, byNanos, otherNanos);
        }
    }

    /** The wall clock is set, forward or back. */
    record WallClock(Target target, long byNanos, long nanos) implements OfNode {
        @Override
        public WallClock lasting(long otherNanos) {
            return new WallClock(target, byNanos, otherNanos);
        }
    }

    /** Each sync takes longer. */
    record SlowDisk(Target target, long byNanos, long nanos) implements OfNode {
        @Override
        public SlowDisk lasting(long otherNanos) {
            return new SlowDisk(target, byNanos, otherNanos);
        }
    }

    /** A sync fails, which ends the process; it is started again. */
    record FailedSync(Target target, long nanos) implements OfNode {
        @Override
        public FailedSync lasting(long otherNanos) {
            return new FailedSync(target, otherNanos);
        }
    }

    /** Each sync says that it has been done, and does nothing, until the machine loses its power. Beyond what most survive. */
    record LyingDisk(Target target, long nanos) implements OfNode {
        @Override
        public LyingDisk lasting(long otherNanos) {
            return new LyingDisk(target, otherNanos);
        }
    }

    /**
     * The machine is replaced by one with an empty disk, under the old name. Beyond what most algorithms survive; nodes of
     * one that recovers from it know that they were wiped, and it does not happen while as many as a majority can do without
     * have not recovered yet.
     */
    record Wipe(Target target, long nanos) implements OfNode {
        @Override
        public Wipe lasting(long otherNanos) {
            return new Wipe(target, otherNanos);
        }
    }

    /** More than half of the machines, drawn anew, are replaced by some with empty disks. Beyond what any survives. */
    record WipedMajority(long nanos) implements Fault {
        @Override
        public WipedMajority lasting(long otherNanos) {
            return new WipedMajority(otherNanos);
        }
    }

    /** Some nodes do not hear others; a coordinator that runs the algorithm is here one of them. */
    record Partition(
            Form form, Target target, @Default("false") boolean dropsInFlight, long nanos) implements OfNode {
        /** Who does not hear whom. */
        public enum Form {
            /** Two sides that do not hear each other, as equal as can be; the target is on the smaller one. */
            HALVES,
            /** The target and the others do not hear each other. */
            ISOLATE,
            /** The target hears nobody. */
            DEAF,
            /** Nobody hears the target. */
            MUTE,
            /** Two sides that hear each other through the target alone. */
            BRIDGE,
            /** Each node hears a majority, and no two the same. */
            MAJORITIES_RING,
            /** A third of the nodes, the target among them, and the others do not hear each other. */
            MINORITY_THIRD
        }

        @Override
        public Partition lasting(long otherNanos) {
            return new Partition(form, target, dropsInFlight, otherNanos);
        }
    }

    /** A partition that comes and goes: it is cut, and mended again, each for up to half a period as drawn when it happens. */
    record FlappingLinks(Partition.Form form, Target target, long periodNanos, long nanos) implements OfNode {
        @Override
        public FlappingLinks lasting(long otherNanos) {
            return new FlappingLinks(form, target, periodNanos, otherNanos);
        }
    }

    /** Fewer than half of the nodes, drawn anew, are cut off, and each second of them ends; the others all hear each other. */
    record LostMinority(boolean losesPower, long nanos) implements Fault {
        @Override
        public LostMinority lasting(long otherNanos) {
            return new LostMinority(losesPower, otherNanos);
        }
    }

    /** All links treat what they carry in another way. */
    record Weather(Links.Quality quality, long nanos) implements Fault {
        @Override
        public Weather lasting(long otherNanos) {
            return new Weather(quality, otherNanos);
        }
    }
}
