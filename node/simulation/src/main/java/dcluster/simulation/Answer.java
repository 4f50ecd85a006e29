package dcluster.simulation;

import dcluster.spi.Response;

/** What a client learns of a command. */
public sealed interface Answer {
    /** The node answered. */
    record Responded(Response response) implements Answer {}

    /** Nothing listened there, so nothing was done. */
    record Refused(String why) implements Answer {}

    /** The connection broke with the command on it: it may have been done. */
    record Lost(String why) implements Answer {}
}
