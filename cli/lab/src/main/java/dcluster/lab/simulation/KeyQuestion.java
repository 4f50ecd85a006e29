package dcluster.lab.simulation;

import dcluster.checker.history.Function;
import dcluster.checker.linear.Model;
import dcluster.lab.simulation.Recorder.Ask;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question about one key. */
record KeyQuestion(Model model, Command command, Ask ask) implements Question {
    @Override
    public @Nullable Object output(Result result) {
        if (result instanceof Result.Found found) {
            var text = found.value().toUtf8();
            return model == Model.COUNTER ? (Object) Long.valueOf(text) : text;
        }
        if (result instanceof Result.Absent) {
            return model == Model.COUNTER ? (Object) 0L : null;
        }
        if (result instanceof Result.Elements list) {
            return list.elements().stream().map(Bytes::toUtf8).toList();
        }
        return ask.input();
    }

    @Override
    public @Nullable String seen(Result result, @Nullable String before) {
        if (model != Model.REGISTER) {
            return before;
        }
        return result instanceof Result.Found found ? found.value().toUtf8() : before;
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
