package dcluster.host;

import dcluster.spi.Command;
import dcluster.spi.Response;

/**
 * What one node sends another: a message of the algorithm, or a client's command on its way to the node that serves it.
 */
public sealed interface Envelope<M> {
    /** A message from one replica to another. */
    record Message<M>(M content) implements Envelope<M> {}

    /**
     * A client's command that the sender could not serve. {@code id} names it in the answer; {@code sequence} grows
     * with each forward of one incarnation of the sender, so that the receiver serves none twice.
     */
    record Forward<M>(long incarnation, long sequence, long id, Command command) implements Envelope<M> {}

    /** How the forward of that id ended, which the receiver sent in that incarnation of its own. */
    record Answer<M>(long incarnation, long id, Response response) implements Envelope<M> {}
}
