package dcluster.paxos;

import org.jspecify.annotations.Nullable;

/**
 * Which value a proposer may propose in one instance, given what the acceptors of a quorum have accepted there (Paxos Made
 * Simple, 2.2, P2c): "the value of the highest-numbered proposal among the responses, or any value if the responders
 * reported no proposals".
 */
final class Adoption {
    private @Nullable Proposal highest;

    /** An acceptor responded that it has accepted this. */
    void respond(Proposal accepted) {
        if (highest == null || highest.ballot().isBelow(accepted.ballot())) {
            highest = accepted;
        }
    }

    /** The value to propose: the one that may be chosen already, else the proposer's own. */
    Value valueOr(Value own) {
        return highest == null ? own : highest.value();
    }
}
