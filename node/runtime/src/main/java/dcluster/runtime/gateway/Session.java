package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import org.jspecify.annotations.Nullable;

/** What a gateway remembers of one client from request to request. */
final class Session {
    private final long id;
    private Bytes name = Bytes.EMPTY;
    private @Nullable Multi multi;

    Session(long id) {
        this.id = id;
    }

    /** From 1, in the order of connecting. */
    long id() {
        return id;
    }

    /** The name that the client gave itself; empty if none. */
    Bytes name() {
        return name;
    }

    void rename(Bytes newName) {
        name = newName;
    }

    /** Whether a MULTI is open. */
    boolean isInTransaction() {
        return multi != null && multi.isOpen();
    }

    /** Its transaction; made at the first use, as most clients have none. */
    Multi multi() {
        if (multi == null) {
            multi = new Multi();
        }
        return multi;
    }

    /** Forgets the transaction, what is watched, and that something could not be. */
    void endTransaction() {
        multi = null;
    }

    /** A request was refused. An open transaction takes no effect then. */
    void refused() {
        if (isInTransaction()) {
            multi().breakUp();
        }
    }

    /** What a transaction and watched keys hold, in bytes. */
    long heldBytes() {
        return multi == null ? 0 : multi.heldBytes();
    }

    /** Whatever it remembers besides its number is forgotten. */
    void reset() {
        name = Bytes.EMPTY;
        multi = null;
    }
}
