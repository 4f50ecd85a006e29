package dcluster.twophase;

import dcluster.spi.NodeId;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets one thing happen at a time: a message arrives, or, when none is under way, one record becomes durable. Messages that
 * a crash does not undo stay under way.
 */
final class Steps {
    private record Flight(NodeId from, NodeId to, TwoPhaseMessage message) {}

    private final Rig rig;
    private final Queue<Flight> flights = new ArrayDeque<>();

    Steps(Rig rig) {
        this.rig = rig;
    }

    /** Whether there was anything left to happen. */
    boolean next() {
        depart();
        var flight = flights.poll();
        if (flight != null) {
            rig.at(flight.to).receive(flight.from, flight.message);
            return true;
        }
        return syncOne();
    }

    private void depart() {
        for (var from : rig.all()) {
            rig.at(from).sent().forEach(sent -> flights.add(new Flight(from, sent.to(), sent.message())));
            rig.mesh.forget(from);
        }
    }

    private boolean syncOne() {
        for (var node : rig.all()) {
            var context = rig.at(node);
            if (context.durableCount() < context.records().size()) {
                context.durable(context.durableCount() + 1);
                return true;
            }
        }
        return false;
    }

    /** All that is under way arrives, and nothing else happens. */
    void arrive() {
        depart();
        for (var flight = flights.poll(); flight != null; flight = flights.poll()) {
            rig.at(flight.to).receive(flight.from, flight.message);
        }
    }
}
