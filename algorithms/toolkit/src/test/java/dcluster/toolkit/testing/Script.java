package dcluster.toolkit.testing;

import dcluster.spi.Algorithm;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.toolkit.testing.Stage.Flight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario that is written in lines and writes what happens beneath each. Nothing happens that no line asks for.
 *
 * <pre>
 * cluster 3 ...                  begins; options are the algorithm's
 * tick n1|all 50ms               clocks move
 * put n1 a 1 | get n1 a | delete n1 a | siblings n1 a | merge n1 a 1 CONTEXT
 *                                a client asks n1
 * durable n1|all [2]             what was journalled, or its next 2 records, becomes durable; held outputs leave, and
 *                                if it is all, messages to itself arrive
 * deliver [from] [to] [type]     all such messages in flight arrive, each in a turn of its own; * stands for any
 * backwards from to [type]       likewise, the last sent first
 * drop | repeat [from] [to] [type]
 * settle                         deliver and durable until nothing is left to do
 * cut n1 [n2] | heal             messages between n1 and n2 (or all) are lost when they would be delivered
 * crash n1 | restart n1 [2]      of what was not durable 2 records survive, else none
 * wipe n1                        nothing survives, and n1 starts again as a wiped node
 * </pre>
 *
 * <p>{@code ->} is a message that waited for the disk, {@code =>} one that was sent eagerly.
 */
public final class Script<M, R, T, A extends Algorithm<M, R, T>> {
    /** What an algorithm adds: its cluster, its own commands, and how its values are written. */
    public interface Dialect<M, R, T, A extends Algorithm<M, R, T>> {
        /** The command {@code cluster}: a stage on which all nodes were started, as its words have it. */
        Stage<M, R, T, A> begin(String[] words, Transcript out);

        /**
         * Another command, by its words.
         *
         * @throws IllegalArgumentException if it is none of this algorithm's either
         */
        default void execute(Stage<M, R, T, A> stage, String[] words) {
            throw new IllegalArgumentException("no such command: " + words[0]);
        }

        /** A message, a record of the journal or an answer as short text. */
        String text(Object value);
    }

    private static final int MOST_ROUNDS = 50;

    private final Dialect<M, R, T, A> dialect;
    private final Transcript out;
    private @Nullable Stage<M, R, T, A> stage;

    private Script(Dialect<M, R, T, A> dialect) {
        this.dialect = dialect;
        this.out = new Transcript(dialect::text);
    }

    /** The commands of a text, which stand behind {@code >}, with what each does; comments are kept. */
    public static <M, R, T, A extends Algorithm<M, R, T>> String run(String text, Dialect<M, R, T, A> dialect) {
        var script = new Script<>(dialect);
        text.lines()
                .filter(line -> line.startsWith(">") || line.startsWith("#"))
                .forEach(script::line);
        return script.out.toString();
    }

    /** The words of a command from the {@code first} on as options: {@code name=value}, or {@code name} for true. */
    public static Map<String, String> options(String[] words, int first) {
        var options = new LinkedHashMap<String, String>();
        Arrays.stream(words).skip(first).map(word -> word.split("=", 2)).forEach(pair -> {
            options.put(pair[0], pair.length == 1 ? "true" : pair[1]);
        });
        return options;
    }

    /** {@code 50ms} or {@code 1.5s}. */
    public static Duration duration(String text) {
        return text.endsWith("ms")
                ? Duration.parse("PT" + Double.parseDouble(text.replace("ms", "")) / 1000 + "S")
                : Duration.parse("PT" + text);
    }

    private void line(String line) {
        out.line(line);
        if (line.startsWith(">")) {
            execute(line.substring(1).strip().split(" +"));
            stage().nodes().forEach(stage()::showRecords);
        }
    }

    private void execute(String[] words) {
        switch (words[0]) {
            case "cluster" -> stage = dialect.begin(words, out);
            case "tick" -> nodes(words[1]).forEach(node -> stage().advance(node, duration(words[2])));
            case "put", "get", "delete", "siblings", "merge" -> ask(words);
            case "durable" -> durable(words);
            case "deliver" -> flights(words).forEach(stage()::deliver);
            case "backwards" -> reversed(flights(words)).forEach(stage()::deliver);
            case "drop" -> flights(words).forEach(stage()::drop);
            case "repeat" -> flights(words).forEach(stage()::repeat);
            case "settle" -> settle();
            case "cut" -> cut(words);
            case "heal" -> stage().heal();
            case "crash" -> stage().crash(new NodeId(words[1]));
            case "restart" -> stage().restart(new NodeId(words[1]), words.length > 2 ? Integer.parseInt(words[2]) : 0);
            case "wipe" -> stage().wipe(new NodeId(words[1]));
            default -> dialect.execute(stage(), words);
        }
    }

    private Stage<M, R, T, A> stage() {
        return Objects.requireNonNull(stage, "a script begins with 'cluster'");
    }

    private List<NodeId> nodes(String name) {
        return name.equals("all")
                ? stage().nodes().stream().filter(stage()::isUp).toList()
                : List.of(new NodeId(name));
    }

    private void ask(String[] words) {
        var shown = String.join(" ", List.of(words).subList(2, words.length));
        // Words with a value are a put and a key alone is a get, in what is answered.
        boolean isPlain = words[0].equals("put") || words[0].equals("get");
        stage().request(new NodeId(words[1]), command(words), isPlain ? shown : words[0] + " " + shown);
    }

    private static Command command(String[] words) {
        var key = Bytes.utf8(words[2]);
        return switch (words[0]) {
            case "put" -> new Command.Put(key, Bytes.utf8(words[3]));
            case "delete" -> new Command.Delete(key);
            case "siblings" -> new Command.ReadSiblings(key);
            case "merge" -> new Command.Merge(key, Optional.of(Bytes.utf8(words[3])), context(words));
            default -> new Command.Get(key);
        };
    }

    private static Bytes context(String[] words) {
        return words.length > 4 ? Bytes.utf8(words[4]) : Bytes.EMPTY;
    }

    private void durable(String[] words) {
        for (var node : nodes(words[1])) {
            if (words.length > 2) {
                stage().durable(node, Integer.parseInt(words[2]));
            } else {
                stage().durable(node);
            }
        }
    }

    // The network

    private List<Flight<M>> flights(String[] words) {
        return stage().flights().stream()
                .filter(isNamed(words, 1, flight -> flight.from().name()))
                .filter(isNamed(words, 2, flight -> flight.to().name()))
                .filter(isNamed(words, 3, flight -> flight.message().getClass().getSimpleName()))
                .toList();
    }

    private Predicate<Flight<M>> isNamed(String[] words, int place, Function<Flight<M>, String> name) {
        return flight -> words.length <= place || words[place].equals("*") || words[place].equals(name.apply(flight));
    }

    private List<Flight<M>> reversed(List<Flight<M>> flights) {
        var reversed = new ArrayList<>(flights);
        Collections.reverse(reversed);
        return reversed;
    }

    private void settle() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (stage().isQuiet()) {
                return;
            }
            stage().flights().forEach(stage()::deliver);
            nodes("all").forEach(stage()::durable);
        }
        throw new IllegalStateException("it does not settle");
    }

    private void cut(String[] words) {
        for (var other : stage().nodes()) {
            if (words.length == 2 || other.name().equals(words[2])) {
                stage().cut(other, new NodeId(words[1]));
            }
        }
    }
}
