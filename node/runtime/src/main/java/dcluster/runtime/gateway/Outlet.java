package dcluster.runtime.gateway;

import org.jspecify.annotations.Nullable;

/**
 * The replies to one client, in the order of its requests, whatever the order in which they become known. Known replies
 * wait as they are, sharing their values with the node's store, and are turned into bytes only as fast as the client
 * takes them.
 */
final class Outlet {
    /** The place of one reply in the order. */
    static final class Slot {
        private @Nullable Reply reply;
        private long bytes;
        private @Nullable Slot next;
    }

    private final Wire wire;
    private final Hub hub;
    private final Runnable whenSent;

    // Replies that are not written, as a list through their slots: an idle connection holds none of it.
    private @Nullable Slot head;
    private @Nullable Slot tail;
    private int unfinished;
    private long knownBytes;

    // Written in this turn, and handed to the wire before that.
    private @Nullable RespWriter writer;
    private long handedOverBytes;

    // What the wire took, now and when that was looked at last.
    private long takenCount;
    private long takenBefore;
    private long progressBefore;

    private long accountedBytes;
    private boolean ending;
    private boolean closed;

    /** The task runs whenever the system took some of the replies. */
    Outlet(Wire wire, Hub hub, Runnable whenSent) {
        this.wire = wire;
        this.hub = hub;
        this.whenSent = whenSent;
    }

    /** Requests whose reply is not known, or known and not written. */
    int unfinished() {
        return unfinished;
    }

    /** The bytes of known replies that the system did not take. */
    long unsentBytes() {
        return knownBytes + writtenBytes();
    }

    /** How many bytes the reply to a read may take, lest this client or all clients together are owed too much. */
    long spareBytes() {
        long unsent = unsentBytes();
        return hub.unsent().isTooMuch(unsent, hub.connectionCount())
                ? 0
                : Math.max(0, hub.bounds().closeUnsentBytes() - unsent);
    }

    boolean isClosed() {
        return closed;
    }

    /** Replies to the request that came last. The reply takes, or holds until then, about so many bytes. */
    void send(Reply reply, long bytes) {
        if (head == null) {
            write(reply);
            account();
        } else {
            fill(reserve(), reply, bytes);
        }
    }

    /** Keeps a place for the reply to the request that came last. */
    Slot reserve() {
        var slot = new Slot();
        if (tail == null) {
            head = slot;
        } else {
            tail.next = slot;
        }
        tail = slot;
        unfinished++;
        return slot;
    }

    /** Replies to the request of that slot. */
    void fill(Slot slot, Reply reply, long bytes) {
        if (slot.reply != null) {
            throw new IllegalStateException("a request is answered twice");
        }
        slot.reply = reply;
        slot.bytes = bytes;
        knownBytes += bytes;
        writeKnown();
        account();
    }

    /** Closes the wire once all replies are out. */
    void end() {
        ending = true;
        closeWhenDone();
    }

    /** Whether nothing was taken since this was asked before, though something is offered. */
    boolean isStuck() {
        long now = wire.progress();
        boolean stuck = handedOverBytes > 0 && takenCount == takenBefore && now == progressBefore;
        takenBefore = takenCount;
        progressBefore = now;
        return stuck;
    }

    /** Closes the wire, whatever waits for it. */
    void letGo() {
        hub.counters().dropped++;
        close();
        wire.close();
    }

    /** The turn is over: sends what was written in it. */
    void flush() {
        if (writer == null) {
            return;
        }
        var full = writer;
        writer = null;
        int bytes = full.size();
        handedOverBytes += bytes;
        hub.counters().writtenBytes += bytes;
        hub.counters().writes++;
        wire.write(full.toBuffer(), () -> sent(bytes));
        hub.turn().giveBack(full);
    }

    /** The wire is closed: nothing can be sent any more. */
    void close() {
        closed = true;
        head = null;
        tail = null;
        knownBytes = 0;
        handedOverBytes = 0;
        if (writer != null) {
            hub.turn().giveBack(writer);
            writer = null;
        }
        account();
    }

    private long writtenBytes() {
        return handedOverBytes + (writer == null ? 0 : writer.size());
    }

    private boolean mayWrite() {
        return !closed && writtenBytes() < hub.bounds().pauseUnsentBytes();
    }

    private void writeKnown() {
        while (head != null && mayWrite()) {
            var reply = head.reply;
            if (reply == null) {
                return;
            }
            knownBytes -= head.bytes;
            unfinished--;
            head = head.next;
            if (head == null) {
                tail = null;
            }
            write(reply);
        }
    }

    private void write(Reply reply) {
        if (writer == null) {
            writer = hub.turn().begin(this);
        }
        reply.writeTo(writer);
    }

    private void sent(int bytes) {
        if (closed) {
            return;
        }
        handedOverBytes -= bytes;
        takenCount++;
        writeKnown();
        account();
        closeWhenDone();
        whenSent.run();
    }

    /** Tells all clients' sum what this one is owed, and lets it go if that is too much all the same. */
    private void account() {
        hub.unsent().change(unsentBytes() - accountedBytes);
        accountedBytes = unsentBytes();
        if (accountedBytes > hub.bounds().closeUnsentBytes() && !closed) {
            letGo();
        }
    }

    private void closeWhenDone() {
        if (ending && !closed && head == null && writer == null && handedOverBytes == 0) {
            wire.close();
        }
    }
}
