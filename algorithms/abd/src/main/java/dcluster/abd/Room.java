package dcluster.abd;

import dcluster.spi.Context;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.toolkit.KeyedState;

/**
 * Keeps the registers within their share of the memory: a write is refused where it is proposed, counting with all that
 * this node has under way. What another node has taken is taken here, too.
 */
final class Room {
    private final Context<AbdMessage, AbdRecord, AbdTimer> context;
    private final Registers registers;
    private long reservedBytes;

    Room(Context<AbdMessage, AbdRecord, AbdTimer> context, Registers registers) {
        this.context = context;
        this.registers = registers;
    }

    /** Takes an operation, unless it could grow the state beyond the limit; what only reads or deletes it always takes. */
    boolean reserve(Operation operation) {
        if (!operation.isPut()) {
            return true;
        }
        var state = registers.freeze();
        long after = KeyedState.memoryBytes(operation.key, Register.memoryBytes(operation.written()));
        long growth = Math.max(0, after - state.memoryBytes(operation.key));
        if (growth > 0 && state.memoryBytes() + reservedBytes + growth > context.capacityBytes()) {
            return false;
        }
        operation.growth = growth;
        reservedBytes += growth;
        return true;
    }

    /** It has ended. */
    void release(Operation operation) {
        reservedBytes -= operation.growth;
    }

    /** The answer to what was not taken. */
    Response full() {
        return new Response.Failed(
                Reason.OVERLOADED,
                "the registers are full (" + registers.freeze().memoryBytes() + " of " + context.capacityBytes()
                        + " bytes): raise storage.capacity");
    }
}
