package dcluster.host;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Limits;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** How a request ends whose answer will not come. */
final class Outcomes {
    /** Of a value beside its own bytes, at most. */
    private static final int OVERHEAD = 16;

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
        if (!command.isRead() || !(response instanceof Response.Ok ok) || bytes(ok.result()) <= MOST_BYTES) {
            return response;
        }
        return new Response.Failed(
                Response.Reason.UNSUPPORTED,
                "the reply of " + bytes(ok.result()) + " bytes is above the limit of " + MOST_BYTES + ": ask for less");
    }

    /** Not less than it takes in a frame. */
    private static long bytes(Result result) {
        if (result instanceof Result.Found found) {
            return (long) OVERHEAD + found.value().size();
        }
        if (result instanceof Result.Elements list) {
            return bytes(list.elements());
        }
        if (result instanceof Result.Siblings siblings) {
            return OVERHEAD + bytes(siblings.values()) + siblings.context().size();
        }
        if (result instanceof Result.Table table) {
            return Stream.concat(Stream.of(table.columns()), table.rows().stream())
                    .flatMap(List::stream)
                    .mapToLong(text -> OVERHEAD + (long) text.getBytes(StandardCharsets.UTF_8).length)
                    .sum();
        }
        return result instanceof Result.Each each
                ? each.results().stream().mapToLong(Outcomes::bytes).sum()
                : OVERHEAD;
    }

    private static long bytes(List<Bytes> values) {
        return values.stream()
                .mapToLong(value -> (long) OVERHEAD + value.size())
                .sum();
    }
}
