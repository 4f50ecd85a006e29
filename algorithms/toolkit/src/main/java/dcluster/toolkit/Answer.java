package dcluster.toolkit;

import dcluster.spi.Bytes;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.List;

/** What a session was told last, with its hash and its size; immutable. */
record Answer(Response response, long hash, long bytes, long memoryBytes) {
    /** The most that one takes in memory; what would take more is not kept. */
    static final int MOST_BYTES = 4 << 10;

    /** What a number, a condition that held or not, or a failure takes in memory at most. */
    static final int SMALL_BYTES = 128;

    /** What answers a command that comes again if its answer was not kept. */
    private static final Response TOO_LARGE =
            new Response.Unknown("it was applied, but its answer was too large to be remembered");

    private static final int OBJECT_BYTES = 24;
    private static final int TEXT_BYTES = 40;

    /** As it is kept: itself, unless it is too large. */
    static Answer kept(Response response) {
        return memoryBytes(response) > MOST_BYTES ? of(TOO_LARGE) : of(response);
    }

    private static Answer of(Response response) {
        return new Answer(response, Fingerprint.of(response), bytes(response), memoryBytes(response));
    }

    private static long bytes(Response response) {
        if (response instanceof Response.Ok ok) {
            return ok.result().bytes();
        }
        return (long) Result.OVERHEAD_BYTES + message(response).length();
    }

    private static long memoryBytes(Response response) {
        return response instanceof Response.Ok ok
                ? OBJECT_BYTES + memoryBytes(ok.result())
                : OBJECT_BYTES + TEXT_BYTES + (long) message(response).length();
    }

    private static long memoryBytes(Result result) {
        if (result instanceof Result.Found found) {
            return OBJECT_BYTES + Footprint.of(found.value());
        }
        long sum = OBJECT_BYTES;
        if (result instanceof Result.Elements list) {
            sum += memoryBytes(list.elements());
        } else if (result instanceof Result.Each each) {
            for (var one : each.results()) {
                sum += Footprint.ELEMENT_BYTES + memoryBytes(one);
            }
        }
        return sum;
    }

    private static long memoryBytes(List<Bytes> elements) {
        long sum = 0;
        for (var element : elements) {
            sum += Footprint.ofElement(element);
        }
        return sum;
    }

    /** Stores say it in ASCII, and that is a byte a letter. */
    private static String message(Response response) {
        if (response instanceof Response.Failed failed) {
            return failed.message();
        }
        return response instanceof Response.Unknown unknown ? unknown.message() : "";
    }
}
