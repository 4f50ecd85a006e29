package dcluster.paxos;

import dcluster.spi.NodeId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Phase 2 of consecutive instances that are proposed together, and so are accepted and chosen together. */
final class Run {
    private final long first;
    private final List<Value> values;
    private final Set<NodeId> accepted = new LinkedHashSet<>();
    private long sentNanos;

    Run(long first, List<Value> values, long nowNanos) {
        this.first = first;
        this.values = values;
        this.sentNanos = nowNanos;
    }

    /** An acceptor has accepted everything from one instance to another. */
    void accept(NodeId acceptor, long from, long to) {
        if (from <= first && to >= last()) {
            accepted.add(acceptor);
        }
    }

    /** What that acceptor has accepted it has forgotten. */
    void forget(NodeId acceptor) {
        accepted.remove(acceptor);
    }

    /** It goes out again. */
    void resend(long nowNanos) {
        sentNanos = nowNanos;
    }

    Set<NodeId> accepted() {
        return accepted;
    }

    long first() {
        return first;
    }

    long last() {
        return first + values.size() - 1;
    }

    List<Value> values() {
        return values;
    }

    long bytes() {
        long sum = 0;
        for (var value : values) {
            sum += value.bytes();
        }
        return sum;
    }

    long sentNanos() {
        return sentNanos;
    }
}
