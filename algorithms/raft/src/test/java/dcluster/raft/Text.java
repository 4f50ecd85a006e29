package dcluster.raft;

import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.Entry;
import dcluster.toolkit.StoreChunk;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Records as short text, for golden files: {@code AppendEntries term=2 previousIndex=1 ... entries=[2:a=1]}. */
final class Text {
    private Text() {}

    static String of(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Text::of).orElse("none");
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Text::of).collect(Collectors.joining(" ", "[", "]"));
        }
        if (value instanceof Entry entry) {
            return entry.term() + ":" + (entry instanceof Entry.Apply apply ? command(apply.command()) : "-");
        }
        if (value instanceof Response response) {
            return response(response);
        }
        if (value instanceof StoreChunk chunk) {
            return chunk.parts().size() + " parts";
        }
        if (value instanceof SnapshotId id) {
            return id.index() + "/" + id.term() + "#" + id.leaderTerm() + "." + id.serial();
        }
        boolean ours = value instanceof RaftMessage || value instanceof RaftRecord;
        return ours ? components((Record) value) : value.toString();
    }

    private static String components(Record value) {
        return Arrays.stream(value.getClass().getRecordComponents())
                .filter(component -> !(value instanceof AppendEntries) || !isEmptyList(read(component, value)))
                .map(component -> component.getName() + "=" + of(read(component, value)))
                .collect(Collectors.joining(" ", value.getClass().getSimpleName() + " ", ""));
    }

    private static boolean isEmptyList(Object value) {
        return value instanceof List<?> list && list.isEmpty();
    }

    private static Object read(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String command(Command command) {
        if (command instanceof Command.Put put) {
            return put.key() + "=" + put.value();
        }
        if (command instanceof Command.Get get) {
            return "get " + get.key();
        }
        return command.toString();
    }

    private static String response(Response response) {
        if (response instanceof Response.Ok ok) {
            return ok.result() instanceof Result.Found found ? "found " + found.value() : "ok";
        }
        if (response instanceof Response.Redirect redirect) {
            return "redirect to " + redirect.to();
        }
        if (response instanceof Response.Failed failed) {
            return "failed " + failed.reason();
        }
        return "unknown";
    }

    static Bytes bytes(String text) {
        return Bytes.utf8(text);
    }
}
