package dcluster.lab.simulation;

import dcluster.checker.history.Function;
import dcluster.lab.simulation.Recorder.Ask;
import dcluster.lab.simulation.Seen.Cart;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A question about a cart: a set whose elements are written as one text, with commas between them. Who puts something in
 * unites all siblings that it has seen, adds its own element, and writes that in their place. A history has it as a set.
 */
record CartQuestion(Command command, Ask ask) implements Question {
    static CartQuestion read(String key) {
        return new CartQuestion(new Command.ReadSiblings(Bytes.utf8(key)), new Ask(Function.READ, key, null));
    }

    static CartQuestion put(Cart seen, String element) {
        var all = new TreeSet<>(seen.elements());
        all.add(element);
        var value = Optional.of(Bytes.utf8(String.join(",", all)));
        return new CartQuestion(
                new Command.Merge(Bytes.utf8(seen.key()), value, seen.context()),
                new Ask(Function.ADD, seen.key(), element));
    }

    @Override
    public Object output(Result result) {
        if (ask.function() == Function.READ) {
            return List.copyOf(elements(siblings(result)));
        }
        if (!result.equals(new Result.Applied(true))) {
            throw unfit(result);
        }
        return Objects.requireNonNull(ask.input());
    }

    private Result.Siblings siblings(Result result) {
        if (!(result instanceof Result.Siblings siblings)) {
            throw unfit(result);
        }
        return siblings;
    }

    private static SortedSet<String> elements(Result.Siblings siblings) {
        return siblings.values().stream()
                .flatMap(value -> Arrays.stream(value.toUtf8().split(",", -1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public List<Count> counts(Result result) {
        return List.of();
    }

    /** A write changes nothing: who goes on from what it had seen before writes a sibling of its own write. */
    @Override
    public Seen seen(Result result, Seen before) {
        if (!(result instanceof Result.Siblings siblings)) {
            return before;
        }
        return before.withCart(new Cart(Objects.requireNonNull(ask.key()), elements(siblings), siblings.context()));
    }

    /** In a line, as {@code add cart0 3.17}. */
    @Override
    public String toString() {
        return ask.toString();
    }
}
