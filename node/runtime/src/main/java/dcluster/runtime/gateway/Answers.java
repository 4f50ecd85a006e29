package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import java.util.List;

/** Turns what the node says into replies. The package's documentation tells what each prefix means. */
final class Answers {
    private static final int ERROR_BYTES = 128;

    private final NodeFacts node;
    private final Counters counters;
    private final long mostBytes;

    Answers(NodeFacts node, Counters counters, long mostBytes) {
        this.node = node;
        this.counters = counters;
        this.mostBytes = mostBytes;
    }

    /** About the bytes that a response takes as a reply. */
    static long bytesOf(Response response) {
        return response instanceof Response.Ok ok ? Shape.bytesOf(ok.result()) : ERROR_BYTES;
    }

    /**
     * What the client is told: the response, or a failure where a read found more than a reply may hold or than the
     * client may be owed. A read that took effect had no effect, so that is the truth; a write is never called a
     * failure for its reply.
     */
    Response told(Command command, Response response, long spareBytes) {
        long bytes = bytesOf(response);
        if (!command.isRead() || bytes <= Math.min(mostBytes, spareBytes) || !(response instanceof Response.Ok)) {
            return response;
        }
        return bytes > mostBytes
                ? new Response.Failed(
                        Reason.UNSUPPORTED,
                        "the reply of " + bytes + " bytes is above the limit of " + mostBytes + ": ask for less")
                : new Response.Failed(
                        Reason.OVERLOADED,
                        "the reply of " + bytes + " bytes has no room beside those that were not taken: read faster");
    }

    /** Writes the reply to a command that ended so. */
    void write(Plan.Execute plan, Response response, RespWriter to) {
        if (response instanceof Response.Ok ok) {
            plan.rendering().write(ok.result(), to);
        } else if (response instanceof Response.Failed failed) {
            counters.failed++;
            to.error(errorOf(failed));
        } else if (response instanceof Response.Unknown unknown) {
            counters.unknown++;
            to.error("UNKNOWN " + unknown.message());
        } else if (response instanceof Response.Redirect redirect) {
            counters.redirected++;
            to.error(errorOf(redirect, plan.command()));
        }
    }

    private static String errorOf(Response.Failed failed) {
        return switch (failed.reason()) {
            case WRONG_TYPE -> "WRONGTYPE Operation against a key holding the wrong kind of value";
            case NOT_A_NUMBER -> "ERR value is not an integer or out of range";
            case OUT_OF_RANGE -> "ERR increment or decrement would overflow";
            case UNSUPPORTED -> "ERR " + failed.message();
            case UNAVAILABLE -> "UNAVAILABLE " + failed.message();
            case OVERLOADED -> "OVERLOADED " + failed.message();
            case ABORTED -> "ABORTED " + failed.message();
        };
    }

    private String errorOf(Response.Redirect redirect, Command command) {
        return node.members()
                .apply(redirect.to())
                .map(member -> "MOVED " + slot(command.keys()) + " " + member.host() + ":" + member.clientPort())
                .orElseGet(() -> "UNAVAILABLE ask node " + redirect.to() + ", whose address is not known here");
    }

    /** That of the first key; to open a session is on no key, and so in any slot. */
    private static int slot(List<Bytes> keys) {
        return keys.isEmpty() ? 0 : Slots.of(keys.get(0));
    }
}
