package dcluster.lab.staleness;

import java.util.Arrays;

/** How many versions behind the last acknowledged write reads were, each counted once. */
public final class Behind {
    private final long[] counts;

    /** Of reads after so many writes. */
    Behind(int writes) {
        counts = new long[writes + 1];
    }

    /** A read that many versions behind; 0 is the last one. */
    void add(int versions) {
        counts[versions]++;
    }

    /** How many reads there were. */
    public long reads() {
        return Arrays.stream(counts).sum();
    }

    /** The share of reads that saw one of so many last versions, from 1; not a number if there were no reads. */
    public double within(int versions) {
        return (double) Arrays.stream(counts).limit(versions).sum() / reads();
    }
}
