package dcluster.quorum;

import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import java.util.List;
import java.util.Locale;

/**
 * Judges whether the keys of a cluster that is stopped stay reachable when it goes on with other options or nodes. Whether
 * a ring that was to be reached has been reached, only the nodes know: they refuse to start if not, see {@link Rebalance}.
 */
final class RingChange {
    private RingChange() {}

    /** @throws IllegalArgumentException if some would not */
    static void check(QuorumConfig before, Membership nodesBefore, QuorumConfig after, Membership nodesAfter) {
        requireSame("replicas", before.replicas(), after.replicas());
        requireSame("tokens", before.tokens(), after.tokens());
        requireSame("versions", before.versions(), after.versions());
        requireQuorumsMeet(before, after);
        requireNamed(
                without(nodesAfter.ids(), nodesBefore.ids()),
                after.joining(),
                "new nodes hold nothing yet: start the cluster with options.quorum.joining: ");
        requireNamed(
                without(nodesBefore.ids(), nodesAfter.ids()),
                before.leaving(),
                "nodes that go may hold what nobody else does: start the cluster with them and options.quorum.leaving: ");
        requireKnownRing(new Placement(before, nodesBefore), new Placement(after, nodesAfter));
    }

    /**
     * A store that is to be strict must find all that was acknowledged before it was, also many changes ago: so it was
     * strict all the time, and took no more reads to find what there was.
     */
    private static void requireQuorumsMeet(QuorumConfig before, QuorumConfig after) {
        if (!after.isStrict()) {
            return;
        }
        if (!before.isStrict()) {
            throw new IllegalArgumentException("reads and writes that need not meet (reads: " + before.reads()
                    + ", writes: " + before.writes() + (before.sloppy() ? ", sloppy" : "")
                    + ") may have left keys where reads that claim to be regular miss them: what is not strict stays so;"
                    + " copy its keys to a new cluster");
        }
        if (after.reads() < before.reads()) {
            throw new IllegalArgumentException("fewer reads (" + after.reads() + ") than before (" + before.reads()
                    + ") may miss what was written then, and claim to be regular: reads can only grow");
        }
    }

    private static void requireSame(String option, Object before, Object after) {
        if (!before.equals(after)) {
            throw new IllegalArgumentException("options.quorum." + option + " was " + word(before)
                    + " when the keys were placed, and cannot become " + word(after));
        }
    }

    private static String word(Object option) {
        return option.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<NodeId> without(List<NodeId> nodes, List<NodeId> others) {
        return nodes.stream().filter(node -> !others.contains(node)).toList();
    }

    private static void requireNamed(List<NodeId> nodes, List<String> names, String why) {
        if (!nodes.stream().map(NodeId::name).allMatch(names::contains)) {
            throw new IllegalArgumentException(why + nodes + ", until status says that the ring is settled");
        }
    }

    /** One step at a time: from one of the two rings before to one of the two after. */
    private static void requireKnownRing(Placement before, Placement after) {
        var known = List.of(before.formerNodes(), before.nodes());
        if (!known.contains(after.formerNodes()) && !known.contains(after.nodes())) {
            throw new IllegalArgumentException("the keys were placed on a ring of " + before.nodes()
                    + ", and the options tell of one of " + after.formerNodes()
                    + ": only nodes that are new may be in options.quorum.joining");
        }
    }
}
