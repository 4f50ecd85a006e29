package dcluster.simulation;

import dcluster.simulation.Plan.Planned;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What algorithms do not claim to survive that rely on disks to keep what was synced, or trust clocks. A simulation that
 * finds nothing wrong under such faults would find nothing wrong anywhere: a campaign under them must find violations.
 */
public enum Beyond {
    /**
     * Machines come back under their old names with nothing on their disks: more than half of them at once, where an
     * algorithm recovers from less.
     */
    WIPED_DISKS,
    /** Disks say that they have synced, and machines then lose what they have not. */
    LYING_DISKS,
    /** Clocks on walls are set by up to an hour, forward or back, of machines whose algorithm trusts them. */
    LYING_CLOCKS;

    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR_SECONDS = 3600;
    private static final long SALT = 0x4d1e_5b1a_c0de_0001L;

    /** As people write it: {@code wiped-disks}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return word();
    }

    /** The {@linkplain Fault#kind kind} of its faults against an algorithm with these traits. */
    public String kind(Traits traits) {
        return switch (this) {
            case WIPED_DISKS -> traits.has(Property.RECOVERS_FROM_WIPES) ? "wiped-majority" : "wipe";
            case LYING_DISKS -> "lying-disk";
            case LYING_CLOCKS -> "wall-clock";
        };
    }

    /** Whether that goes beyond what an algorithm with these traits claims to survive. */
    public boolean isBeyond(Traits traits) {
        return this != LYING_CLOCKS || traits.has(Property.TRUSTS_CLOCKS);
    }

    /** The plan with such faults, against these targets, among its own, which stay as they are. */
    public Plan over(Plan plan, List<Target> targets, Traits traits) {
        var random = new SplittableRandom(plan.seed() ^ SALT);
        var faults = new ArrayList<>(plan.faults());
        long mean = random.nextLong(SECOND, 6 * SECOND);
        for (long at = random.nextLong(mean); at < plan.nanos(); at += random.nextLong(mean / 4, mean * 7 / 4)) {
            faults.add(new Planned(at, fault(random, targets, traits)));
        }
        faults.sort(Comparator.comparingLong(Planned::at));
        return plan.with(faults);
    }

    private Fault fault(SplittableRandom random, List<Target> targets, Traits traits) {
        var target = targets.get(random.nextInt(targets.size()));
        return switch (this) {
            case WIPED_DISKS -> wipe(target, random.nextLong(SECOND / 1000, SECOND), traits);
            case LYING_DISKS -> new Fault.LyingDisk(target, random.nextLong(SECOND / 10, 3 * SECOND));
            case LYING_CLOCKS ->
                new Fault.WallClock(
                        target,
                        random.nextLong(-HOUR_SECONDS, HOUR_SECONDS + 1) * SECOND,
                        random.nextLong(SECOND / 10, 10 * SECOND));
        };
    }

    private static Fault wipe(Target target, long nanos, Traits traits) {
        return traits.has(Property.RECOVERS_FROM_WIPES)
                ? new Fault.WipedMajority(nanos)
                : new Fault.Wipe(target, nanos);
    }
}
