package dcluster.simulation;

import dcluster.host.Clocks;

/**
 * The two clocks of one simulated machine. Both run at the machine's own rate; the monotonic one may leap forward, the
 * one on the wall anywhere. They go on while the node is down or paused.
 */
final class NodeClock implements Clocks {
    private static final long MILLION = 1_000_000;

    private final Agenda agenda;
    private long since;
    private long monotonic;
    private long wall;
    private long fast;
    private long leapt;
    private long set;

    /** A machine that has been up for a while, and knows what time it is. */
    NodeClock(Agenda agenda, long monotonic, long wall) {
        this.agenda = agenda;
        this.since = agenda.now();
        this.monotonic = monotonic;
        this.wall = wall;
    }

    @Override
    public long nowNanos() {
        return monotonic + passed();
    }

    @Override
    public long wallNanos() {
        return wall + passed();
    }

    /** How much this machine believes has passed since the last change of its clocks. */
    private long passed() {
        long real = agenda.now() - since;
        return real + real / MILLION * fast + real % MILLION * fast / MILLION;
    }

    /** From now on the clocks are fast by so many parts in a million, or slow; above minus a million. */
    void drift(long partsInAMillion) {
        settle();
        fast = partsInAMillion;
    }

    /** The monotonic clock leaps; never back. */
    void leap(long nanos) {
        settle();
        monotonic += nanos;
        leapt += nanos;
    }

    /** By how much the monotonic clock has leapt in all. */
    long leapt() {
        return leapt;
    }

    /** Somebody sets the clock on the wall. */
    void setWall(long nanosLater) {
        settle();
        wall += nanosLater;
        set += nanosLater;
    }

    /** By how much the clock on the wall has been set in all. */
    long set() {
        return set;
    }

    private void settle() {
        long passed = passed();
        monotonic += passed;
        wall += passed;
        since = agenda.now();
    }

    /** A moment of virtual time at which, as the clocks run now, the monotonic one shows that value or slightly more. */
    long when(long value) {
        long wait = Math.max(0, value - nowNanos());
        long real = wait / (MILLION + fast) * MILLION + wait % (MILLION + fast) * MILLION / (MILLION + fast);
        return agenda.now() + real + (fast == 0 ? 0 : 1);
    }
}
