package dcluster.toolkit;

import dcluster.spi.NodeId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Counts the nodes that said the same, each once, and none but the voters; but not those whose word is void by the {@link
 * Marks} of any that spoke. So two quorums that share but a node which was wiped between them do not both come about. Not
 * thread-safe.
 */
public final class Testimony {
    private final Set<NodeId> voters;
    private final Predicate<Set<NodeId>> enough;
    private final TreeMap<NodeId, Long> incarnations = new TreeMap<>();
    private Marks marks = Marks.NONE;

    /** Reached by voters that are enough. */
    public Testimony(Collection<NodeId> voters, Predicate<Set<NodeId>> enough) {
        this.voters = new LinkedHashSet<>(voters);
        this.enough = enough;
    }

    /** Reached by more than half of the voters. */
    public static Testimony majorityOf(Collection<NodeId> voters) {
        int needed = Quorums.majority(voters.size());
        return new Testimony(voters, counted -> counted.size() >= needed);
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
        return counted().size();
    }

    /** Whether enough do. */
    public boolean reached() {
        return enough.test(counted());
    }

    private Set<NodeId> counted() {
        return incarnations.keySet().stream().filter(this::has).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** All marks of those that spoke. */
    public Marks marks() {
        return marks;
    }
}
