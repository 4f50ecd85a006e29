package dcluster.host;

/** Keeps the loop scheduled for the earliest of several moments, with few tasks of the loop's own timer. */
final class Wakeups {
    private final Loop loop;
    private final Clocks clocks;
    private final Runnable wake;
    private boolean scheduled;
    private long next;

    Wakeups(Loop loop, Clocks clocks, Runnable wake) {
        this.loop = loop;
        this.clocks = clocks;
        this.wake = wake;
    }

    /** Sees to it that {@code wake} runs soon after that moment of the monotonic clock; it may run at others too. */
    void at(long moment) {
        if (scheduled && next - moment <= 0) {
            return;
        }
        scheduled = true;
        next = moment;
        loop.schedule(Math.max(0, moment - clocks.nowNanos()), () -> {
            if (next == moment) {
                scheduled = false;
            }
            wake.run();
        });
    }
}
