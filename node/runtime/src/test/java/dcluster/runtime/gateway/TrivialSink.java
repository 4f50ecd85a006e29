package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A node that does nothing: writes are applied, reads find the same text; at once, or when told to answer. */
final class TrivialSink implements RoomySink {
    private static final Response APPLIED = new Response.Ok(new Result.Applied(true));
    private static final Response FOUND = new Response.Ok(new Result.Found(Bytes.utf8("v".repeat(100))));

    private final boolean atOnce;
    private final List<ManualSink.Submission> later = new ArrayList<>();

    TrivialSink(boolean atOnce) {
        this.atOnce = atOnce;
    }

    void answerAll() {
        for (var submission : later) {
            submission.whenAnswered().accept(responseTo(submission.command()));
        }
        later.clear();
    }

    private static Response responseTo(Command command) {
        return command.isRead() ? FOUND : APPLIED;
    }

    @Override
    public void submit(Command command, Consumer<Response> whenAnswered) {
        if (atOnce) {
            whenAnswered.accept(responseTo(command));
        } else {
            later.add(new ManualSink.Submission(command, whenAnswered));
        }
    }
}
