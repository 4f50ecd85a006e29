package dcluster.lab.simulation;

import dcluster.spi.NodeId;
import java.util.Comparator;

/**
 * One question of a run, by name: the n-th of a client. Its moment, its node and its content are drawn for that name, so
 * that they stay what they are when other questions are not asked.
 *
 * @param client from 0
 * @param number from 0
 */
public record Asked(int client, long number) implements Comparable<Asked> {
    private static final Comparator<Asked> ORDER =
            Comparator.comparingInt(Asked::client).thenComparingLong(Asked::number);

    /** By client, then by number. */
    @Override
    public int compareTo(Asked other) {
        return ORDER.compare(this, other);
    }

    /** As values that it writes are called, too: {@code 3.17}. */
    @Override
    public String toString() {
        return client + "." + number;
    }

    /** A question that was asked, when, where, and what, in a line. */
    public record Told(Asked asked, long at, NodeId node, String what) {}
}
