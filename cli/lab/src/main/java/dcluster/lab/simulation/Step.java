package dcluster.lab.simulation;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a transaction: as a command, and as a history has it, {@code [word, key, value]}. */
sealed interface Step {
    /** Its word in a history. */
    String word();

    String key();

    /** What it brings; null if it only asks. */
    default @Nullable Object brought() {
        return null;
    }

    Command command();

    /** Whether the result is an answer to it. */
    boolean isFit(Result result);

    /** What a history has once it has happened: of a read what it found. */
    @Nullable
    Object done(Result result);

    /** The key's name. */
    default Bytes name() {
        return Bytes.utf8(key());
    }

    /** Before it has happened. */
    default List<@Nullable Object> asked() {
        return inHistory(brought());
    }

    /** With that value. */
    default List<@Nullable Object> inHistory(@Nullable Object value) {
        var parts = new ArrayList<@Nullable Object>();
        parts.add(word());
        parts.add(key());
        parts.add(value);
        return parts;
    }

    /** The whole of a list. */
    record ReadList(String key) implements Step {
        @Override
        public String word() {
            return "r";
        }

        @Override
        public Command command() {
            return new Command.ReadList(name(), 0, -1);
        }

        @Override
        public boolean isFit(Result result) {
            return result instanceof Result.Elements;
        }

        @Override
        public List<String> done(Result result) {
            return ((Result.Elements) result)
                    .elements().stream().map(Bytes::toUtf8).toList();
        }
    }

    /** Of an element to a list. */
    record Append(String key, String element) implements Step {
        @Override
        public String word() {
            return "append";
        }

        @Override
        public String brought() {
            return element;
        }

        @Override
        public Command command() {
            return new Command.Append(name(), List.of(Bytes.utf8(element)));
        }

        @Override
        public boolean isFit(Result result) {
            return result instanceof Result.WholeNumber;
        }

        @Override
        public String done(Result result) {
            return element;
        }
    }

    /** Of a register. */
    record Read(String key) implements Step {
        @Override
        public String word() {
            return "r";
        }

        @Override
        public Command command() {
            return new Command.Get(name());
        }

        @Override
        public boolean isFit(Result result) {
            return result instanceof Result.Found || result instanceof Result.Absent;
        }

        @Override
        public @Nullable String done(Result result) {
            return result instanceof Result.Found found ? found.value().toUtf8() : null;
        }
    }

    /** Of a value to a register. */
    record Write(String key, String value) implements Step {
        @Override
        public String word() {
            return "w";
        }

        @Override
        public String brought() {
            return value;
        }

        @Override
        public Command command() {
            return new Command.Put(name(), Bytes.utf8(value));
        }

        @Override
        public boolean isFit(Result result) {
            return result.equals(new Result.Applied(true));
        }

        @Override
        public String done(Result result) {
            return value;
        }
    }

    /** What an account holds; one that nobody has moved anything to or from holds 0. */
    record Balance(String key) implements Step {
        @Override
        public String word() {
            return "r";
        }

        @Override
        public Command command() {
            return new Command.Get(name());
        }

        @Override
        public boolean isFit(Result result) {
            return result instanceof Result.Absent
                    || (result instanceof Result.Found found
                            && found.value().toUtf8().matches("-?[0-9]{1,18}"));
        }

        @Override
        public Long done(Result result) {
            return result instanceof Result.Found found
                    ? Long.parseLong(found.value().toUtf8())
                    : 0L;
        }
    }

    /** Of an amount to an account, or away from it if it is negative; done, a history has the balance after it. */
    record Move(String key, long amount) implements Step {
        @Override
        public String word() {
            return "add";
        }

        @Override
        public Long brought() {
            return amount;
        }

        @Override
        public Command command() {
            return new Command.Increment(name(), amount);
        }

        @Override
        public boolean isFit(Result result) {
            return result instanceof Result.WholeNumber;
        }

        @Override
        public Long done(Result result) {
            return ((Result.WholeNumber) result).value();
        }
    }
}
