package dcluster.host;

import dcluster.spi.Command;
import dcluster.spi.Limits;
import dcluster.spi.Response;

/** How a request ends whose answer will not come. */
final class Outcomes {
    private static final int MOST_BYTES = Limits.MAX_FRAME_BYTES - (1 << 10);

    private Outcomes() {}

    /** A write may have happened; a read certainly changed nothing, so asking again is safe. */
    static Response unanswered(Command command, String why) {
        return command.isRead() ? new Response.Failed(Response.Reason.UNAVAILABLE, why) : new Response.Unknown(why);
    }

    /** This member never does what it was asked. */
    static Response notFromHere(String why) {
        return new Response.Failed(Response.Reason.UNSUPPORTED, why);
    }

    /** The response, or, where a read found more than a frame between nodes holds, that it did. */
    static Response passable(Command command, Response response) {
        if (!command.isRead()
                || !(response instanceof Response.Ok ok)
                || ok.result().bytes() <= MOST_BYTES) {
            return response;
        }
        return new Response.Failed(
                Response.Reason.UNSUPPORTED,
                "the reply of " + ok.result().bytes() + " bytes is above the limit of " + MOST_BYTES
                        + ": ask for less");
    }
}
