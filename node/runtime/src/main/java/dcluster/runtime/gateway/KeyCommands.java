package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The RESP commands on keys, as commands of the store. One on several keys is a transaction, one on a single key is
 * not.
 */
final class KeyCommands {
    private KeyCommands() {}

    static void addTo(CommandTable table) {
        addTexts(table);
        addNumbers(table);
        addLists(table);
        addSiblings(table);
        addSeveral(table);
    }

    private static void addTexts(CommandTable table) {
        add(table, "GET", 2, words -> execute(new Command.Get(words.key(1)), Shape.VALUE));
        add(table, "SET", -3, KeyCommands::set);
        add(table, "SETNX", 3, words -> execute(put(words, Condition.IF_ABSENT, false), Shape.ONE_OR_ZERO));
        add(table, "GETSET", 3, words -> execute(put(words, Condition.ALWAYS, true), Shape.PREVIOUS));
        add(table, "CAS", 4, KeyCommands::compareAndSet);
    }

    private static void addNumbers(CommandTable table) {
        add(table, "INCR", 2, words -> increment(words, 1));
        add(table, "DECR", 2, words -> increment(words, -1));
        add(table, "INCRBY", 3, words -> increment(words, words.integer(2)));
        add(table, "DECRBY", 3, words -> increment(words, negated(words.integer(2))));
    }

    private static void addLists(CommandTable table) {
        add(table, "RPUSH", -3, words -> execute(new Command.Append(words.key(1), words.from(2)), Shape.NUMBER));
        add(table, "LPUSH", -3, words -> execute(new Command.Prepend(words.key(1), words.from(2)), Shape.NUMBER));
        add(
                table,
                "LRANGE",
                4,
                words -> execute(new Command.ReadList(words.key(1), words.integer(2), words.integer(3)), Shape.LIST));
    }

    private static void addSiblings(CommandTable table) {
        add(table, "SIBLINGS", 2, words -> execute(new Command.ReadSiblings(words.key(1)), Shape.SIBLINGS));
        add(table, "MERGE", -3, KeyCommands::merge);
    }

    private static void addSeveral(CommandTable table) {
        add(table, "DEL", -2, words -> onEach(words, Command.Delete::new, Shape.NUMBER, Shape.SUM));
        add(table, "EXISTS", -2, words -> onEach(words, Command.Exists::new, Shape.NUMBER, Shape.SUM));
        add(table, "MGET", -2, KeyCommands::getEach);
        add(table, "MSET", -3, KeyCommands::setEach);
    }

    private static Plan set(Words words) {
        var condition = Condition.ALWAYS;
        boolean previous = false;
        for (int i = 3; i < words.count(); i++) {
            var option = words.name(i);
            switch (option) {
                case "NX" -> condition = only(condition, Condition.IF_ABSENT);
                case "XX" -> condition = only(condition, Condition.IF_PRESENT);
                case "GET" -> previous = true;
                case "EX", "PX", "EXAT", "PXAT", "KEEPTTL" ->
                    throw new Refusal("ERR SET with " + option + " is not supported: keys do not expire");
                default -> throw Refusal.syntax();
            }
        }
        return execute(put(words, condition, previous), previous ? Shape.PREVIOUS : Shape.OK_OR_ABSENT);
    }

    private static Condition only(Condition before, Condition now) {
        if (before != Condition.ALWAYS && before != now) {
            throw Refusal.syntax();
        }
        return now;
    }

    private static Command put(Words words, Condition condition, boolean previous) {
        return new Command.Put(words.key(1), words.value(2), condition, previous);
    }

    private static Plan compareAndSet(Words words) {
        var command = new Command.CompareAndSet(words.key(1), Optional.of(words.value(2)), words.value(3));
        return execute(command, Shape.ONE_OR_ZERO);
    }

    private static Plan merge(Words words) {
        if (words.count() > 4) {
            throw Refusal.wrongCount("merge");
        }
        var value = words.count() == 4 ? Optional.of(words.value(3)) : Optional.<Bytes>empty();
        return execute(new Command.Merge(words.key(1), value, words.value(2)), Shape.OK_OR_ABSENT);
    }

    private static Plan increment(Words words, long delta) {
        return execute(new Command.Increment(words.key(1), delta), Shape.NUMBER);
    }

    private static long negated(long delta) {
        if (delta == Long.MIN_VALUE) {
            throw new Refusal("ERR decrement would overflow");
        }
        return -delta;
    }

    private static Plan onEach(Words words, Function<Bytes, Command> one, Shape ofOne, Shape ofSeveral) {
        if (words.count() == 2) {
            return execute(one.apply(words.key(1)), ofOne);
        }
        var commands = new ArrayList<Command>(words.count() - 1);
        for (int i = 1; i < words.count(); i++) {
            commands.add(one.apply(words.key(i)));
        }
        return execute(new Command.Transaction(commands), ofSeveral);
    }

    /** The reply is an array also for a single key. */
    private static Plan getEach(Words words) {
        return onEach(words, Command.Get::new, Shape.ONE_VALUE, Shape.VALUES);
    }

    private static Plan setEach(Words words) {
        if (words.count() % 2 == 0) {
            throw Refusal.wrongCount("mset");
        }
        List<Command> commands = new ArrayList<>(words.count() / 2);
        for (int i = 1; i < words.count(); i += 2) {
            commands.add(new Command.Put(words.key(i), words.value(i + 1)));
        }
        return commands.size() == 1
                ? execute(commands.get(0), Shape.OK_OR_ABSENT)
                : execute(new Command.Transaction(commands), Shape.ALL_OK);
    }

    private static Plan execute(Command command, Shape shape) {
        return new Plan.Execute(command, shape);
    }

    private static void add(CommandTable table, String name, int words, Function<Words, Plan> binding) {
        table.addQueued(name, words, (given, session) -> binding.apply(given));
    }
}
