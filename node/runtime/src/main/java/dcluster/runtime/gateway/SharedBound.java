package dcluster.runtime.gateway;

/**
 * A bound on the bytes that all connections hold together. Where it is crossed, whoever holds more than an equal share
 * has to give way: so the sum stays below twice the bound, and one that holds little is never hurt by those that hold
 * much.
 */
final class SharedBound {
    private final long mostBytes;
    private long heldBytes;

    SharedBound(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    void change(long bytes) {
        heldBytes += bytes;
    }

    long heldBytes() {
        return heldBytes;
    }

    /** Whether a connection that holds so much, one of so many, has to give way. */
    boolean isTooMuch(long ownBytes, int connections) {
        return heldBytes > mostBytes && ownBytes > mostBytes / Math.max(1, connections);
    }
}
