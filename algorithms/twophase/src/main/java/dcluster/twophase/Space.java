package dcluster.twophase;

import dcluster.spi.Command;
import dcluster.spi.Context;
import dcluster.spi.Response;
import dcluster.toolkit.Capacity;
import dcluster.toolkit.Store;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a shard within its share of the memory: what it holds, and by how much transactions that are executed here may make
 * it grow if they are committed.
 */
final class Space {
    private final Context<?, ?, ?> context;
    private final Store store;

    /** By transaction, in bytes. Looked up and never iterated over. */
    private final Map<TransactionId, Long> reserved = new HashMap<>();

    private long reservedBytes;
    private @Nullable Capacity capacity;

    Space(Context<?, ?, ?> context, Store store) {
        this.context = context;
        this.store = store;
    }

    /** Whether a command would leave the shard within its share, whatever becomes of all transactions. */
    boolean fits(Command command) {
        long growth = capacity().growth(command);
        return growth <= 0 || store.memoryBytes() + reservedBytes + growth <= context.capacityBytes();
    }

    /** A transaction that is executed here may make it grow. */
    void reserve(TransactionId id, Command part) {
        long growth = capacity().growth(part);
        reserved.put(id, growth);
        reservedBytes += growth;
    }

    /** It has grown by now, or never will. */
    void release(TransactionId id) {
        var growth = reserved.remove(id);
        reservedBytes -= growth == null ? 0 : growth;
    }

    /** The answer to what does not fit. */
    Response full() {
        return capacity().full();
    }

    /** Made when it is first used, since how much there is may not be asked before the node starts. */
    private Capacity capacity() {
        if (capacity == null) {
            capacity = new Capacity(store, context.capacityBytes());
        }
        return capacity;
    }
}
