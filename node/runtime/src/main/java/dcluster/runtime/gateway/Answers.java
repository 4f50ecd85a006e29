package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Result;

/** Turns what the node says into replies. The package's documentation tells what each prefix means. */
final class Answers {
    private final NodeFacts node;
    private final Counters counters;
    private final long mostBytes;

    Answers(NodeFacts node, Counters counters, long mostBytes) {
        this.node = node;
        this.counters = counters;
        this.mostBytes = mostBytes;
    }

    /** Writes the reply to a command that ended so. */
    void write(Plan.Execute plan, Response response, RespWriter to) {
        if (response instanceof Response.Ok ok) {
            writeResult(plan, ok.result(), to);
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

    private void writeResult(Plan.Execute plan, Result result, RespWriter to) {
        long bytes = Shape.bytesOf(result);
        if (bytes <= mostBytes) {
            plan.shape().write(result, to);
            return;
        }
        // A write is never answered with so much, so nothing that happened is called a failure here.
        counters.failed++;
        to.error("ERR the reply of " + bytes + " bytes is above the limit of " + mostBytes + ": ask for less");
    }

    private static String errorOf(Response.Failed failed) {
        return switch (failed.reason()) {
            case WRONG_TYPE -> "WRONGTYPE Operation against a key holding the wrong kind of value";
            case NOT_A_NUMBER -> "ERR value is not an integer or out of range";
            case OUT_OF_RANGE -> "ERR increment or decrement would overflow";
            case UNSUPPORTED -> "ERR " + failed.message();
            case UNAVAILABLE -> "UNAVAILABLE " + failed.message();
            case OVERLOADED -> "OVERLOADED " + failed.message();
        };
    }

    private String errorOf(Response.Redirect redirect, Command command) {
        Bytes key = command.keys().get(0);
        return node.members()
                .apply(redirect.to())
                .map(member -> "MOVED " + Slots.of(key) + " " + member.host() + ":" + member.clientPort())
                .orElseGet(() -> "UNAVAILABLE ask node " + redirect.to() + ", whose address is not known here");
    }
}
