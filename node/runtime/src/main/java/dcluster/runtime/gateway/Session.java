package dcluster.runtime.gateway;

import dcluster.spi.Bytes;

/** What a gateway remembers of one client from request to request. */
final class Session {
    private final long id;
    private Bytes name = Bytes.EMPTY;

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
}
