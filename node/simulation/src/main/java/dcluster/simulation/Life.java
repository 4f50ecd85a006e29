package dcluster.simulation;

import dcluster.host.Host;
import dcluster.journal.Journal;
import dcluster.spi.Command;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** A simulated process from its start to its end, with the clients that wait for it. */
record Life<M>(
        SimulatedLoop loop,
        SimulatedRecorder recorder,
        Journal journal,
        Host<M, ?, ?> host,
        InForce<Boolean> pauses,
        Set<Consumer<Answer>> waiting) {
    Life(SimulatedLoop loop, SimulatedRecorder recorder, Journal journal, Host<M, ?, ?> host, InForce<Boolean> pauses) {
        this(loop, recorder, journal, host, pauses, new LinkedHashSet<>());
    }

    /** A command has arrived from a client, who is told exactly once what became of it. */
    void submit(Command command, Consumer<Answer> client) {
        waiting.add(client);
        loop.execute(() -> host.submit(command, response -> {
            if (waiting.remove(client)) {
                client.accept(new Answer.Responded(response));
            }
        }));
    }

    /** It does nothing more. */
    void end() {
        loop.end();
        recorder.end();
    }

    /** Tells that to all who still wait. */
    void tellClients(Answer answer) {
        waiting.forEach(client -> client.accept(answer));
    }
}
