package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** A command on its way from a client to the node: waiting for its turn, or submitted and not answered. */
final class Task {
    private final Plan.Execute plan;
    private final Outlet.Slot slot;
    private final int bytes;
    private final long sinceNanos;

    private Collection<Bytes> keys = List.of();
    private int linesInTheWay;

    /** The plan, the place of its reply, what the request weighs in bytes, and when it was read. */
    Task(Plan.Execute plan, Outlet.Slot slot, int bytes, long sinceNanos) {
        this.plan = plan;
        this.slot = slot;
        this.bytes = bytes;
        this.sinceNanos = sinceNanos;
    }

    Plan.Execute plan() {
        return plan;
    }

    Outlet.Slot slot() {
        return slot;
    }

    int bytes() {
        return bytes;
    }

    /** By the monotonic clock. */
    long sinceNanos() {
        return sinceNanos;
    }

    boolean reads() {
        return plan.command().isRead();
    }

    /** Looks up the keys; they are needed only where it is not alone. */
    Collection<Bytes> findKeys() {
        keys = distinct(plan.command().keys());
        return keys;
    }

    /** Its keys, each once; none before they were found. */
    Collection<Bytes> keys() {
        return keys;
    }

    /** One more line does not let it pass. */
    void obstruct() {
        linesInTheWay++;
    }

    /** One line more lets it pass; tells whether it was the last that did not. */
    boolean pass() {
        return --linesInTheWay == 0;
    }

    boolean mayGo() {
        return linesInTheWay == 0;
    }

    static Collection<Bytes> distinct(List<Bytes> keys) {
        return keys.size() == 1 ? keys : new LinkedHashSet<>(keys);
    }
}
