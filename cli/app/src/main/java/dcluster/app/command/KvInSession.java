package dcluster.app.command;

import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --session} and {@code --sequence}: a command that is given again with both of them takes effect once. */
final class KvInSession {
    @Option(
            names = "--session",
            paramLabel = "NUMBER",
            description = "As 'kv session' printed it. A command that is given again in its session, with its sequence,"
                    + " takes effect once, and answers as it did the first time.")
    private long session;

    @Option(
            names = "--sequence",
            paramLabel = "NUMBER",
            description = "Which command of the session this is, counted up from 1.")
    private long sequence;

    /** A request as one of the session; itself, if none is named. */
    List<Bytes> wrap(List<Bytes> request) {
        if (session == 0 && sequence == 0) {
            return request;
        }
        if (session < 1 || sequence < 1) {
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
