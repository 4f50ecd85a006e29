package dcluster.lab.simulation;

/**
 * How much there is to read in a run.
 *
 * @param disturbances single messages that were lost, repeated or delayed
 * @param events all that its trace tells
 * @param nanos of virtual time
 */
public record Size(int nodes, int faults, int questions, int disturbances, long events, long nanos) {}
