package dcluster.spi;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One replica of a distributed algorithm: a deterministic state machine that is driven by one thread.
 *
 * <p>Life: constructed by its {@link AlgorithmProvider}; then {@link #replay} once for each record that its journal
 * holds; then {@link #start}; then events until the process ends, which may be at any point without warning. Everything
 * thrown out of these methods stops the node.
 *
 * @param <M> messages between replicas: a sealed interface of records
 * @param <R> journal records: a sealed interface of records
 * @param <T> timers: an enum or a record, equal by value
 */
public interface Algorithm<M, R, T> {
    /**
     * Applies a journal record to the durable state: the only place where durable state changes. Called by
     * {@link Context#journal} before it returns, and once for each record at a restart, before {@link #start}. It uses
     * no {@link Context}, so it behaves alike in both; the result depends on the records alone.
     */
    void replay(R record);

    /**
     * Begins: all that was replayed is durable. Starts timers, greets peers; called once.
     *
     * @throws IllegalArgumentException if a replica configured so cannot go on with what was replayed: the node does not
     *     start, and people are told the message as what is wrong with its configuration
     */
    void start();

    /**
     * A message arrived. From another node it may be old, repeated or out of order, and was sent by any incarnation;
     * from oneself it proves that everything journalled before it was sent is durable.
     */
    void onMessage(NodeId from, M message);

    /** A timer that was started, and neither stopped nor restarted since, ran out. */
    void onTimer(T timer);

    /** A client asks; answer now or later by {@link Context#reply}. What is not served is refused definitely. */
    void onRequest(Request request);

    /** The last event of this turn was delivered: send what was gathered. May journal, send and reply like an event. */
    default void endTurn() {}

    /** What this replica is and holds now. Called between turns; changes nothing. */
    Status status();

    /**
     * What {@link #replay} has made, by name: equal in two replicas that replayed the same records, whatever else has
     * happened to them, and before {@link #start} as after it. A simulation compares a replica that lives with one that
     * is made from its journal, so that state which replay did not make is found. May cost as much as the state is
     * large; changes nothing. By itself it is what the {@link #status} says of applied index and state hash, which is
     * right where replay alone changes these.
     */
    default SortedMap<String, Object> durableState() {
        var status = status();
        return new TreeMap<>(Map.of("applied", status.applied(), "state hash", status.stateHash()));
    }
}
