package dcluster.lab.simulation;

import dcluster.checker.history.Function;
import dcluster.lab.simulation.Recorder.Ask;
import dcluster.spi.Command;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some lists are read and appended to as one, or some registers read and written, or some accounts; a single step is
 * asked without a transaction around it.
 */
record TransactionQuestion(List<Step> steps) implements Question {
    TransactionQuestion {
        steps = List.copyOf(steps);
    }

    @Override
    public Command command() {
        var commands = commands();
        return commands.size() == 1 ? commands.get(0) : new Command.Transaction(commands);
    }

    /** Those of its steps. */
    List<Command> commands() {
        return steps.stream().map(Step::command).toList();
    }

    @Override
    public Ask ask() {
        return new Ask(Function.TXN, null, steps.stream().map(Step::asked).toList());
    }

    @Override
    public List<Count> counts(Result result) {
        var results = results(result);
        var counts = new ArrayList<Count>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.Append append && results.get(i) instanceof Result.WholeNumber number) {
                counts.add(new Count.Length(append.key(), append.element(), number.value()));
            }
        }
        return counts;
    }

    private static List<Result> results(Result result) {
        return result instanceof Result.Each each ? each.results() : List.of(result);
    }

    @Override
    public List<Object> output(Result result) {
        var results = results(result);
        if (results.size() != steps.size()) {
            throw unfit(result);
        }
        var done = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            if (!step.isFit(results.get(i))) {
                throw unfit(result);
            }
            done.add(step.inHistory(step.done(results.get(i))));
        }
        return done;
    }

    @Override
    public Optional<String> event(Result result) {
        return steps.stream().anyMatch(Step.Move.class::isInstance)
                ? Optional.of(Sometimes.TRANSFER)
                : Optional.empty();
    }

    /** In a line, as {@code txn [[append, shared0, 3.17/0], [r, shared1, null]]}. */
    @Override
    public String toString() {
        return ask().toString();
    }
}
