package dcluster.lab.simulation;

import dcluster.spi.Traits;

/**
 * What all runs of a campaign have in common.
 *
 * @param nanos how long faults may begin
 * @param clients how many ask at the same time
 * @param rate questions a second, of all clients together, as long as they are answered at once
 * @param patience how long a mended cluster may take to serve, and to agree; 0 for what the algorithm says of itself
 */
public record Terms(long nanos, int clients, int rate, long patience, int keys) {
    /** Thirty seconds, ten clients with four questions a second each, and the algorithm's own patience. */
    public static final Terms DEFAULT = new Terms(30_000_000_000L, 10, 40, 0, 3);

    /** What clients ask of an algorithm with these traits. */
    Workload workload(Traits traits) {
        return new Workload(keys, traits);
    }
}
