package dcluster.abd;

import dcluster.abd.AbdMessage.Change;
import dcluster.abd.AbdMessage.Propagate;
import dcluster.abd.AbdMessage.Query;
import dcluster.abd.AbdMessage.Question;
import dcluster.toolkit.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a turn gathers for one node, in one message of each kind as long as it stays small enough to be one. */
final class Letters {
    private final List<Question> questions = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    /** What an operation has to ask in its phase. */
    void add(Operation operation) {
        var propagated = operation.propagated;
        if (propagated == null) {
            questions.add(new Question(operation.number, operation.key, operation.isPut()));
        } else {
            changes.add(propagated);
        }
    }

    /** Hands over what was gathered, and forgets it. */
    void send(long incarnation, Consumer<AbdMessage> out) {
        Batches.of(questions, Question::bytes, some -> out.accept(new Query(incarnation, some)));
        Batches.of(changes, Change::bytes, some -> out.accept(new Propagate(incarnation, some)));
        questions.clear();
        changes.clear();
    }
}
