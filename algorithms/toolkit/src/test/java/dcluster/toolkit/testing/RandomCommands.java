package dcluster.toolkit.testing;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Command.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Random commands on few keys, so that they meet each other's effects, with a taste for bounds and for near misses. */
public final class RandomCommands {
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "b",
            "0",
            "7",
            "-7",
            "+7",
            "07",
            "-0",
            " 7",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "longer than eight bytes");
    private static final List<Condition> CONDITIONS = List.of(Condition.values());
    private static final long[] DELTAS = {0, 1, -1, 10, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final long[] INDEXES = {0, 1, 2, 5, 40, -1, -2, -5, -40, Long.MAX_VALUE, Long.MIN_VALUE};

    private final RandomGenerator random;
    private final int keys;

    /** On so many keys: "key0", "key1" and so on. */
    public RandomCommands(RandomGenerator random, int keys) {
        this.random = random;
        this.keys = keys;
    }

    public Command next() {
        if (random.nextInt(12) > 0) {
            return nextOnKey();
        }
        var commands = new ArrayList<Command>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            commands.add(nextOnKey());
        }
        return new Command.Transaction(commands, watched());
    }

    /** Mostly none; versions are small, so that some are met while a store is young. */
    private List<Command.Watched> watched() {
        return random.nextInt(3) > 0 ? List.of() : List.of(new Command.Watched(key(), random.nextInt(5)));
    }

    private Bytes key() {
        return Bytes.utf8("key" + random.nextInt(keys));
    }

    private Command nextOnKey() {
        var key = key();
        return switch (random.nextInt(13)) {
            case 0 -> new Command.Get(key);
            case 1 -> new Command.Exists(key);
            case 2, 3 -> new Command.Put(key, text(), CONDITIONS.get(random.nextInt(3)), random.nextBoolean());
            case 4 -> new Command.Delete(key);
            case 5 ->
                new Command.CompareAndSet(key, random.nextInt(3) == 0 ? Optional.empty() : Optional.of(text()), text());
            case 6, 7 -> new Command.Increment(key, DELTAS[random.nextInt(DELTAS.length)]);
            case 8, 9 -> new Command.Append(key, texts());
            case 10 -> new Command.Prepend(key, texts());
            case 11 -> new Command.Watch(key);
            default -> new Command.ReadList(key, index(), index());
        };
    }

    private Bytes text() {
        return Bytes.utf8(TEXTS.get(random.nextInt(TEXTS.size())));
    }

    private List<Bytes> texts() {
        var texts = new ArrayList<Bytes>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            texts.add(text());
        }
        return texts;
    }

    private long index() {
        return INDEXES[random.nextInt(INDEXES.length)];
    }
}
