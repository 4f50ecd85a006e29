package dcluster.checker.availability;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How available a cluster was.
 *
 * @param all whatever node was asked
 * @param nodes those that the history names
 */
public record Availability(Side all, SortedMap<String, Side> nodes) {
    public Availability {
        nodes = new TreeMap<>(nodes);
    }
}
