package dcluster.lab.staleness;

import dcluster.config.AlgorithmChoice;

/**
 * How many of a key's replicas answer a read, and hold a write before it is acknowledged.
 *
 * @param replicas N
 * @param reads R, from 1 to N
 * @param writes W, from 1 to N
 */
public record Quorums(int replicas, int reads, int writes) {
    public Quorums {
        if (reads < 1 || reads > replicas || writes < 1 || writes > replicas) {
            throw new IllegalArgumentException(
                    "reads and writes are from 1 to replicas, " + replicas + ", not " + reads + " and " + writes);
        }
    }

    /**
     * Those of an algorithm that has them, as options of these names.
     *
     * @throws IllegalArgumentException if it has none
     */
    public static Quorums of(AlgorithmChoice choice) {
        var options = choice.plainOptions();
        if (options.get("replicas") instanceof Number replicas
                && options.get("reads") instanceof Number reads
                && options.get("writes") instanceof Number writes) {
            return new Quorums(replicas.intValue(), reads.intValue(), writes.intValue());
        }
        throw new IllegalArgumentException(
                choice.name() + " has no options replicas, reads and writes, so there is no formula for it");
    }

    /** Whether each read asks a replica that each write reached. */
    public boolean isStrict() {
        return reads + writes > replicas;
    }

    /**
     * The probability that R replicas drawn at random are none of the W that hold a write (Bailis and others 2012, section
     * 3.1): {@code C(N-W, R) / C(N, R)}.
     */
    public double missing() {
        return (double) choose(replicas - writes, reads) / choose(replicas, reads);
    }

    /**
     * The probability that a read sees one of so many last versions, if each write reached W replicas drawn anew and none
     * since (section 3.1). Writes that reach the others, too, make it more.
     */
    public double within(int versions) {
        return 1 - Math.pow(missing(), versions);
    }

    private static long choose(int from, int count) {
        long ways = 1;
        for (int i = 0; i < count; i++) {
            ways = ways * (from - i) / (i + 1);
        }
        return Math.max(0, ways);
    }
}
