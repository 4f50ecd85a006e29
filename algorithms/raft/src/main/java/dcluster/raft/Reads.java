package dcluster.raft;

import dcluster.spi.Request;
import dcluster.spi.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads without a place in the log (thesis, section 6.4). A read is answered from the state machine once
 * <ol>
 *   <li>a round of heartbeats that began after the read had come is answered by a majority: so nobody else led when it
 *       came;
 *   <li>everything is applied that was committed when it came. An entry of this leader's own term must be among that,
 *       for before it a new leader cannot know what is committed; the index of its first entry stands in until then.
 * </ol>
 * All reads of a turn share a round, and nothing of this touches the disk.
 */
final class Reads {
    private record Batch(long round, long readIndex, List<Request> requests) {}

    private final Replica replica;
    private final long firstIndexOfTerm;
    private List<Request> gathered = new ArrayList<>();
    private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
    private int waitingCount;

    /** Made when its leader has appended the first entry of its term, and nothing after it. */
    Reads(Replica replica) {
        this.replica = replica;
        this.firstIndexOfTerm = replica.log().lastIndex();
    }

    void add(Request request) {
        if (waitingCount >= replica.config().inFlight().entries()) {
            replica.context().reply(request, Requests.overloaded());
            return;
        }
        gathered.add(request);
        waitingCount++;
    }

    boolean needRound() {
        return !gathered.isEmpty();
    }

    /** What this turn gathered waits for a round that is told to nobody yet. */
    void waitFor(long round) {
        long readIndex = Math.max(replica.commitment().commit(), firstIndexOfTerm);
        waiting.add(new Batch(round, readIndex, gathered));
        gathered = new ArrayList<>();
    }

    /** Answers the reads that may be answered, given the latest round that a majority answered. */
    void answer(long round) {
        var machine = replica.durable().machine();
        while (!waiting.isEmpty()
                && waiting.element().round() <= round
                && waiting.element().readIndex() <= machine.applied()) {
            var batch = waiting.remove();
            waitingCount -= batch.requests().size();
            for (var request : batch.requests()) {
                // Eager: what it saw is durable on a majority; a held answer would wait for unrelated writes.
                replica.context().eagerly().reply(request, machine.read(request.command()));
            }
        }
    }

    /** This node leads no more: none of these changed anything. */
    void endWith(Response refusal) {
        Consumer<Request> refuse = request -> replica.context().reply(request, refusal);
        waiting.forEach(batch -> batch.requests().forEach(refuse));
        gathered.forEach(refuse);
        waiting.clear();
        gathered.clear();
        waitingCount = 0;
    }

    int waitingCount() {
        return waitingCount;
    }
}
