package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A node in memory to which any two puts of a key are concurrent: all their values stay until a merge replaces those
 * that came before its context, which is the number of the last write to the key. Other commands go to a store.
 */
final class SiblingSink implements RoomySink {
    private static final Response APPLIED = new Response.Ok(new Result.Applied(true));

    private final StoreSink others = new StoreSink();
    private final Map<Bytes, NavigableMap<Long, Bytes>> valuesByKey = new HashMap<>();
    private long lastWrite;

    @Override
    public void submit(Command command, Consumer<Response> whenAnswered) {
        if (command instanceof Command.Put put) {
            write(put.key(), put.value());
            whenAnswered.accept(APPLIED);
        } else if (command instanceof Command.Merge merge) {
            merge(merge);
            whenAnswered.accept(APPLIED);
        } else if (isSibling(command)) {
            whenAnswered.accept(new Response.Ok(read(command)));
        } else {
            others.submit(command, whenAnswered);
        }
    }

    private static boolean isSibling(Command command) {
        return command instanceof Command.Get
                || command instanceof Command.ReadSiblings
                || (command instanceof Command.Transaction all
                        && all.commands().stream().allMatch(SiblingSink::isSibling));
    }

    private Result read(Command command) {
        if (command instanceof Command.Transaction all) {
            return new Result.Each(all.commands().stream().map(this::read).toList());
        }
        var values = values(command.keys().get(0));
        if (command instanceof Command.ReadSiblings || values.size() > 1) {
            long seen = values.isEmpty() ? 0 : values.lastKey();
            return new Result.Siblings(List.copyOf(values.values()), Bytes.utf8("upto" + seen));
        }
        return values.isEmpty()
                ? new Result.Absent()
                : new Result.Found(values.firstEntry().getValue());
    }

    private void merge(Command.Merge merge) {
        var context = merge.context().toUtf8();
        if (context.matches("upto[0-9]{1,9}")) {
            values(merge.key())
                    .headMap(Long.parseLong(context.substring(4)), true)
                    .clear();
        }
        merge.value().ifPresent(value -> write(merge.key(), value));
    }

    private void write(Bytes key, Bytes value) {
        values(key).put(++lastWrite, value);
    }

    private NavigableMap<Long, Bytes> values(Bytes key) {
        return valuesByKey.computeIfAbsent(key, k -> new TreeMap<>());
    }
}
