package dcluster.unreplicated;

import dcluster.spi.Algorithm;
import dcluster.spi.Context;
import dcluster.spi.Limits;
import dcluster.spi.NodeId;
import dcluster.spi.Nothing;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Status;
import dcluster.toolkit.Capacity;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.Store;
import dcluster.toolkit.StoreChunk;
import dcluster.unreplicated.UnreplicatedRecord.Applied;
import dcluster.unreplicated.UnreplicatedRecord.Compacted;
import dcluster.unreplicated.UnreplicatedRecord.Restored;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one replica of {@code none}; see the package. */
final class Unreplicated implements Algorithm<Nothing, UnreplicatedRecord, Nothing> {
    private static final HandlerTable<Unreplicated, UnreplicatedRecord> RECORDS = HandlerTable.of(
                    Unreplicated.class, UnreplicatedRecord.class)
            .on(Applied.class, Unreplicated::applied)
            .on(Compacted.class, Unreplicated::compacted)
            .on(Restored.class, Unreplicated::restored)
            .build();

    private final UnreplicatedConfig config;
    private final Context<Nothing, UnreplicatedRecord, Nothing> context;

    // Durable state: changed by replay() alone.
    private final Store store;
    private long applied;

    // What the command replayed last answered.
    private @Nullable Response answer;

    // Once started: what the store may still take.
    private @Nullable Capacity capacity;

    Unreplicated(UnreplicatedConfig config, Context<Nothing, UnreplicatedRecord, Nothing> context) {
        this.config = config;
        this.store = new Store(config.sessions());
        this.context = context;
    }

    @Override
    public void replay(UnreplicatedRecord record) {
        RECORDS.dispatch(this, record);
    }

    private void applied(Applied record) {
        answer = store.apply(record.command());
        applied++;
    }

    private void compacted(Compacted record) {
        applied = record.applied();
    }

    private void restored(Restored record) {
        store.restore(record.chunk());
    }

    @Override
    public void start() {
        capacity = new Capacity(store, context.capacityBytes());
    }

    /**
     * A read journals nothing, yet its reply is held like any other until the writes that it saw are durable: so no
     * client sees a value that a crash then takes back, and the reads are linearizable.
     *
     * <p>A write is journalled without looking whether it will fail or find its condition unmet. That one would tell
     * without a change; but finding out means to apply each command twice, and its answer must wait for earlier records
     * all the same. Only what could make the store larger than it may be is refused before.
     */
    @Override
    public void onRequest(Request request) {
        var command = request.command();
        if (command.isRead()) {
            context.reply(request, store.apply(command));
            return;
        }
        var bound = Objects.requireNonNull(capacity, "not started");
        if (!bound.reserve(command)) {
            context.reply(request, bound.full());
            return;
        }
        context.journal(new Applied(command));
        bound.applied();
        context.reply(request, answer());
    }

    private Response answer() {
        if (answer == null) {
            throw new IllegalStateException("journalling did not replay");
        }
        return answer;
    }

    @Override
    public void endTurn() {
        if (context.journalBytes() > Math.max(config.compactAbove().bytes(), 2 * store.bytes())) {
            context.compact(state(applied, store.freeze().chunks(Limits.CHUNK_BYTES)));
        }
    }

    private static Iterator<UnreplicatedRecord> state(long applied, Iterator<StoreChunk> chunks) {
        return new Iterator<>() {
            private boolean counted;

            @Override
            public boolean hasNext() {
                return !counted || chunks.hasNext();
            }

            @Override
            public UnreplicatedRecord next() {
                if (counted) {
                    return new Restored(chunks.next());
                }
                counted = true;
                return new Compacted(applied);
            }
        };
    }

    @Override
    public void onMessage(NodeId from, Nothing message) {
        throw new IllegalStateException("none sends no messages");
    }

    @Override
    public void onTimer(Nothing timer) {
        throw new IllegalStateException("none starts no timers");
    }

    @Override
    public Status status() {
        var details = new LinkedHashMap<String, Object>();
        details.put("keys", (long) store.size());
        details.put("sessions", (long) store.sessionCount());
        details.put("state bytes", store.bytes());
        details.put("store bytes", store.memoryBytes());
        details.put("store capacity", context.capacityBytes());
        return new Status("single", Optional.empty(), applied, store.hash(), details);
    }
}
