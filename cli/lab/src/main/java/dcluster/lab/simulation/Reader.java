package dcluster.lab.simulation;

import dcluster.simulation.Answer;
import dcluster.simulation.Simulation;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Asks one node for everything, one thing after the other, again and again where it is refused. */
final class Reader {
    private static final long PAUSE_NANOS = 50_000_000;

    private final Simulation<?> simulation;
    private final Recorder recorder;
    private final NodeId node;
    private final Deque<Question> questions;
    private final long process;

    Reader(Simulation<?> simulation, Recorder recorder, NodeId node, List<Question> questions) {
        this.simulation = simulation;
        this.recorder = recorder;
        this.node = node;
        this.questions = new ArrayDeque<>(questions);
        this.process = recorder.newClient();
    }

    void start() {
        var question = questions.peek();
        if (question != null) {
            int operation = recorder.invoke(process, question.ask(), node.name(), simulation.now());
            simulation.submit(node, question.command(), answer -> answered(question, operation, answer));
        }
    }

    private void answered(Question question, int operation, Answer answer) {
        if (answer instanceof Answer.Responded responded && responded.response() instanceof Response.Ok ok) {
            recorder.ok(operation, question.output(ok.result()), true, simulation.now());
            questions.remove();
            start();
        } else {
            recorder.fail(operation, simulation.now());
            simulation.after(PAUSE_NANOS, this::start);
        }
    }

    NodeId node() {
        return node;
    }

    boolean isDone() {
        return questions.isEmpty();
    }
}
