package dcluster.app.bench;

/** When what clients do counts: not at first, then it does, then they end. Safe for use by any thread. */
final class Window {
    private enum Phase {
        WARMING_UP,
        OPEN,
        OVER
    }

    private volatile Phase phase = Phase.WARMING_UP;
    private volatile long openedNanos;

    void open() {
        openedNanos = System.nanoTime();
        phase = Phase.OPEN;
    }

    /** Ends it; gives for how long it was open, in seconds. */
    double close() {
        phase = Phase.OVER;
        return (System.nanoTime() - openedNanos) / 1e9;
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }
}
