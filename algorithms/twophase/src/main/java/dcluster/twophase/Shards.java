package dcluster.twophase;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.Ring;
import dcluster.toolkit.StateHash;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which participant holds which keys, and so which part of a transaction is whose. Immutable. */
final class Shards {
    private final Ring ring;

    Shards(List<NodeId> participants, int tokens) {
        this.ring = new Ring(participants, tokens);
    }

    /** The participant that holds a key. */
    NodeId owner(Bytes key) {
        return ring.order(StateHash.of(key)).get(0);
    }

    /** What an operator is shown who asks whose these keys are, in their order. */
    Response owners(List<String> keys) {
        return new Response.Ok(new Result.Table(
                List.of("key", "participant"),
                keys.stream()
                        .map(key -> List.of(key, owner(Bytes.utf8(key)).name()))
                        .toList()));
    }

    /** Whether one participant holds all keys of a command. */
    boolean isOfOne(Command command) {
        if (command instanceof Command.OnKey) {
            return true;
        }
        return command.keys().stream().map(this::owner).distinct().limit(2).count() == 1;
    }

    /** Each participant's part, in the order of their ids. */
    SortedMap<NodeId, Part> parts(Command.Transaction transaction) {
        var drafts = new TreeMap<NodeId, Draft>();
        var commands = transaction.commands();
        for (int place = 0; place < commands.size(); place++) {
            var draft = draft(drafts, commands.get(place).keys().get(0));
            draft.commands.add(commands.get(place));
            draft.places.add(place);
        }
        transaction.watched().forEach(each -> draft(drafts, each.key()).watched.add(each));
        var parts = new TreeMap<NodeId, Part>();
        drafts.forEach((node, draft) -> parts.put(node, draft.part()));
        return parts;
    }

    private Draft draft(SortedMap<NodeId, Draft> drafts, Bytes key) {
        return drafts.computeIfAbsent(owner(key), node -> new Draft());
    }

    private static final class Draft {
        private final List<Command> commands = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();
        private final List<Command.Watched> watched = new ArrayList<>();

        private Part part() {
            if (commands.isEmpty()) {
                // A transaction has at least one command; to look at what is watched changes nothing.
                commands.add(new Command.Watch(watched.get(0).key()));
            }
            return new Part(new Command.Transaction(commands, watched), places);
        }
    }
}
