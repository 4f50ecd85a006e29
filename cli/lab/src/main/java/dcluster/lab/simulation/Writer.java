package dcluster.lab.simulation;

import dcluster.simulation.Answer;
import dcluster.simulation.Simulation;
import dcluster.spi.NodeId;
import dcluster.spi.Response;

/**
 * Asks one node to write, again and again, whether it was answered or not: a node that passed a write on to a leader which
 * is gone says so late. Others may all be readers, or be left out of a run, and then that no write is acknowledged would
 * be nobody's fault.
 */
final class Writer {
    private static final long PAUSE_NANOS = 50_000_000;

    private final Simulation<?> simulation;
    private final Recorder recorder;
    private final NodeId node;
    private final Workload workload;
    private long number;
    private boolean ended;

    Writer(Simulation<?> simulation, Recorder recorder, NodeId node, Workload workload) {
        this.simulation = simulation;
        this.recorder = recorder;
        this.node = node;
        this.workload = workload;
    }

    void start() {
        if (ended) {
            return;
        }
        var question = workload.write(node + "." + number++);
        // Each time as another client, for what the last one asked may still take effect.
        int operation = recorder.invoke(recorder.newClient(), question.ask(), node.name(), simulation.now());
        simulation.submit(node, question.command(), answer -> {
            if (answer instanceof Answer.Responded responded && responded.response() instanceof Response.Ok ok) {
                recorder.ok(operation, question.output(ok.result()), true, simulation.now());
            }
        });
        simulation.after(PAUSE_NANOS, this::start);
    }

    /** Asks nothing more. */
    void end() {
        ended = true;
    }
}
