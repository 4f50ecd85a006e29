package dcluster.spi;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processes that a cluster begins with. {@code nodes} hold the data and are sorted by id; the {@code coordinator},
 * if there is one, stands beside them: it passes commands on, or {@linkplain AlgorithmProvider#hasCoordinator runs the
 * algorithm} in a role of its own.
 */
public record Membership(List<Member> nodes, Optional<Member> coordinator) {
    public Membership {
        nodes = nodes.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a cluster has at least one node");
        }
        var seen = new HashSet<NodeId>();
        Stream.concat(nodes.stream(), coordinator.stream()).map(Member::id).forEach(id -> {
            if (!seen.add(id)) {
                throw new IllegalArgumentException("two members have the id " + id);
            }
        });
    }

    /** The ids of the nodes, sorted, without the coordinator. */
    public List<NodeId> ids() {
        return nodes.stream().map(Member::id).toList();
    }

    /** The ids of the nodes but for one, sorted. */
    public List<NodeId> others(NodeId self) {
        return ids().stream().filter(id -> !id.equals(self)).toList();
    }

    /** The member of that id, coordinator included. */
    public Optional<Member> member(NodeId id) {
        return all().filter(member -> member.id().equals(id)).findFirst();
    }

    /** Nodes, then the coordinator. */
    public Stream<Member> all() {
        return Stream.concat(nodes.stream(), coordinator.stream());
    }

    /** Whether that process is the coordinator. */
    public boolean isCoordinator(NodeId id) {
        return coordinator.filter(member -> member.id().equals(id)).isPresent();
    }
}
