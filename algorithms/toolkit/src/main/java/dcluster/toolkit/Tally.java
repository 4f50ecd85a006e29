package dcluster.toolkit;

import dcluster.spi.NodeId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Counts the nodes that said yes, each once however often its message is repeated, and none but the voters. Not
 * thread-safe.
 */
public final class Tally {
    private final Set<NodeId> voters;
    private final int needed;
    private final Set<NodeId> counted = new LinkedHashSet<>();

    private Tally(Collection<NodeId> voters, int needed) {
        this.voters = new LinkedHashSet<>(voters);
        this.needed = needed;
    }

    /** Reached by more than half of the voters. */
    public static Tally majorityOf(Collection<NodeId> voters) {
        return new Tally(voters, Quorums.majority(voters.size()));
    }

    /** Reached by every voter. */
    public static Tally allOf(Collection<NodeId> voters) {
        return new Tally(voters, voters.size());
    }

    /** Counts a node; false if it is no voter or was counted before. */
    public boolean add(NodeId voter) {
        return voters.contains(voter) && counted.add(voter);
    }

    public boolean has(NodeId voter) {
        return counted.contains(voter);
    }

    public int count() {
        return counted.size();
    }

    /** Whether enough voters were counted. */
    public boolean reached() {
        return counted.size() >= needed;
    }
}
