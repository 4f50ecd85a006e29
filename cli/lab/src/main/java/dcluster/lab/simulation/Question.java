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

/** One thing that a client asks: as a command to a node, and as a history has it. */
record Question(Model model, Command command, Ask ask) {
    /** What the result says in the words of a history. */
    @Nullable
    Object output(Result result) {
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

    /** Whether a compare-and-set found what it expected; true of anything else. */
    static boolean applied(Result result) {
        return !(result instanceof Result.Applied applied) || applied.applied();
    }

    /** The value of a register that its client knows of now, if it knew that one before. */
    @Nullable
    String seen(Result result, @Nullable String before) {
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

    /** Whether asking twice does no harm. */
    boolean isRead() {
        return command.isRead();
    }

    static Question read(Model model, String key) {
        var name = Bytes.utf8(key);
        var command = model == Model.LIST ? new Command.ReadList(name, 0, -1) : new Command.Get(name);
        return new Question(model, command, new Ask(Function.READ, key, null));
    }

    static Question write(String key, String value) {
        return new Question(
                Model.REGISTER,
                new Command.Put(Bytes.utf8(key), Bytes.utf8(value)),
                new Ask(Function.WRITE, key, value));
    }

    static Question compareAndSet(String key, @Nullable String from, String to) {
        var expected = Optional.ofNullable(from).map(Bytes::utf8);
        var input = new ArrayList<@Nullable Object>();
        input.add(from);
        input.add(to);
        return new Question(
                Model.REGISTER,
                new Command.CompareAndSet(Bytes.utf8(key), expected, Bytes.utf8(to)),
                new Ask(Function.CAS, key, Collections.unmodifiableList(input)));
    }

    /** As a history has it, it expects to find nothing. */
    static Question putIfAbsent(String key, String value) {
        var command = new Command.Put(Bytes.utf8(key), Bytes.utf8(value), Command.Condition.IF_ABSENT, false);
        return new Question(
                Model.REGISTER, command, compareAndSet(key, null, value).ask());
    }

    /** What is deleted is null, as it was before the first write. */
    static Question delete(String key) {
        return new Question(Model.REGISTER, new Command.Delete(Bytes.utf8(key)), new Ask(Function.WRITE, key, null));
    }

    static Question add(String key, long amount) {
        return new Question(
                Model.COUNTER, new Command.Increment(Bytes.utf8(key), amount), new Ask(Function.ADD, key, amount));
    }

    static Question push(String key, String element) {
        return new Question(
                Model.LIST,
                new Command.Append(Bytes.utf8(key), List.of(Bytes.utf8(element))),
                new Ask(Function.PUSH, key, element));
    }
}
