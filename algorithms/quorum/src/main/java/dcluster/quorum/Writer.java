package dcluster.quorum;

import dcluster.quorum.Versions.Concurrent;
import dcluster.quorum.Versions.Latest;
import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.toolkit.Consensus;
import dcluster.toolkit.Room;
import java.util.Optional;

/** Makes the versions that a coordinator writes, within bounds, and says what it cannot write. */
final class Writer {
    /** Why it refuses what it cannot do, as a clause. */
    static final String TAKES_CONSENSUS =
            "its replicas agree on no order, so nobody can look at a key and change it as one; that takes consensus, as"
                    + " raft has it";

    private final QuorumConfig config;
    private final Context<QuorumMessage, QuorumRecord, QuorumTimer> context;
    private final Replica replica;
    private final Room room;
    private long lastNanos = Long.MIN_VALUE + 1;

    Writer(QuorumConfig config, Context<QuorumMessage, QuorumRecord, QuorumTimer> context, Replica replica) {
        this.config = config;
        this.context = context;
        this.replica = replica;
        this.room = new Room(context, () -> replica.holdings().freeze());
    }

    /** Why a command cannot be served, whatever is known of its key. */
    Optional<Response> refusal(Command command) {
        if (Consensus.isNeededFor(command)) {
            return Optional.of(new Response.Failed(Reason.UNSUPPORTED, TAKES_CONSENSUS));
        }
        if (command instanceof Command.Merge merge) {
            try {
                Clock.ofContext(merge.context());
            } catch (IllegalArgumentException e) {
                return Optional.of(new Response.Failed(
                        Reason.UNSUPPORTED,
                        "that is no context as reading the siblings of a key gives it: " + e.getMessage()));
            }
        }
        return Optional.empty();
    }

    /** Takes room for what an operation may add to this node's own state; false if there is none. */
    boolean reserve(Operation operation) {
        if (operation.isRead() || !replica.isOwner(operation.key)) {
            return true;
        }
        long growth = growth(operation);
        if (!room.reserve(growth)) {
            return false;
        }
        operation.growth = growth;
        return true;
    }

    /** A deletion takes room only where it tells of what was not known. */
    private long growth(Operation operation) {
        var held = replica.holdings().of(operation.key);
        if (operation.value().isPresent()) {
            long after = held.memoryBytesWith(operation.value().get(), operation.isMerge());
            return room.growth(operation.key, after);
        }
        if (!operation.isMerge()) {
            return 0;
        }
        if (held.versions().isNone()) {
            return room.growth(operation.key, held.memoryBytesWithout(operation.context));
        }
        int known = ((Concurrent) held.versions()).clock().dots().size();
        return Versions.VERSION_BYTES * Math.max(0, operation.context.dots().size() - known);
    }

    /** The operation has ended. */
    void release(Operation operation) {
        room.release(operation.growth);
        operation.growth = 0;
    }

    /** The answer to what found no room. */
    Response full() {
        return room.full();
    }

    /** Whether a write needs to know nothing of what it supersedes, or knows it already. */
    boolean mayWriteUnread(Operation operation) {
        return config.hasVectorClocks()
                ? operation.isMerge() && replica.isOwner(operation.key)
                : operation.value().isPresent();
    }

    /**
     * Whether it deletes what never was there. A deletion that others know of must be written again: it may have reached
     * but one of them, and then the next read would find the value.
     */
    boolean isPointless(Operation operation) {
        return operation.value().isEmpty() && !operation.isMerge() && operation.known.isNone();
    }

    /** Makes the version that an operation writes from now on; the answer where that is refused. */
    Optional<Response> write(Operation operation) {
        if (!config.hasVectorClocks()) {
            operation.write(new Latest(stamp(), operation.value()));
            return Optional.empty();
        }
        var context = operation.isMerge() ? operation.context : ((Concurrent) operation.known).clock();
        if (isOverrun(operation, context)) {
            return refused(
                    Reason.UNSUPPORTED, "that context names more actors than the key ever had: read its siblings anew");
        }
        var written = replica.write(operation.key, operation.value(), context, operation.known);
        written.ifPresent(operation::write);
        return written.isPresent()
                ? Optional.empty()
                : refused(
                        Reason.OVERLOADED,
                        "the key holds too many siblings, or too large ones: merge them before adding more");
    }

    private boolean isOverrun(Operation operation, Clock context) {
        var known = (Concurrent) operation.known.join(replica.versions(operation.key));
        return known.clock().isOverrunBy(context);
    }

    private static Optional<Response> refused(Reason reason, String message) {
        return Optional.of(new Response.Failed(reason, message));
    }

    /** Above all that this life of the node has given, whatever the clock on the wall does. */
    private Stamp stamp() {
        lastNanos = Math.max(lastNanos + 1, context.wallNanos());
        return new Stamp(lastNanos, context.self(), context.incarnation());
    }
}
