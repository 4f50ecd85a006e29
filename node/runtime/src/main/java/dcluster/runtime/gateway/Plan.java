package dcluster.runtime.gateway;

import dcluster.spi.Command;

/** What is to be done about a request. */
sealed interface Plan {
    /** The node carries it out, and its result becomes a reply. */
    record Execute(Command command, Rendering rendering) implements Plan {}

    /** The gateway answers by itself. Until it is written a reply holds no more than its request did. */
    record Answer(Reply reply) implements Plan {}

    /** The gateway answers by itself, and closes. */
    record Farewell(Reply reply) implements Plan {}
}
