package dcluster.lab.simulation;

import dcluster.lab.simulation.Recorder.Ask;
import dcluster.lab.simulation.Seen.Watched;
import dcluster.spi.Command;
import dcluster.spi.Result;
import java.util.List;

/** A list is read together with its version, on which a {@link WatchedQuestion} then depends. */
record WatchQuestion(String key) implements Question {
    private TransactionQuestion read() {
        return new TransactionQuestion(List.of(step()));
    }

    private Step.ReadList step() {
        return new Step.ReadList(key);
    }

    @Override
    public Command command() {
        return new Command.Transaction(List.of(step().command(), new Command.Watch(step().name())));
    }

    @Override
    public Ask ask() {
        return read().ask();
    }

    @Override
    public Object output(Result result) {
        return read().output(both(result).get(0));
    }

    /** The list and its version. */
    private List<Result> both(Result result) {
        if (!(result instanceof Result.Each each)
                || each.results().size() != 2
                || !(each.results().get(1) instanceof Result.WholeNumber)) {
            throw unfit(result);
        }
        return each.results();
    }

    @Override
    public List<Count> counts(Result result) {
        return List.of();
    }

    @Override
    public Seen seen(Result result, Seen before) {
        var both = both(result);
        long version = ((Result.WholeNumber) both.get(1)).value();
        return before.withWatched(new Watched(key, step().done(both.get(0)), version));
    }

    /** In a line, as {@code watch shared0}. */
    @Override
    public String toString() {
        return "watch " + key;
    }
}
