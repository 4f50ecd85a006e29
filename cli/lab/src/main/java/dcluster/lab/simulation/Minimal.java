package dcluster.lab.simulation;

import dcluster.simulation.Violation;

/**
 * A failure, and the shortest schedule that was found to break the same property.
 *
 * @param before the run as it was drawn
 * @param after the run of the schedule
 * @param runs how many were tried
 * @param isComplete whether none of the faults, questions and disturbances of the schedule can be left out alone, nor
 *     any number of nodes, the last of them first; else runs or time ran out before that was known
 */
public record Minimal(
        Schedule schedule, Violation violation, Size before, Size after, int runs, boolean isComplete, String told) {}
