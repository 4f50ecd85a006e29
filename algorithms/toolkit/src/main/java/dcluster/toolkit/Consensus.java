package dcluster.toolkit;

import dcluster.spi.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What takes consensus, so that no algorithm of registers or quorums can serve it: to look at a key and change it as one
 * (Herlihy 1991, "Wait-Free Synchronization": registers have consensus number 1). To watch a key is a read, but all that
 * it serves is a transaction. A session looks whether a command was applied, and applies it.
 */
public final class Consensus {
    private static final List<Class<? extends Command>> COMMANDS = List.of(
            Command.CompareAndSet.class,
            Command.Increment.class,
            Command.Append.class,
            Command.Prepend.class,
            Command.ReadList.class,
            Command.Watch.class,
            Command.Transaction.class,
            Command.OpenSession.class,
            Command.InSession.class);

    private Consensus() {}

    /** The commands that take it, each refused for that reason; more can be added. */
    public static Map<Class<? extends Command>, String> refusing(String reason) {
        var refused = new LinkedHashMap<Class<? extends Command>, String>();
        COMMANDS.forEach(command -> refused.put(command, reason));
        return refused;
    }

    /** Whether a command that does not take it by its type takes it as it is: a put with a condition. */
    public static boolean isNeededFor(Command command) {
        return command instanceof Command.Put put && (put.condition() != Command.Condition.ALWAYS || put.previous());
    }
}
