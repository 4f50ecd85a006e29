package dcluster.lab.simulation;

/** The seeds of a campaign, both ends included. */
public record Seeds(long first, long last) {
    public Seeds {
        if (first < 1 || last < first || last == Long.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "seeds go from 1 or more up to no less, as in 1..1000, not " + first + ".." + last);
        }
    }

    public long count() {
        return last - first + 1;
    }

    /**
     * One of so many shares, from 1, that differ by one seed at most. Each is a range of its own, not every n-th seed:
     * size and bounds of a seed's cluster come in turns, and each share is to have all of them.
     *
     * @throws IllegalArgumentException if there is no such share, or not a seed for it
     */
    public Seeds share(int number, int of) {
        if (of < 1) {
            throw new IllegalArgumentException("there is at least one share, as in 1/1, not " + of);
        }
        if (number < 1 || number > of) {
            throw new IllegalArgumentException("a share is from 1 to " + of + " of " + of + ", not " + number);
        }
        if (count() < of) {
            throw new IllegalArgumentException(count() + " seeds are too few for " + of + " shares");
        }
        return new Seeds(begin(number - 1, of), begin(number, of) - 1);
    }

    /** The first seed behind so many shares. */
    private long begin(long shares, int of) {
        return first + count() / of * shares + Math.min(shares, count() % of);
    }

    @Override
    public String toString() {
        return first == last ? String.valueOf(first) : first + ".." + last;
    }
}
