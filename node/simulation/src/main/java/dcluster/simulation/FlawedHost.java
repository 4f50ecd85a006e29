package dcluster.simulation;

import dcluster.host.Recorder;
import dcluster.spi.Mutant;

/**
 * A mutant of the host: its algorithm is right, but simulated nodes that run it stand on something that is not. Hosts
 * in processes know nothing of this.
 */
public interface FlawedHost extends Mutant {
    /** What takes the records of a node, in place of what should. */
    default Recorder recorder(Recorder sound) {
        return sound;
    }

    /** What a node is told to be its incarnation. */
    default long incarnation(long durable) {
        return durable;
    }

    /** Whether a copy of a forward may reach the next process of its receiver, which no connection allows. */
    default boolean forwardsOutliveProcesses() {
        return false;
    }
}
