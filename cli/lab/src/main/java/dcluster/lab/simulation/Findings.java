package dcluster.lab.simulation;

import dcluster.simulation.Ledger;
import dcluster.simulation.Tally;
import java.util.Set;

/**
 * What one run was.
 *
 * @param digest stands for its whole trace
 * @param nanos of virtual time
 * @param isDecided whether the checker had time and memory to judge the history
 */
public record Findings(
        long seed,
        long digest,
        long events,
        long turns,
        long nanos,
        int operations,
        Ledger ledger,
        Tally tally,
        Set<Long> states,
        boolean isDecided) {}
