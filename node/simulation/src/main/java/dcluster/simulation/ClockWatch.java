package dcluster.simulation;

/** Compares the clocks that a node reads with the time that really passes: what shows that a fault of them is felt. */
final class ClockWatch {
    private final Agenda agenda;
    private final NodeClock clock;
    private long real;
    private long monotonic;
    private long leapt;
    private long set;
    private long drifts;
    private long leaps;
    private long settings;

    ClockWatch(Agenda agenda, NodeClock clock) {
        this.agenda = agenda;
        this.clock = clock;
        remember();
    }

    /** The node has had a turn, in which it may have read them. */
    void turned() {
        long passed = agenda.now() - real;
        long leap = clock.leapt() - leapt;
        drifts += clock.nowNanos() - monotonic == passed + leap ? 0 : 1;
        leaps += leap == 0 ? 0 : 1;
        settings += clock.set() == set ? 0 : 1;
        remember();
    }

    private void remember() {
        real = agenda.now();
        monotonic = clock.nowNanos();
        leapt = clock.leapt();
        set = clock.set();
    }

    /** At how many turns the monotonic clock had run faster than time, or slower, since the turn before. */
    long drifts() {
        return drifts;
    }

    /** At how many turns it had leapt. */
    long leaps() {
        return leaps;
    }

    /** At how many turns somebody had set the clock on the wall. */
    long settings() {
        return settings;
    }
}
