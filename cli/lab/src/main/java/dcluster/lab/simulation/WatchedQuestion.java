package dcluster.lab.simulation;

import dcluster.lab.simulation.Recorder.Ask;
import dcluster.lab.simulation.Seen.Watched;
import dcluster.spi.Command;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A transaction that is to happen only if a list is still as its client saw it. So when it happens that is as good as a
 * read of that list in it, and a history has it as one; if the list was written meanwhile, it is aborted.
 */
record WatchedQuestion(TransactionQuestion own, Watched watched) implements Question {
    private Step.ReadList step() {
        return new Step.ReadList(watched.key());
    }

    @Override
    public Command command() {
        return new Command.Transaction(own.commands(), List.of(new Command.Watched(step().name(), watched.version())));
    }

    @Override
    public Ask ask() {
        var steps = Stream.concat(Stream.of(step()), own.steps().stream()).toList();
        return new TransactionQuestion(steps).ask();
    }

    @Override
    public Object output(Result result) {
        if (!(result instanceof Result.Each)) {
            throw unfit(result);
        }
        var done = new ArrayList<Object>();
        done.add(step().inHistory(watched.elements()));
        done.addAll(own.output(result));
        return done;
    }

    @Override
    public List<Count> counts(Result result) {
        return own.counts(result);
    }

    @Override
    public boolean isAborted(Result result) {
        return result.equals(new Result.Applied(false));
    }

    @Override
    public Optional<String> event(Result result) {
        return isAborted(result) ? Optional.of(Sometimes.ABORTED) : Optional.empty();
    }

    @Override
    public Seen seen(Result result, Seen before) {
        return before.withWatched(null);
    }

    /** In a line, as {@code if shared0 is still 7: txn [[append, shared1, 3.17/0]]}. */
    @Override
    public String toString() {
        return "if " + watched.key() + " is still " + watched.version() + ": " + own;
    }
}
