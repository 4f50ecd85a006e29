package dcluster.paxos;

import dcluster.spi.Command;
import dcluster.toolkit.Marks;
import dcluster.toolkit.StoreChunk;
import dcluster.toolkit.testing.ShortText;
import java.util.Optional;
import java.util.Set;

/** Records as short text, for golden files: {@code Accept ballot=2.n1.1 slot=7 values=[a=1 -] chosen=6 round=3}. */
final class Text {
    private static final ShortText TEXT = new ShortText(Text::own);

    private Text() {}

    static String of(Object value) {
        return TEXT.of(value);
    }

    private static Optional<String> own(Object value) {
        if (value instanceof Ballot ballot) {
            return Optional.of(ballot.toString());
        }
        if (value instanceof Value asked) {
            return Optional.of(command(asked));
        }
        if (value instanceof Placed placed) {
            var proposal = placed.proposal();
            return Optional.of(placed.slot() + ":" + proposal.ballot() + ":" + command(proposal.value()));
        }
        if (value instanceof StoreChunk chunk) {
            return Optional.of(chunk.parts().size() + " parts");
        }
        if (value instanceof SnapshotId id) {
            return Optional.of(id.slot() + "#" + id.maker() + "." + id.incarnation() + "." + id.serial());
        }
        if (value instanceof PaxosMessage.Prepare prepare && !prepare.ordered()) {
            return Optional.of(TEXT.ofComponents(prepare, Set.of("ordered")));
        }
        if (value instanceof PaxosMessage.Promise promise && promise.marks().equals(Marks.NONE)) {
            return Optional.of(TEXT.ofComponents(
                    promise, promise.incarnation() == 1 ? Set.of("marks", "incarnation") : Set.of("marks")));
        }
        if (value instanceof Marks marks) {
            return Optional.of(marks.incarnations().toString());
        }
        return value instanceof Long number && number == Long.MAX_VALUE ? Optional.of("end") : Optional.empty();
    }

    private static String command(Value value) {
        var command = value.command();
        if (command instanceof Command.Put put) {
            return put.key() + "=" + put.value();
        }
        return command == null ? "-" : command instanceof Command.Get get ? "get " + get.key() : command.toString();
    }
}
