package dcluster.lab.staleness;

import dcluster.checker.history.Function;
import dcluster.checker.history.Siblings;
import dcluster.lab.simulation.Recorder;
import dcluster.lab.simulation.Recorder.Ask;
import dcluster.simulation.Answer;
import dcluster.simulation.Simulation;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import org.jspecify.annotations.Nullable;

/** Asks nodes for registers, and has it written down. Each question is one of a client of its own. */
final class Asking {
    private final Simulation<?> simulation;
    private final Recorder recorder;
    private int underWay;

    Asking(Simulation<?> simulation, Recorder recorder) {
        this.simulation = simulation;
        this.recorder = recorder;
    }

    void read(NodeId at, String key, Runnable then) {
        ask(at, new Command.Get(Bytes.utf8(key)), new Ask(Function.READ, key, null), then);
    }

    /** Null deletes. */
    void write(NodeId at, String key, @Nullable String value, Runnable then) {
        var name = Bytes.utf8(key);
        ask(
                at,
                value == null ? new Command.Delete(name) : new Command.Put(name, Bytes.utf8(value)),
                new Ask(Function.WRITE, key, value),
                then);
    }

    private void ask(NodeId at, Command command, Ask ask, Runnable then) {
        underWay++;
        int operation = recorder.invoke(recorder.newClient(), ask, at.name(), simulation.now());
        simulation.submit(at, command, answer -> {
            underWay--;
            if (answer instanceof Answer.Responded responded && responded.response() instanceof Response.Ok ok) {
                recorder.ok(operation, command.isRead() ? seen(ok.result()) : ask.input(), true, simulation.now());
            } else if (command.isRead() || isFailure(answer)) {
                recorder.fail(operation, simulation.now());
            }
            then.run();
        });
    }

    /** Whether it certainly did not happen. */
    private static boolean isFailure(Answer answer) {
        return answer instanceof Answer.Refused
                || (answer instanceof Answer.Responded responded
                        && !(responded.response() instanceof Response.Unknown));
    }

    private static @Nullable Object seen(Result result) {
        if (result instanceof Result.Siblings siblings) {
            return Siblings.of(siblings.values().stream().map(Bytes::toUtf8).toList());
        }
        return result instanceof Result.Found found ? found.value().toUtf8() : null;
    }

    /** How many questions have no answer yet. */
    int underWay() {
        return underWay;
    }
}
