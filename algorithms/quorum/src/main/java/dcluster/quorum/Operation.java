package dcluster.quorum;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way through quorums. Nodes are known by their place in the order of its key.
 *
 * <pre>{@code
 *             R answered              W hold it              all owners answered, or were too late
 *   READING -------------> WRITING -------------> answered ---------------------------------------> ended
 *      |                                            ^
 *      +--------------------------------------------+
 *       a read
 * }</pre>
 */
final class Operation {
    private static final int NOBODY = -1;

    final long number;
    final Request request;
    final Bytes key;
    final Route route;

    /** What a merge supersedes; empty of all else. */
    final Clock context;

    /** When somebody was asked last. */
    long askedNanos;

    /** What all that answered know together. */
    Versions known;

    /** What is being written; null while reading. */
    @Nullable
    Versions change;

    /** Whether the client has its answer. */
    boolean isAnswered;

    /** How much the state may grow by it. */
    long growth;

    /** Whom it concerns: owners, and who stands in for one of them. */
    private long asked;

    /** Who has answered in this phase. */
    private long answered;

    /** What each that was asked has answered to the read. */
    private final @Nullable Versions[] told;

    /** The place for which each stands in. */
    private final int[] standsFor;

    Operation(long number, Request request, Route route, Versions none) {
        this.number = number;
        this.request = request;
        this.key = ((Command.OnKey) request.command()).key();
        this.route = route;
        this.context = request.command() instanceof Command.Merge merge ? Clock.ofContext(merge.context()) : Clock.NONE;
        this.known = none;
        this.asked = (1L << route.ownerCount()) - 1;
        this.told = new Versions[route.order().size()];
        this.standsFor = new int[route.order().size()];
        Arrays.fill(standsFor, NOBODY);
    }

    boolean isRead() {
        return request.command().isRead();
    }

    /**
     * Whether it hands on the values that it reads. A put or a deletion supersedes all that it finds, so that it needs no
     * bytes; a merge leaves what its context does not cover.
     */
    boolean needsValues() {
        return request.command() instanceof Command.Get
                || request.command() instanceof Command.ReadSiblings
                || isMerge();
    }

    boolean isMerge() {
        return request.command() instanceof Command.Merge;
    }

    boolean isWriting() {
        return change != null;
    }

    /** The value that it writes; empty if it deletes. */
    Optional<Bytes> value() {
        if (request.command() instanceof Command.Put put) {
            return Optional.of(put.value());
        }
        return request.command() instanceof Command.Merge merge ? merge.value() : Optional.empty();
    }

    // Whom it concerns

    int size() {
        return route.order().size();
    }

    NodeId node(int place) {
        return route.order().get(place);
    }

    /** The place of a node; negative if it has none. */
    int place(NodeId node) {
        return route.order().indexOf(node);
    }

    boolean isAsked(int place) {
        return has(asked, place);
    }

    boolean hasAnswered(int place) {
        return has(answered, place);
    }

    /** Whether that node's answer is waited for. */
    boolean isAwaited(int place) {
        return isAsked(place) && !hasAnswered(place);
    }

    /** From now on a node stands in for an owner. */
    void engage(int place, int owner) {
        asked |= 1L << place;
        standsFor[place] = owner;
    }

    /** Whether somebody stands in for an owner who has answered or is up, and so may. */
    boolean hasStandIn(int owner, Predicate<NodeId> isUp) {
        for (int place = route.ownerCount(); place < size(); place++) {
            if (standsFor[place] == owner && (hasAnswered(place) || isUp.test(node(place)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody that stands in for an owner holds what is written. */
    boolean isHeldFor(int owner) {
        for (int place = route.ownerCount(); place < size(); place++) {
            if (standsFor[place] == owner && hasAnswered(place)) {
                return true;
            }
        }
        return false;
    }

    /** For whom a node stands in. */
    Optional<NodeId> owedTo(int place) {
        return standsFor[place] == NOBODY ? Optional.empty() : Optional.of(node(standsFor[place]));
    }

    // What they answered

    /** Counts an answer to the read; false if that node was counted or not asked. */
    boolean read(int place, Versions versions) {
        if (!isAwaited(place)) {
            return false;
        }
        answered |= 1L << place;
        told[place] = versions;
        known = known.join(versions);
        return true;
    }

    /** Begins the second phase. */
    void write(Versions versions) {
        change = versions;
        answered = 0;
    }

    /** Counts a node that holds what is written, however often it says so. */
    void held(int place) {
        if (isAsked(place)) {
            answered |= 1L << place;
        }
    }

    /** Whether so many of the owners that had everything have answered, or who stands in for them. */
    boolean isRead(int needed) {
        return count(route.former()) >= needed;
    }

    /** Whether so many of the owners have answered, of those that are to have everything, too. */
    boolean isWritten(int needed) {
        return count(route.former()) >= needed && (route.future() == 0 || count(route.future()) >= needed);
    }

    int answers() {
        return Long.bitCount(answered);
    }

    private int count(long owners) {
        int count = 0;
        for (int place = 0; place < size(); place++) {
            int owner = standsFor[place] == NOBODY ? place : standsFor[place];
            count += has(answered, place) && has(owners, owner) ? 1 : 0;
        }
        return count;
    }

    /** Whether all owners have answered. */
    boolean isComplete() {
        long owners = (1L << route.ownerCount()) - 1;
        return (answered & owners) == owners;
    }

    /** Whether each owner has answered or is one of those. */
    boolean isComplete(Predicate<NodeId> orIs) {
        for (int place = 0; place < route.ownerCount(); place++) {
            if (!hasAnswered(place) && !orIs.test(node(place))) {
                return false;
            }
        }
        return true;
    }

    /** The first owner that has answered; negative if none has. */
    int answeringOwner() {
        long owners = answered & ((1L << route.ownerCount()) - 1);
        return owners == 0 ? NOBODY : Long.numberOfTrailingZeros(owners);
    }

    /** Whether an owner has answered the read, and knows less than all that answered. */
    boolean isBehind(int owner) {
        var its = told[owner];
        if (its == null || its.equals(known)) {
            return false;
        }
        // Who never heard of a key needs not hear that it was deleted.
        return !(its.isNone() && known.isTombstone());
    }

    private static boolean has(long places, int place) {
        return (places & 1L << place) != 0;
    }

    /** What the client learns. */
    Result result() {
        var values = known.values();
        var command = request.command();
        if (command instanceof Command.ReadSiblings) {
            return siblings(values);
        }
        if (command instanceof Command.Get) {
            return values.size() > 1 ? siblings(values) : one(values);
        }
        return command instanceof Command.Put || command instanceof Command.Merge
                ? new Result.Applied(true)
                : new Result.WholeNumber(values.isEmpty() ? 0 : 1);
    }

    private Result siblings(List<Bytes> values) {
        return new Result.Siblings(values, ((Versions.Concurrent) known).clock().context());
    }

    private static Result one(List<Bytes> values) {
        return values.isEmpty() ? new Result.Absent() : new Result.Found(values.get(0));
    }
}
