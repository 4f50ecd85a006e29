package dcluster.checker.linear;

/**
 * What a search may still take of time and memory. Whatever can go on for long tells how much it did; after enough of
 * that the clock is looked at, so that no state, however large, and no chain, however long, hides the time from it. The
 * first of it is free: a small search ends even if the time is up.
 */
final class Allowance {
    /** There is no more of it. */
    static final class Spent extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean isTime;

        private Spent(boolean isTime) {
            super(isTime ? "out of time" : "out of memory", null, false, false);
            this.isTime = isTime;
        }

        /** Whether it is time that did not suffice, or else memory. */
        boolean isTime() {
            return isTime;
        }
    }

    /** Looks at one thing each, of a few nanoseconds: together less than a millisecond. */
    private static final int LOOK_EVERY = 100_000;

    private static final int LONGEST_ARRAY = 1 << 29;

    private final long deadline;
    private final long mostBytes;
    private long bytes;
    private long unlooked;

    /** {@code deadline} by {@link System#nanoTime}. */
    Allowance(long deadline, long mostBytes) {
        this.deadline = deadline;
        this.mostBytes = mostBytes;
    }

    /** Says that so many things were looked at. */
    void work(long things) throws Spent {
        unlooked += things;
        if (unlooked >= LOOK_EVERY) {
            unlooked = 0;
            if (nanosLeft() <= 0) {
                throw new Spent(true);
            }
        }
    }

    /** Takes memory for as long as the search goes on. */
    void take(long more) throws Spent {
        bytes += more;
        if (bytes > mostBytes) {
            throw new Spent(false);
        }
    }

    /** Twice the length of an array that is full; while it is copied there are both. */
    int doubled(int length, int bytesEach) throws Spent {
        long old = (long) length * bytesEach;
        if (length > LONGEST_ARRAY || bytes + 2 * old > mostBytes) {
            throw new Spent(false);
        }
        bytes += old;
        return 2 * length;
    }

    /** The same deadline at most, and what is left of the memory. */
    Allowance part(long nanos) {
        return new Allowance(System.nanoTime() + Math.max(0, Math.min(nanos, nanosLeft())), mostBytes - bytes);
    }

    long nanosLeft() {
        return deadline - System.nanoTime();
    }
}
