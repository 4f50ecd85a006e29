package dcluster.spi;

/** Where an algorithm's outputs go. Used only on the thread of its events, while one is being handled. */
public interface Outbox<M> {
    /**
     * Sends a message to a node, or to oneself. To others: at most once as far as the network allows, and dropped
     * without a word when there is no connection or its bounded outbox is full. To oneself: exactly once while the
     * process lives, in order, in a later turn.
     */
    void send(NodeId to, M message);

    /** Answers a request; ignored if it was answered before. */
    void reply(Request request, Response response);
}
