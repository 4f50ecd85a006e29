package dcluster.checker.availability;

import dcluster.checker.finding.Judgement;
import dcluster.checker.history.Operation;
import java.time.Duration;
import java.util.List;

/**
 * How available one node was, or all of them together.
 *
 * @param name of the node; "all nodes" of all
 * @param asked how many operations were invoked
 * @param answered how many of them ended ok
 * @param inVain some that did not, in order of their invocations
 * @param outages some outages, the longest first
 * @param slices in order of time
 * @param recoveries one for each note of the nemesis
 */
public record Side(
        String name,
        long asked,
        long answered,
        List<Operation> inVain,
        List<Outage> outages,
        List<Slice> slices,
        List<Recovery> recoveries) {
    public Side {
        inVain = List.copyOf(inVain);
        outages = List.copyOf(outages);
        slices = List.copyOf(slices);
        recoveries = List.copyOf(recoveries);
    }

    /** The share of operations that were answered, from 0 to 1; 1 if there were none. */
    public double share() {
        return asked == 0 ? 1 : (double) answered / asked;
    }

    /** The length of the longest outage. */
    public Duration longestOutage() {
        return outages.isEmpty() ? Duration.ZERO : outages.get(0).length();
    }

    /** Whether it did what was demanded; unknown if nothing was asked, or no fault was noted from which to recover. */
    public Judgement judge(Demand demand) {
        if (asked == 0) {
            return Judgement.unknown(name + ": nothing was asked");
        }
        return demand.judge(this);
    }
}
