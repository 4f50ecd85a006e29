package dcluster.lab.simulation;

import dcluster.checker.history.Function;
import dcluster.checker.history.Siblings;
import dcluster.checker.linear.Model;
import dcluster.lab.simulation.Recorder.Ask;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question about one key. */
record KeyQuestion(Model model, Command command, Ask ask) implements Question {
    @Override
    public @Nullable Object output(Result result) {
        return switch (ask.function()) {
            case READ -> read(result);
            case ADD, PUSH -> written(result, result instanceof Result.WholeNumber);
            case CAS -> written(result, result instanceof Result.Applied);
            default -> written(result, result instanceof Result.Applied || result instanceof Result.WholeNumber);
        };
    }

    private @Nullable Object written(Result result, boolean isFit) {
        if (!isFit) {
            throw unfit(result);
        }
        return ask.input();
    }

    private @Nullable Object read(Result result) {
        if (model == Model.LIST) {
            return elements(result);
        }
        if (result instanceof Result.Absent) {
            return model == Model.COUNTER ? (Object) 0L : null;
        }
        if (model == Model.REGISTER && result instanceof Result.Siblings siblings) {
            return values(siblings);
        }
        if (!(result instanceof Result.Found found)) {
            throw unfit(result);
        }
        var text = found.value().toUtf8();
        return model == Model.COUNTER ? (Object) number(text, result) : text;
    }

    private static @Nullable Object values(Result.Siblings siblings) {
        var values = siblings.values().stream().map(Bytes::toUtf8).distinct().toList();
        return switch (values.size()) {
            case 0 -> null;
            case 1 -> values.get(0);
            default -> Siblings.of(values);
        };
    }

    private long number(String text, Result result) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw unfit(result);
        }
    }

    private Object elements(Result result) {
        if (!(result instanceof Result.Elements list)) {
            throw unfit(result);
        }
        return list.elements().stream().map(Bytes::toUtf8).toList();
    }

    @Override
    public List<Count> counts(Result result) {
        if (!(result instanceof Result.WholeNumber number)) {
            return List.of();
        }
        var key = Objects.requireNonNull(ask.key());
        return switch (ask.function()) {
            case ADD -> List.of(new Count.Sum(key, number.value()));
            case PUSH -> List.of(new Count.Length(key, String.valueOf(ask.input()), number.value()));
            default -> List.of();
        };
    }

    @Override
    public Seen seen(Result result, Seen before) {
        return model == Model.REGISTER && result instanceof Result.Found found
                ? before.withRegister(found.value().toUtf8())
                : before;
    }

    /** In a line, as {@code write register0 3.17}. */
    @Override
    public String toString() {
        return ask.toString();
    }

    static KeyQuestion read(Model model, String key) {
        var name = Bytes.utf8(key);
        var command = model == Model.LIST ? new Command.ReadList(name, 0, -1) : new Command.Get(name);
        return new KeyQuestion(model, command, new Ask(Function.READ, key, null));
    }

    static KeyQuestion write(String key, String value) {
        return new KeyQuestion(
                Model.REGISTER,
                new Command.Put(Bytes.utf8(key), Bytes.utf8(value)),
                new Ask(Function.WRITE, key, value));
    }

    static KeyQuestion compareAndSet(String key, @Nullable String from, String to) {
        var expected = Optional.ofNullable(from).map(Bytes::utf8);
        var input = new ArrayList<@Nullable Object>();
        input.add(from);
        input.add(to);
        return new KeyQuestion(
                Model.REGISTER,
                new Command.CompareAndSet(Bytes.utf8(key), expected, Bytes.utf8(to)),
                new Ask(Function.CAS, key, Collections.unmodifiableList(input)));
    }

    /** As a history has it, it expects to find nothing. */
    static KeyQuestion putIfAbsent(String key, String value) {
        var command = new Command.Put(Bytes.utf8(key), Bytes.utf8(value), Command.Condition.IF_ABSENT, false);
        return new KeyQuestion(
                Model.REGISTER, command, compareAndSet(key, null, value).ask());
    }

    /** What is deleted is null, as it was before the first write. */
    static KeyQuestion delete(String key) {
        return new KeyQuestion(Model.REGISTER, new Command.Delete(Bytes.utf8(key)), new Ask(Function.WRITE, key, null));
    }

    static KeyQuestion add(String key, long amount) {
        return new KeyQuestion(
                Model.COUNTER, new Command.Increment(Bytes.utf8(key), amount), new Ask(Function.ADD, key, amount));
    }

    static KeyQuestion push(String key, String element) {
        return new KeyQuestion(
                Model.LIST,
                new Command.Append(Bytes.utf8(key), List.of(Bytes.utf8(element))),
                new Ask(Function.PUSH, key, element));
    }
}
