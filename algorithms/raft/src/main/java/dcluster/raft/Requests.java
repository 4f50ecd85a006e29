package dcluster.raft;

import dcluster.raft.RaftMessage.AppendReply;
import dcluster.raft.RaftRecord.Append;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.toolkit.Capacity;
import dcluster.toolkit.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests of clients that become entries: gathered during a turn, appended to the leader's log as one journal
 * record at its end, answered when their entries are applied (section 5.3). What could make the state larger than it
 * may be is refused here, before it is in any log: replicas apply what is committed and decide nothing.
 */
final class Requests implements Commitment.Listener {
    private final Replica replica;

    // Of this turn, in no log yet.
    private List<Request> gathered = new ArrayList<>();
    private long gatheredBytes;

    // Appended and not yet applied: one request an entry from firstWaiting on.
    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private long firstWaiting;

    // What is in the log or gathered, and may yet grow the state.
    private final Capacity capacity;

    /** Made when nothing was appended in this term; what the log holds from earlier ones may yet be applied. */
    Requests(Replica replica) {
        this.replica = replica;
        var machine = replica.durable().machine();
        this.capacity = machine.capacity(replica.context().capacityBytes());
        var log = replica.log();
        for (long index = machine.applied() + 1; index <= log.lastIndex(); index++) {
            if (log.entry(index) instanceof Entry.Apply apply) {
                capacity.reserveAnyway(apply.command());
            }
        }
    }

    /** The entry that every leader begins with (section 8): once it is committed, so is all that came before it. */
    void appendNoOp() {
        append(List.of(new Entry.NoOp(replica.durable().term())));
        firstWaiting = replica.log().lastIndex() + 1;
        acknowledgeWhenDurable();
    }

    void add(Request request) {
        long bytes = Entry.OVERHEAD_BYTES + request.command().bytes();
        if (isFull(bytes)) {
            replica.context().reply(request, overloaded());
            return;
        }
        if (!capacity.reserve(request.command())) {
            replica.context().reply(request, capacity.full());
            return;
        }
        gathered.add(request);
        gatheredBytes += bytes;
    }

    private boolean isFull(long bytes) {
        var log = replica.log();
        long commit = replica.commitment().commit();
        long entries = log.lastIndex() - commit + gathered.size();
        // A single request larger than the bound is let through when nothing else is in flight.
        return entries > 0
                && replica.config()
                        .inFlight()
                        .exceededBy(entries + 1, log.bytesBetween(commit, log.lastIndex()) + gatheredBytes + bytes);
    }

    static Response overloaded() {
        return new Response.Failed(Response.Reason.OVERLOADED, "too many requests are in flight at the leader");
    }

    /** Appends what this turn gathered: one record, or a few if it exceeds what one may hold. */
    void endTurn() {
        if (gathered.isEmpty()) {
            return;
        }
        long term = replica.durable().term();
        var limit = replica.config().batch();
        var entries = new ArrayList<Entry>(gathered.size());
        long bytes = 0;
        for (var request : gathered) {
            var entry = new Entry.Apply(term, request.command());
            if (!entries.isEmpty() && limit.exceededBy(entries.size() + 1L, bytes + entry.bytes())) {
                append(entries);
                entries.clear();
                bytes = 0;
            }
            entries.add(entry);
            bytes += entry.bytes();
        }
        append(entries);
        waiting.addAll(gathered);
        gathered.clear();
        gatheredBytes = 0;
        acknowledgeWhenDurable();
    }

    private void append(List<Entry> entries) {
        replica.context().journal(new Append(replica.log().lastIndex() + 1, entries));
    }

    /**
     * The message to itself arrives when the disk has caught up: only then does this node count for its own entries.
     */
    private void acknowledgeWhenDurable() {
        var context = replica.context();
        context.send(
                context.self(),
                new AppendReply(replica.durable().term(), replica.log().lastIndex()));
    }

    @Override
    public void applied(long index, Entry entry, Response outcome) {
        if (entry instanceof Entry.Apply) {
            capacity.applied();
        }
        if (index < firstWaiting) {
            return;
        }
        firstWaiting = index + 1;
        // Eager: the entry is durable on a majority, and every later leader applies it to the same effect. A held
        // answer would wait for the entries that followed it.
        replica.context().eagerly().reply(waiting.remove(), outcome);
    }

    /**
     * This node leads no more. What is in its log may yet be committed by another leader, or be overwritten; what is
     * not in it was certainly not done.
     */
    void endWith(Response refusal) {
        var context = replica.context();
        waiting.forEach(request -> context.reply(
                request,
                new Response.Unknown("the leader stepped down before it knew whether the command was committed")));
        gathered.forEach(request -> context.reply(request, refusal));
        waiting.clear();
        gathered.clear();
    }

    int waitingCount() {
        return waiting.size() + gathered.size();
    }
}
