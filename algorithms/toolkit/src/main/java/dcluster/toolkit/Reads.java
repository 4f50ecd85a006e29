package dcluster.toolkit;

import dcluster.spi.Context;
import dcluster.spi.Request;
import dcluster.spi.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads without a place in the log, by a read index (Raft thesis, section 6.4). A read is answered from the state machine
 * once
 * <ol>
 *   <li>a round of heartbeats that began after the read had come is answered by a quorum: so nobody else led when it
 *       came;
 *   <li>everything is applied that was decided when it came. What earlier leaders may have decided must be among that,
 *       and a new leader cannot know it before it has decided it again: the index where that ends stands in until then.
 * </ol>
 * All reads of a turn share a round, and nothing of this touches the disk. Not thread-safe.
 */
public final class Reads {
    private record Batch(long round, long readIndex, List<Request> requests) {}

    private final Context<?, ?, ?> context;
    private final int most;
    private final long inherited;
    private List<Request> gathered = new ArrayList<>();
    private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
    private int waitingCount;

    /**
     * None is there yet.
     *
     * @param most how many may wait; those beyond are refused
     * @param inherited the last index that an earlier leader may have decided, or one after it
     */
    public Reads(Context<?, ?, ?> context, int most, long inherited) {
        this.context = context;
        this.most = most;
        this.inherited = inherited;
    }

    /** Gathers a read, or refuses it. */
    public void add(Request request) {
        if (waitingCount >= most) {
            context.reply(request, Requests.overloaded());
            return;
        }
        gathered.add(request);
        waitingCount++;
    }

    /** Whether this turn gathered reads, which wait for a round that is told to nobody yet. */
    public boolean needRound() {
        return !gathered.isEmpty();
    }

    /** What this turn gathered waits for a round, and for what is decided by now to be applied. */
    public void waitFor(long round, long decided) {
        waiting.add(new Batch(round, Math.max(decided, inherited), gathered));
        gathered = new ArrayList<>();
    }

    /** Answers what may be answered, given the latest round that a quorum has answered. */
    public void answer(long confirmedRound, StateMachine machine) {
        while (!waiting.isEmpty()
                && waiting.element().round() <= confirmedRound
                && waiting.element().readIndex() <= machine.applied()) {
            var batch = waiting.remove();
            waitingCount -= batch.requests().size();
            for (var request : batch.requests()) {
                // Eager: what it saw is durable on a quorum; a held answer would wait for unrelated writes.
                context.eagerly().reply(request, machine.read(request.command()));
            }
        }
    }

    /** This node leads no more: none of these changed anything. */
    public void endWith(Response refusal) {
        Consumer<Request> refuse = request -> context.reply(request, refusal);
        waiting.forEach(batch -> batch.requests().forEach(refuse));
        gathered.forEach(refuse);
        waiting.clear();
        gathered.clear();
        waitingCount = 0;
    }

    /** How many are not answered. */
    public int waitingCount() {
        return waitingCount;
    }
}
