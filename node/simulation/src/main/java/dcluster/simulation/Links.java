package dcluster.simulation;

import dcluster.spi.Default;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the network does to the messages of each link, a direction between two machines: passes or loses, repeats, delays
 * and reorders them. Changed by faults while a run goes on.
 */
public final class Links {
    /**
     * How a link treats what it carries.
     *
     * @param leastNanos the way takes at least that
     * @param spreadNanos and up to so much longer, each time as likely as another
     * @param longTail whether some take still longer: one in ten twice the spread, one in a hundred nine times
     * @param loss the share of messages that never arrive
     * @param repetition the share that arrive twice
     * @param reordering the share that others may overtake
     */
    public record Quality(
            @Default("100us") long leastNanos,
            @Default("400us") long spreadNanos,
            @Default("false") boolean longTail,
            @Default("0") double loss,
            @Default("0") double repetition,
            @Default("0") double reordering) {
        /** In spreads. */
        private static final double LONGEST_TAIL = 30;

        /** As on a quiet local network. */
        public static final Quality GOOD = new Quality(100_000, 400_000, false, 0, 0, 0);

        /**
         * How long the way takes that is drawn by these random bits, and its tail, if the link has any, by a share from 0 to
         * 1, without 1.
         */
        public long wayNanos(long bits, double share) {
            long way = leastNanos + Long.remainderUnsigned(bits, 1 + spreadNanos);
            return longTail ? way + tail(spreadNanos, share) : way;
        }

        /** Pareto's distribution by its inverse, from 0; the square root is exact on any Java. */
        private static long tail(long scale, double share) {
            return (long) (scale * Math.min(LONGEST_TAIL, 1 / Math.sqrt(1 - share) - 1));
        }

        /** What no way takes longer than. */
        public long longestNanos() {
            return leastNanos + spreadNanos + (longTail ? (long) (LONGEST_TAIL * spreadNanos) : 0);
        }

        /** The same, but with other shares. */
        public Quality with(double lost, double repeated, double reordered) {
            return new Quality(leastNanos, spreadNanos, longTail, lost, repeated, reordered);
        }

        /** The same, but slower. */
        public Quality slower(long nanos, long spread) {
            return new Quality(leastNanos + nanos, spreadNanos + spread, longTail, loss, repetition, reordering);
        }

        /** The same, but with a long tail. */
        public Quality withLongTail() {
            return new Quality(leastNanos, spreadNanos, true, loss, repetition, reordering);
        }
    }

    private final int nodes;
    private final Quality[] qualities;
    private final List<List<Cut>> cuts = new ArrayList<>();
    private final Map<String, Long> lostBy = new HashMap<>();
    private long disturbed;

    /**
     * What cuts a direction, and whether it takes what is under way there, too.
     *
     * @param by what brought it about
     */
    record Cut(String by, boolean dropsInFlight) {}

    Links(int nodes, Quality quality) {
        this.nodes = nodes;
        this.qualities = new Quality[nodes * nodes];
        Arrays.fill(qualities, quality);
        for (int link = 0; link < qualities.length; link++) {
            cuts.add(new ArrayList<>());
        }
    }

    int number(int from, int to) {
        return from * nodes + to;
    }

    Quality quality(int from, int to) {
        return qualities[number(from, to)];
    }

    void quality(int from, int to, Quality quality) {
        qualities[number(from, to)] = quality;
    }

    /** One more cut of a direction, which is mended when all of them are. */
    void cut(int from, int to, Cut cut) {
        cuts.get(number(from, to)).add(cut);
    }

    /** That cut is no more. */
    void mend(int from, int to, Cut cut) {
        cuts.get(number(from, to)).remove(cut);
    }

    /** Whether what is sent now gets nowhere. */
    boolean loses(int from, int to) {
        return isLost(cuts.get(number(from, to)), false);
    }

    /** Whether what was sent before, and would arrive now, does not. */
    boolean losesInFlight(int from, int to) {
        return isLost(cuts.get(number(from, to)), true);
    }

    /** Counts it for all that take it. */
    private boolean isLost(List<Cut> all, boolean isInFlight) {
        boolean isLost = false;
        for (var cut : all) {
            if (!isInFlight || cut.dropsInFlight) {
                lostBy.merge(cut.by, 1L, Long::sum);
                isLost = true;
            }
        }
        return isLost;
    }

    /** A message was lost, repeated, delayed or overtaken, as none is on a good link. */
    void disturbed() {
        disturbed++;
    }

    /** How many messages the cuts have swallowed that this brought about. */
    long lostBy(String what) {
        return lostBy.getOrDefault(what, 0L);
    }

    /** How many effects messages have met that a good link does not have. */
    long disturbedCount() {
        return disturbed;
    }
}
