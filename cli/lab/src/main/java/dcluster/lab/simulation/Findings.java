package dcluster.lab.simulation;

import dcluster.simulation.Ledger;
import dcluster.simulation.Tally;
import java.util.Set;

/**
 * What one run was.
 *
 * @param digest stands for its whole trace
 * @param nanos of virtual time
 * @param operations what clients asked, the readers and writers at the end among them
 * @param acknowledged how many writes succeeded while a fault was in force
 * @param isDecided whether the checker had time and memory to judge the history
 */
public record Findings(
        long seed,
        long digest,
        long events,
        long turns,
        long nanos,
        int operations,
        long acknowledged,
        Ledger ledger,
        Tally tally,
        Set<Long> states,
        boolean isDecided) {}
