package dcluster.raft;

import dcluster.raft.RaftMessage.AppendEntries;
import dcluster.raft.RaftMessage.AppendReply;
import dcluster.raft.RaftMessage.RequestVote;
import dcluster.raft.RaftMessage.VoteReply;
import dcluster.spi.Command;
import dcluster.toolkit.Marks;
import dcluster.toolkit.StoreChunk;
import dcluster.toolkit.testing.ShortText;
import java.util.Optional;
import java.util.Set;

/** Records as short text, for golden files: {@code AppendEntries term=2 previousIndex=1 ... entries=[2:a=1]}. */
final class Text {
    private static final ShortText TEXT = new ShortText(Text::own);

    private Text() {}

    static String of(Object value) {
        return TEXT.of(value);
    }

    private static Optional<String> own(Object value) {
        if (value instanceof Entry entry) {
            var command = entry instanceof Entry.Apply apply ? command(apply.command()) : "-";
            return Optional.of(entry.term() + ":" + command);
        }
        if (value instanceof StoreChunk chunk) {
            return Optional.of(chunk.parts().size() + " parts");
        }
        if (value instanceof SnapshotId id) {
            return Optional.of(id.index() + "/" + id.term() + "#" + id.leaderTerm() + "." + id.serial());
        }
        if (value instanceof RequestVote request && !request.ordered()) {
            return Optional.of(TEXT.ofComponents(request, Set.of("ordered")));
        }
        if (value instanceof Marks marks) {
            return Optional.of(marks.incarnations().toString());
        }
        if (value instanceof VoteReply reply && reply.marks().equals(Marks.NONE)) {
            return Optional.of(TEXT.ofComponents(reply, without("marks", reply.incarnation())));
        }
        if (value instanceof AppendReply reply && reply.counts()) {
            return Optional.of(TEXT.ofComponents(reply, without("counts", reply.incarnation())));
        }
        return value instanceof AppendEntries append && append.entries().isEmpty()
                ? Optional.of(TEXT.ofComponents(append, Set.of("entries")))
                : Optional.empty();
    }

    /** Of who was never started again, let alone wiped, nothing is said that concerns only others. */
    private static Set<String> without(String component, long incarnation) {
        return incarnation == 1 ? Set.of(component, "incarnation") : Set.of(component);
    }

    private static String command(Command command) {
        if (command instanceof Command.Put put) {
            return put.key() + "=" + put.value();
        }
        return command instanceof Command.Get get ? "get " + get.key() : command.toString();
    }
}
