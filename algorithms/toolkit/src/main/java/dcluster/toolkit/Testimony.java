package dcluster.toolkit;

import dcluster.spi.NodeId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts the nodes that said the same, each once, and none but the voters; but not those whose word is void by the {@link
 * Marks} of any that spoke. So two quorums that share but a node which was wiped between them do not both come about. Not
 * thread-safe.
 */
public final class Testimony {
    private final Set<NodeId> voters;
    private final int needed;
    private final TreeMap<NodeId, Long> incarnations = new TreeMap<>();
    private Marks marks = Marks.NONE;

    /** Reached by so many of the voters. */
    public Testimony(Collection<NodeId> voters, int needed) {
        this.voters = new LinkedHashSet<>(voters);
        this.needed = needed;
    }

    /** Reached by more than half of the voters. */
    public static Testimony majorityOf(Collection<NodeId> voters) {
        return new Testimony(voters, Quorums.majority(voters.size()));
    }

    /** A node said it in that incarnation, and had these marks by then; its latest incarnation counts. */
    public void add(NodeId voter, long incarnation, Marks known) {
        if (voters.contains(voter)) {
            incarnations.merge(voter, incarnation, Math::max);
            marks = marks.and(known);
        }
    }

    /** Whether that node counts. */
    public boolean has(NodeId voter) {
        var incarnation = incarnations.get(voter);
        return incarnation != null && !marks.isVoid(voter, incarnation);
    }

    /** How many count. */
    public int count() {
        return (int) incarnations.keySet().stream().filter(this::has).count();
    }

    /** Whether enough do. */
    public boolean reached() {
        return count() >= needed;
    }

    /** All marks of those that spoke. */
    public Marks marks() {
        return marks;
    }
}
