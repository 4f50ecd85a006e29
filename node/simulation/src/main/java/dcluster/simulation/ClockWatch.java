package dcluster.simulation;

/** Compares the clocks that a node reads with the time that really passes: what shows that a fault of them is felt. */
final class ClockWatch {
    private final Agenda agenda;
    private final NodeClock clock;
    private long real;
    private long monotonic;
    private long wall;
    private long monotonicDeviations;
    private long wallDeviations;

    ClockWatch(Agenda agenda, NodeClock clock) {
        this.agenda = agenda;
        this.clock = clock;
        remember();
    }

    /** The node has had a turn, in which it may have read them. */
    void turned() {
        long passed = agenda.now() - real;
        monotonicDeviations += clock.nowNanos() - monotonic == passed ? 0 : 1;
        wallDeviations += clock.wallNanos() - wall == passed ? 0 : 1;
        remember();
    }

    private void remember() {
        real = agenda.now();
        monotonic = clock.nowNanos();
        wall = clock.wallNanos();
    }

    /** At how many turns the monotonic clock showed another time than had passed since the turn before. */
    long monotonicDeviations() {
        return monotonicDeviations;
    }

    /** At how many turns the clock on the wall did. */
    long wallDeviations() {
        return wallDeviations;
    }
}
