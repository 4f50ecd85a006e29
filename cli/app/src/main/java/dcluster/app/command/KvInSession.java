package dcluster.app.command;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * {@code --session} and {@code --sequence}: a write, or a transaction that writes, which is given again with both of them
 * takes effect once.
 */
final class KvInSession {
    @Option(
            names = "--session",
            paramLabel = "NUMBER",
            description = "As 'kv session' printed it. A write that is given again in its session, with its sequence,"
                    + " takes effect once, and answers as it did then. A read is carried out anew each time, and the"
                    + " session remembers nothing of it.")
    private @Nullable Long session;

    @Option(
            names = "--sequence",
            paramLabel = "NUMBER",
            description =
                    "Which command of the session this is, counted up from 1. The next one is given when the outcome"
                            + " of the one before is known.")
    private @Nullable Long sequence;

    /** What is told of a request that could not be served. */
    String unserved() {
        return session == null
                ? KvResult.UNSERVED
                : "this attempt was not served, and did nothing; an earlier one may have";
    }

    /** A request as one of the session; itself, if none is named. */
    List<Bytes> wrap(List<Bytes> request) {
        if (session == null && sequence == null) {
            return request;
        }
        if (session == null || sequence == null || session < 1 || sequence < 1) {
            throw new Failure(
                    Exit.USAGE,
                    "--session and --sequence stand together, and count from 1; 'kv session' opens a session");
        }
        var wrapped = new ArrayList<Bytes>();
        List.of("SESSION", Long.toString(session), Long.toString(sequence))
                .forEach(word -> wrapped.add(Bytes.utf8(word)));
        wrapped.addAll(request);
        return wrapped;
    }
}
