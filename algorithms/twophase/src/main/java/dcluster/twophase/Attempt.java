package dcluster.twophase;

import dcluster.spi.NodeId;
import dcluster.spi.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One attempt at a transaction, up to its decision: what its participants have executed and voted. */
final class Attempt {
    private final TransactionId id;
    private final Transaction transaction;
    private final int number;
    private final List<NodeId> writers;

    // By participant; looked up and never iterated over.
    private final Map<NodeId, Execution> executions = new HashMap<>();
    private final Map<NodeId, Result.Each> found = new HashMap<>();
    private final Map<NodeId, Ballot> votes = new HashMap<>();
    private long foundBytes;
    private boolean isPreparing;

    /** The {@code number}-th, from 1. */
    Attempt(TransactionId id, Transaction transaction, int number) {
        this.id = id;
        this.transaction = transaction;
        this.number = number;
        this.writers = transaction.writers();
    }

    TransactionId id() {
        return id;
    }

    Transaction transaction() {
        return transaction;
    }

    int number() {
        return number;
    }

    /** Those that have something to commit. */
    List<NodeId> writers() {
        return writers;
    }

    Iterable<NodeId> participants() {
        return transaction.parts().keySet();
    }

    /** A participant has executed its part; what it says later of another execution does not count. */
    void executed(NodeId by, Execution execution, Result.Each results) {
        if (executions.putIfAbsent(by, execution) == null) {
            found.put(by, results);
            foundBytes += results.bytes();
        }
    }

    boolean hasExecuted(NodeId node) {
        return executions.containsKey(node);
    }

    /** About what all that was found takes in a message. */
    long foundBytes() {
        return foundBytes;
    }

    boolean isExecuted() {
        return executions.size() == transaction.parts().size();
    }

    /** The execution that a participant is to vote on. */
    Execution execution(NodeId by) {
        var execution = executions.get(by);
        if (execution == null) {
            throw new IllegalStateException("prepared before it was executed: node=" + by + " id=" + id);
        }
        return execution;
    }

    Map<NodeId, Result.Each> found() {
        return found;
    }

    /** All is executed, and participants are asked for their votes. */
    void prepare() {
        isPreparing = true;
    }

    boolean isPreparing() {
        return isPreparing;
    }

    void voted(NodeId by, Ballot ballot) {
        votes.put(by, ballot);
    }

    boolean hasVoted(NodeId node) {
        return votes.containsKey(node);
    }

    boolean hasAllVotes() {
        return votes.size() == transaction.parts().size();
    }

    /** Those that have voted yes, or may have: they must learn the decision. */
    List<NodeId> concerned() {
        return writers.stream()
                .filter(node -> !votes.containsKey(node) || votes.get(node) == Ballot.YES)
                .toList();
    }

    /** Those that would have only read, and may still be about to. */
    List<NodeId> readers() {
        return transaction.parts().keySet().stream()
                .filter(node -> !votes.containsKey(node) && !writers.contains(node))
                .toList();
    }
}
