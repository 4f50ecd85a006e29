package dcluster.simulation;

import java.util.ArrayList;
import java.util.List;

/** Holds down the nodes that one fault strikes, until that fault ends; they start again if no other holds them down. */
final class Outage {
    private final Fault fault;
    private final List<Runnable> ends = new ArrayList<>();
    private boolean ended;

    Outage(Fault fault) {
        this.fault = fault;
    }

    /** Its process ends, unless the fault has ended before. */
    void crash(Condition struck, boolean losesPower) {
        if (!ended) {
            struck.node().crash(losesPower, fault.toString());
            hold(struck);
        }
    }

    /** It stays down if it is. */
    void hold(Condition struck) {
        if (!ended) {
            ends.add(struck.down().begin(true));
        }
    }

    void end() {
        ended = true;
        ends.forEach(Runnable::run);
        ends.clear();
    }
}
