package dcluster.simulation;

import dcluster.spi.Default;
import java.util.Arrays;

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
        /** As on a quiet local network. */
        public static final Quality GOOD = new Quality(100_000, 400_000, false, 0, 0, 0);

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
    private final int[] cuts;
    private final int[] cutsInFlight;
    private final long[] lostByCuts;
    private long disturbed;

    Links(int nodes, Quality quality) {
        this.nodes = nodes;
        this.qualities = new Quality[nodes * nodes];
        this.cuts = new int[nodes * nodes];
        this.cutsInFlight = new int[nodes * nodes];
        this.lostByCuts = new long[nodes * nodes];
        Arrays.fill(qualities, quality);
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

    /** One more or one less of the cuts of a direction; it is mended when all of them are. */
    void cut(int from, int to, int by, boolean dropsInFlight) {
        cuts[number(from, to)] += by;
        if (dropsInFlight) {
            cutsInFlight[number(from, to)] += by;
        }
    }

    /** Whether what is sent now gets nowhere. */
    boolean loses(int from, int to) {
        return counted(number(from, to), cuts);
    }

    /** Whether what was sent before, and would arrive now, does not. */
    boolean losesInFlight(int from, int to) {
        return counted(number(from, to), cutsInFlight);
    }

    private boolean counted(int link, int[] which) {
        if (which[link] == 0) {
            return false;
        }
        lostByCuts[link]++;
        return true;
    }

    /** A message was lost, repeated, delayed or overtaken, as none is on a good link. */
    void disturbed() {
        disturbed++;
    }

    /** How many messages cuts have swallowed. */
    long lostByCuts() {
        return Arrays.stream(lostByCuts).sum();
    }

    /** How many messages in one direction they have. */
    long lostByCuts(int from, int to) {
        return lostByCuts[number(from, to)];
    }

    /** How many effects messages have met that a good link does not have. */
    long disturbedCount() {
        return disturbed;
    }
}
