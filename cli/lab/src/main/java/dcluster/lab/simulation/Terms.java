package dcluster.lab.simulation;

/**
 * What all runs of a campaign have in common.
 *
 * @param nanos how long faults may begin
 * @param clients how many ask at the same time
 * @param rate questions a second, of all clients together, as long as they are answered at once
 * @param patience how long a mended cluster may take to serve, and to agree: about ten election timeouts
 */
public record Terms(long nanos, int clients, int rate, long patience, int keys) {
    /** Thirty seconds, ten clients with four questions a second each, eight seconds of patience. */
    public static final Terms DEFAULT = new Terms(30_000_000_000L, 10, 40, 8_000_000_000L, 3);

    Workload workload() {
        return new Workload(keys);
    }
}
