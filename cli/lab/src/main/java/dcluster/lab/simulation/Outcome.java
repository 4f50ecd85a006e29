package dcluster.lab.simulation;

import dcluster.simulation.Violation;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param findings what it was, up to the violation if there is one
 * @param violation what happened that must never happen
 */
public record Outcome(Findings findings, Optional<Violation> violation) {}
