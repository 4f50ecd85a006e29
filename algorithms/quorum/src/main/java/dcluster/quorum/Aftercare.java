package dcluster.quorum;

import dcluster.quorum.QuorumMessage.Item;
import dcluster.spi.Bytes;
import dcluster.spi.Context;
import dcluster.spi.NodeId;
import java.util.List;

/**
 * What is done about owners that did not answer an operation in time, or answered with something old: hints for the
 * former, read repair for the latter (Dynamo, sections 4.6 and 5).
 */
final class Aftercare {
    /** With so many operations under way none waits for owners only to look after them. */
    private static final int MOST_WAITING = 10_000;

    private final QuorumConfig config;
    private final Context<QuorumMessage, QuorumRecord, QuorumTimer> context;
    private final Replica replica;
    private final Repairs repairs;
    private long readRepairs;
    private long hints;

    Aftercare(
            QuorumConfig config,
            Context<QuorumMessage, QuorumRecord, QuorumTimer> context,
            Replica replica,
            Repairs repairs) {
        this.config = config;
        this.context = context;
        this.replica = replica;
        this.repairs = repairs;
    }

    /** Whether an operation that is answered has something to gain from more answers. */
    boolean isWorthWaiting(Operation operation, int waiting) {
        return waiting <= MOST_WAITING && (operation.isWriting() ? config.hintedHandoff() : mayRepair(operation));
    }

    /** An operation has ended. */
    void end(Operation operation) {
        if (operation.isWriting()) {
            leaveHints(operation);
        } else if (operation.isAnswered && mayRepair(operation)) {
            repair(operation);
        }
    }

    /** Only what was read with its values can be given to others. */
    private boolean mayRepair(Operation operation) {
        return config.readRepair() && operation.isRead() && operation.needsValues();
    }

    private void repair(Operation operation) {
        if (!operation.known.fits()) {
            // Nobody takes it, and no message carries it.
            return;
        }
        for (int owner = 0; owner < operation.route.ownerCount(); owner++) {
            if (operation.isBehind(owner)) {
                readRepairs++;
                give(operation, owner);
            }
        }
    }

    private void give(Operation operation, int owner) {
        var node = operation.node(owner);
        if (node.equals(context.self())) {
            replica.take(operation.key, operation.known);
        } else {
            repairs.send(node, List.of(new Item(operation.key, operation.known)));
        }
    }

    private void leaveHints(Operation operation) {
        var change = operation.change;
        if (!config.hintedHandoff() || change == null) {
            return;
        }
        for (int owner = 0; owner < operation.route.ownerCount(); owner++) {
            if (!operation.hasAnswered(owner) && !operation.isHeldFor(owner)) {
                leaveHint(operation.node(owner), operation.key, change);
            }
        }
    }

    private void leaveHint(NodeId owner, Bytes key, Versions change) {
        // This node itself holds it already, if its disk is slow.
        if (!owner.equals(context.self()) && replica.takeFor(owner, key, change)) {
            hints++;
        }
    }

    /** How often an owner was given what it had not yet when it answered a read. */
    long readRepairs() {
        return readRepairs;
    }

    /** How many hints this node left for owners as a coordinator. */
    long hints() {
        return hints;
    }
}
