package dcluster.host;

import dcluster.spi.Command;
import dcluster.spi.Response;

/** How a request ends whose answer will not come. */
final class Outcomes {
    private Outcomes() {}

    /** A write may have happened; a read certainly changed nothing, so asking again is safe. */
    static Response unanswered(Command command, String why) {
        return command.isRead() ? new Response.Failed(Response.Reason.UNAVAILABLE, why) : new Response.Unknown(why);
    }
}
