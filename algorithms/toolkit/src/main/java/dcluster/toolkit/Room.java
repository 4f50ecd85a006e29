package dcluster.toolkit;

import dcluster.spi.Bytes;
import dcluster.spi.Context;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import java.util.function.Supplier;

/**
 * Keeps a {@link KeyedState} within its share of the memory, where writes replace what a key holds in no order that
 * their proposer knows. A write is refused where it is proposed, counting with all that this node has under way; what
 * another node has taken is taken here, too. For a log that fixes an order there is {@link Capacity}. Not thread-safe.
 */
public final class Room {
    private final Context<?, ?, ?> context;
    private final Supplier<? extends KeyedState<?>> state;
    private long reservedBytes;

    /** Of a state as it is whenever it is asked for. */
    public Room(Context<?, ?, ?> context, Supplier<? extends KeyedState<?>> state) {
        this.context = context;
        this.state = state;
    }

    /** By how many bytes it grows the state as it is now to let a key hold what takes so much memory; 0 if it shrinks. */
    public long growth(Bytes key, long valueMemoryBytes) {
        return Math.max(
                0, KeyedState.memoryBytes(key, valueMemoryBytes) - state.get().memoryBytes(key));
    }

    /** Takes a growth until it is released, unless it could exceed the limit; returns whether it did. Always takes 0. */
    public boolean reserve(long growthBytes) {
        if (growthBytes > 0 && state.get().memoryBytes() + reservedBytes + growthBytes > context.capacityBytes()) {
            return false;
        }
        reservedBytes += growthBytes;
        return true;
    }

    /** What was reserved is in the state by now, or never will be. */
    public void release(long growthBytes) {
        reservedBytes -= growthBytes;
    }

    /** The answer to what was not taken. */
    public Response full() {
        return new Response.Failed(
                Reason.OVERLOADED,
                "the store is full (" + state.get().memoryBytes() + " of " + context.capacityBytes()
                        + " bytes): raise storage.capacity");
    }
}
