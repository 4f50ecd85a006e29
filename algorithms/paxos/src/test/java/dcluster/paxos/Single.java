package dcluster.paxos;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.toolkit.testing.Members;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Single-decree Paxos: the rules of one instance, out of the classes that a replica is made of, without network, disk or
 * time. Three of its parts are a line each: an acceptor is {@link Vows}, a proposer of a ballot is an {@link Adoption}, and
 * a learner is a {@link Run}.
 */
final class Single {
    static final Value.Apply A = put("a", "1");
    static final Value.Apply B = put("b", "2");
    static final Value.Apply C = put("c", "3");
    static final Value NO_OP = new Value.NoOp();

    /** The one instance. */
    private static final long SLOT = 1;

    private final Quorums quorums;
    private final List<NodeId> all;
    private final Map<NodeId, Vows> acceptors = new LinkedHashMap<>();
    private final Map<Ballot, Run> issued = new LinkedHashMap<>();

    Single(int acceptorCount, Quorums quorums) {
        this.quorums = quorums;
        this.all = Members.of(acceptorCount).ids();
        all.forEach(node -> acceptors.put(node, new Vows()));
    }

    static Ballot ballot(long round, String node) {
        return new Ballot(round, new NodeId(node), 1);
    }

    static Value.Apply put(String key, String value) {
        return new Value.Apply(new Command.Put(Bytes.utf8(key), Bytes.utf8(value)));
    }

    List<NodeId> acceptors() {
        return all;
    }

    Vows acceptor(String node) {
        return Objects.requireNonNull(acceptors.get(new NodeId(node)));
    }

    /** Phase 1, among some acceptors: what they have accepted, or nothing if some of those that promised are no quorum. */
    Optional<Adoption> prepare(Ballot ballot, Set<NodeId> asked) {
        var adoption = new Adoption();
        var promised = new LinkedHashSet<NodeId>();
        for (var node : asked) {
            var vows = acceptor(node.name());
            if (vows.mayPromise(ballot)) {
                vows.promise(ballot);
                promised.add(node);
                var accepted = vows.accepted(SLOT);
                if (accepted != null) {
                    adoption.respond(accepted);
                }
            }
        }
        return quorums.isPhase1(promised, all) ? Optional.of(adoption) : Optional.empty();
    }

    /** Phase 2, among some acceptors; a ballot has one value. */
    void propose(Ballot ballot, Value value, Set<NodeId> asked) {
        var run = issued.computeIfAbsent(ballot, first -> new Run(SLOT, List.of(value), 0));
        for (var node : asked) {
            var vows = acceptor(node.name());
            if (vows.mayAccept(ballot)) {
                vows.accept(SLOT, new Proposal(ballot, value));
                run.accept(node, SLOT, SLOT);
            }
        }
    }

    /** A proposal that a quorum has accepted, if there is one, the lowest first. */
    Optional<Proposal> chosen() {
        return issued.entrySet().stream()
                .filter(each -> quorums.isPhase2(each.getValue().accepted(), all))
                .map(each ->
                        new Proposal(each.getKey(), each.getValue().values().get(0)))
                .min((one, other) -> one.ballot().compareTo(other.ballot()));
    }
}
