package dcluster.runtime.gateway;

import org.jspecify.annotations.Nullable;

/**
 * The replies to one client, in the order of its requests, whatever the order in which they become known; bounded, and sent
 * once a turn.
 */
final class Outlet {
    /** The place of one reply in the order. */
    static final class Slot {
        private @Nullable Reply reply;
        private @Nullable Slot next;
    }

    private final Wire wire;
    private final Hub hub;
    private final Runnable whenSent;

    // Replies that are not written, as a list through their slots: an idle connection holds none of it.
    private @Nullable Slot head;
    private @Nullable Slot tail;
    private int unfinished;

    // Written in this turn, and handed to the wire before that.
    private @Nullable RespWriter writer;
    private long handedOver;

    private boolean ending;
    private boolean closed;

    /** The task runs whenever the system took some of the replies. */
    Outlet(Wire wire, Hub hub, Runnable whenSent) {
        this.wire = wire;
        this.hub = hub;
        this.whenSent = whenSent;
    }

    /** Requests that have no reply yet, or whose reply waits for those of earlier ones. */
    int unfinished() {
        return unfinished;
    }

    /** The bytes of replies that the system did not take. */
    long unsentBytes() {
        return handedOver + (writer == null ? 0 : writer.size());
    }

    boolean isClosed() {
        return closed;
    }

    /** Replies to the request that came last. */
    void send(Reply reply) {
        if (head == null) {
            write(reply);
        } else {
            reserve().reply = reply;
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
    void fill(Slot slot, Reply reply) {
        if (slot.reply != null) {
            throw new IllegalStateException("a request is answered twice");
        }
        slot.reply = reply;
        while (head != null && head.reply != null) {
            var ready = head.reply;
            head = head.next;
            if (head == null) {
                tail = null;
            }
            unfinished--;
            write(ready);
        }
    }

    /** Closes the wire once all replies are out. */
    void end() {
        ending = true;
        closeWhenDone();
    }

    /** The turn is over: sends what was written in it. */
    void flush() {
        if (writer == null) {
            return;
        }
        var full = writer;
        writer = null;
        int bytes = full.size();
        handedOver += bytes;
        hub.unsent().change(bytes);
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
        hub.unsent().change(-handedOver);
        handedOver = 0;
        if (writer != null) {
            hub.turn().giveBack(writer);
            writer = null;
        }
    }

    private void write(Reply reply) {
        if (closed) {
            return;
        }
        if (writer == null) {
            writer = hub.turn().begin(this);
        }
        reply.writeTo(writer);
        if (isTooMuch()) {
            hub.counters().dropped++;
            close();
            wire.close();
        }
    }

    private boolean isTooMuch() {
        long unsent = unsentBytes();
        return unsent > hub.bounds().closeUnsentBytes() || hub.unsent().isTooMuch(unsent, hub.connectionCount());
    }

    private void sent(int bytes) {
        if (closed) {
            return;
        }
        handedOver -= bytes;
        hub.unsent().change(-bytes);
        closeWhenDone();
        whenSent.run();
    }

    private void closeWhenDone() {
        if (ending && !closed && head == null && writer == null && handedOver == 0) {
            wire.close();
        }
    }
}
