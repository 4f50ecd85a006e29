package dcluster.toolkit;

import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Request;
import dcluster.spi.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of clients that become entries of a leader's log: gathered during a turn, proposed together at its end,
 * answered when their entries are applied. What could make the state larger than it may be is refused here, before it is
 * in any log: replicas apply what is decided and decide nothing. Not thread-safe.
 *
 * <pre>
 *   add() ----&gt; gathered ----&gt; propose() ----&gt; waiting, one an index ----&gt; applied(): answered
 *      \                                             \
 *       `--&gt; refused: too much is in flight,          `--&gt; endWith(): unknown
 *            or the store is full
 * </pre>
 */
public final class Requests implements StateMachine.Listener {
    /** What an entry weighs beside its command. */
    public static final int OVERHEAD_BYTES = 8;

    private final Context<?, ?, ?> context;
    private final Amount inFlight;
    private final Amount batch;

    // What is in the log or gathered, and may yet grow the state.
    private final Capacity capacity;

    // Of this turn, in no log yet.
    private List<Request> gathered = new ArrayList<>();
    private long gatheredBytes;

    // In the log and not yet applied: one request an entry from firstWaiting on.
    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long firstWaiting;

    /**
     * None is there yet.
     *
     * @param inFlight the most that is gathered or waits; a single larger request is let through when nothing else does
     * @param batch the most that is proposed at once; a single larger request goes alone
     * @param capacity has {@linkplain Capacity#reserveAnyway reserved} what the log holds and was not applied
     */
    public Requests(Context<?, ?, ?> context, Amount inFlight, Amount batch, Capacity capacity) {
        this.context = context;
        this.inFlight = inFlight;
        this.batch = batch;
        this.capacity = capacity;
    }

    /** What will be proposed first gets that index. Before, nothing may be proposed. */
    public void beginAt(long index) {
        firstWaiting = index;
    }

    /** Gathers a request, or refuses it. */
    public void add(Request request) {
        long bytes = bytes(request);
        long entries = (long) waiting.size() + gathered.size();
        if (entries > 0 && inFlight.exceededBy(entries + 1, waitingBytes + gatheredBytes + bytes)) {
            context.reply(request, overloaded());
            return;
        }
        if (!capacity.reserve(request.command())) {
            context.reply(request, capacity.full());
            return;
        }
        gathered.add(request);
        gatheredBytes += bytes;
    }

    private static long bytes(Request request) {
        return OVERHEAD_BYTES + request.command().bytes();
    }

    /** The answer to what a leader has no room for. */
    static Response overloaded() {
        return new Response.Failed(Response.Reason.OVERLOADED, "too many requests are in flight at the leader");
    }

    /** Whether this turn gathered anything. */
    public boolean isGathered() {
        return !gathered.isEmpty();
    }

    /**
     * Hands over the commands of what this turn gathered, in their order, in lists of a batch at most: they have
     * consecutive indexes.
     */
    public void propose(Consumer<? super List<Command>> log) {
        var commands = new ArrayList<Command>(gathered.size());
        long bytes = 0;
        for (var request : gathered) {
            long more = bytes(request);
            if (!commands.isEmpty() && batch.exceededBy(commands.size() + 1L, bytes + more)) {
                log.accept(List.copyOf(commands));
                commands.clear();
                bytes = 0;
            }
            commands.add(request.command());
            bytes += more;
        }
        if (!commands.isEmpty()) {
            log.accept(List.copyOf(commands));
        }
        waiting.addAll(gathered);
        waitingBytes += gatheredBytes;
        gathered.clear();
        gatheredBytes = 0;
    }

    @Override
    public void applied(long index, @Nullable Command command, Response outcome) {
        if (command != null) {
            capacity.applied();
        }
        if (index < firstWaiting) {
            return;
        }
        firstWaiting = index + 1;
        var request = waiting.remove();
        waitingBytes -= bytes(request);
        // Eager: the entry is durable on a quorum, and every later leader applies it to the same effect. A held answer
        // would wait for the entries that followed it.
        context.eagerly().reply(request, outcome);
    }

    /**
     * This node leads no more. What is in its log may yet be decided by another leader, or be overwritten; what is not in
     * it was certainly not done.
     */
    public void endWith(Response refusal) {
        waiting.forEach(request -> context.reply(
                request,
                new Response.Unknown("the leader stepped down before it knew whether the command was committed")));
        gathered.forEach(request -> context.reply(request, refusal));
        waiting.clear();
        gathered.clear();
    }

    /** How many are not answered. */
    public int waitingCount() {
        return waiting.size() + gathered.size();
    }
}
