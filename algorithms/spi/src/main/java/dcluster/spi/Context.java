package dcluster.spi;

import java.time.Duration;
import java.util.Iterator;
import java.util.random.RandomGenerator;

/**
 * All that an algorithm can do to the world, handed to it at its creation. Used only on the thread of its events, while
 * one is being handled; before {@link Algorithm#start} only {@link #self} and {@link #members} may be used.
 *
 * <p>Its own {@link #send} and {@link #reply} are <em>held</em>: they leave once every record journalled before them is
 * durable, in the order in which they were given.
 */
public interface Context<M, R, T> extends Outbox<M> {
    /** This node. */
    NodeId self();

    /**
     * How often this node was started, from 1, durable before {@link Algorithm#start}; a wiped node counts on from where it
     * was. An id that carries node, incarnation and a counter is never issued twice, although the counter is kept in
     * memory.
     */
    long incarnation();

    /**
     * Whether this node was wiped: its journal began empty although it had run before, so that what it promised and
     * acknowledged in earlier incarnations is forgotten. The same in all incarnations since; whether it has recovered, the
     * algorithm has to journal. Only asked of algorithms that {@linkplain Traits.Property#RECOVERS_FROM_WIPES recover}:
     * others are never started on such a journal.
     */
    boolean isWiped();

    /** The nodes that the cluster began with, and how they are reached. */
    Membership members();

    /** Nanoseconds since some fixed moment; never goes back. Timers run on this clock: its drift is theirs. */
    long nowNanos();

    /** Nanoseconds since 1970 as this machine believes; may jump either way or be plainly wrong. */
    long wallNanos();

    /** The only source of random numbers; seeded in a simulation. */
    RandomGenerator random();

    /**
     * Appends a record to the journal and calls {@link Algorithm#replay} with it before returning. It is durable some
     * time later, together with the others of this turn; outputs given from now on wait for that. A crash keeps a
     * prefix of what was journalled. If the disk fails the node stops.
     */
    void journal(R record);

    /** The size of the journal in bytes: what {@link #compact} would replace. */
    long journalBytes();

    /**
     * Rewrites the journal as {@code state}, which yields the whole durable state as of this call, followed by every
     * record journalled after it. The iterator is pulled piece by piece between later turns, so it must read from an
     * immutable view; one record should stay under {@link Limits#CHUNK_BYTES}. The durable state itself does not
     * change, and no output waits for this. Until the rewriting is complete and durable, the old journal counts. Call
     * it when {@link #journalBytes} exceeds about twice the state, so that the cost stays in proportion.
     *
     * <p>If the disk has no room for it, it is abandoned and the old journal goes on to count, without a word to the
     * algorithm: call it again whenever it is worth it.
     *
     * @return whether the rewriting began; a call while an earlier one is under way, or soon after one was abandoned,
     *     does nothing
     */
    boolean compact(Iterator<R> state);

    /**
     * How much memory, in bytes, the clients' data may take in each replica, with the objects around it ({@code
     * storage.capacity} in the cluster file; the same at each node). What could exceed it is refused with {@link
     * Response.Reason#OVERLOADED} where it is proposed, before it is journalled. The node has memory for about three
     * times that: the data, what a view that is being written or sent still holds of older data, and data that is being
     * received.
     */
    long capacityBytes();

    /**
     * An outbox that does not wait for this node's disk and so may overtake what is held. Only for what is durable
     * here, durable on a quorum, or harmless if forgotten; messages must be {@link Eager}. A comment at each use says
     * which.
     *
     * <p>A message to oneself cannot be eager: its meaning is that the disk has caught up.
     */
    Outbox<M> eagerly();

    /** Starts a timer, from anew if an equal one runs. It is delivered once, not before the delay has passed. */
    void startTimer(T timer, Duration delay);

    /** Stops a timer, if it runs; it is not delivered any more, even if it has run out already. */
    void stopTimer(T timer);

    /**
     * Tells people and tests what happened: role changes, elections, decisions. Details are name and value by turns, as
     * in {@code note("elected", "term", 7, "votes", 2)}. Rare: a handful an hour in health.
     */
    void note(String event, Object... details);
}
