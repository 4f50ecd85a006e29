package dcluster.checker.staleness;

import dcluster.checker.finding.Finding;
import dcluster.checker.finding.Judgement;
import dcluster.checker.history.Operation;
import java.util.List;
import java.util.stream.Stream;

/**
 * How stale the reads of a history were.
 *
 * @param reads how many reads were measured
 * @param stale how many of them were behind
 * @param versions how many versions all reads were behind, also those that were not
 * @param nanos for how long
 * @param furthest some of the reads that were most versions behind, the worst first
 * @param oldest some of those that were behind for longest, the worst first
 * @param unwritten reads of what nobody had begun to write; they are not among those that were measured
 */
public record Staleness(
        long reads,
        long stale,
        Distribution versions,
        Distribution nanos,
        List<StaleRead> furthest,
        List<StaleRead> oldest,
        List<Operation> unwritten) {
    /** So many reads of what nobody had begun to write are told. */
    private static final int SHOWN = 10;

    public Staleness {
        furthest = List.copyOf(furthest);
        oldest = List.copyOf(oldest);
        unwritten = List.copyOf(unwritten);
    }

    /** The share of reads that were behind, from 0 to 1. */
    public double staleShare() {
        return reads == 0 ? 0 : (double) stale / reads;
    }

    /** Whether all reads are within a bound; unknown if there are none. */
    public Judgement judge(Bound bound) {
        var worst = bound instanceof Bound.Versions ? furthest : oldest;
        var breaking = Stream.concat(
                        unwritten.stream().limit(SHOWN).map(Staleness::fromNowhere),
                        worst.stream().filter(read -> !bound.allows(read)).map(StaleRead::finding))
                .toList();
        if (!breaking.isEmpty()) {
            return Judgement.violated(breaking);
        }
        return reads == 0 ? Judgement.unknown("no read ended ok, so that nothing was measured") : Judgement.holds();
    }

    private static Finding fromNowhere(Operation read) {
        return new Finding(List.of(read), read + " (line " + read.invoked() + "): nobody had begun to write that");
    }
}
