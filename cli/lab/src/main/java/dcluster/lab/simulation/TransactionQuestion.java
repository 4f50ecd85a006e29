package dcluster.lab.simulation;

import dcluster.checker.history.Function;
import dcluster.lab.simulation.Recorder.Ask;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some lists are read and appended to as one; a single step is asked without a transaction around it. */
record TransactionQuestion(List<Step> steps) implements Question {
    /** A list is read, or appended to if there is an element. */
    record Step(String key, @Nullable String element) {
        private Command command() {
            var name = Bytes.utf8(key);
            return element == null
                    ? new Command.ReadList(name, 0, -1)
                    : new Command.Append(name, List.of(Bytes.utf8(element)));
        }

        /** As a history has it; null was not read yet. */
        private List<@Nullable Object> inHistory(@Nullable Object read) {
            var parts = new ArrayList<@Nullable Object>();
            parts.add(element == null ? "r" : "append");
            parts.add(key);
            parts.add(element == null ? read : element);
            return parts;
        }

        private boolean isFit(Result result) {
            return element == null ? result instanceof Result.Elements : result instanceof Result.WholeNumber;
        }

        private List<@Nullable Object> done(Result result) {
            return inHistory(
                    result instanceof Result.Elements read
                            ? read.elements().stream().map(Bytes::toUtf8).toList()
                            : null);
        }
    }

    @Override
    public Command command() {
        var commands = steps.stream().map(Step::command).toList();
        return commands.size() == 1 ? commands.get(0) : new Command.Transaction(commands);
    }

    @Override
    public Ask ask() {
        return new Ask(
                Function.TXN,
                null,
                steps.stream().map(step -> step.inHistory(null)).toList());
    }

    @Override
    public List<Count> counts(Result result) {
        var results = results(result);
        var counts = new ArrayList<Count>();
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            if (step.element != null && results.get(i) instanceof Result.WholeNumber number) {
                counts.add(new Count.Length(step.key, step.element, number.value()));
            }
        }
        return counts;
    }

    private static List<Result> results(Result result) {
        return result instanceof Result.Each each ? each.results() : List.of(result);
    }

    @Override
    public Object output(Result result) {
        var results = results(result);
        if (results.size() != steps.size()) {
            throw unfit(result);
        }
        var done = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (!steps.get(i).isFit(results.get(i))) {
                throw unfit(result);
            }
            done.add(steps.get(i).done(results.get(i)));
        }
        return done;
    }

    /** In a line, as {@code txn [[append, shared0, 3.17/0], [r, shared1, null]]}. */
    @Override
    public String toString() {
        return ask().toString();
    }
}
