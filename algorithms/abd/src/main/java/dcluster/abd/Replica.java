package dcluster.abd;

import dcluster.abd.AbdMessage.Answer;
import dcluster.abd.AbdMessage.Change;
import dcluster.abd.AbdMessage.Question;
import dcluster.abd.AbdRecord.Stored;
import dcluster.spi.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The half of a node that holds registers for whoever asks. */
final class Replica {
    private final Context<AbdMessage, AbdRecord, AbdTimer> context;
    private final Registers registers;

    Replica(Context<AbdMessage, AbdRecord, AbdTimer> context, Registers registers) {
        this.context = context;
        this.registers = registers;
    }

    /** What it holds of these keys, as soon as all of it is durable. */
    List<Answer> answers(List<Question> questions) {
        var answers = new ArrayList<Answer>(questions.size());
        for (var question : questions) {
            var held = registers.of(question.key());
            answers.add(
                    new Answer(question.operation(), held.tag(), question.tagOnly() ? Optional.empty() : held.value()));
        }
        return answers;
    }

    /** Holds these from now on, or what is newer; returns their operations, for when that is durable. */
    List<Long> hold(List<Change> changes) {
        var operations = new ArrayList<Long>(changes.size());
        for (var change : changes) {
            if (change.tag().isAbove(registers.of(change.key()).tag())) {
                context.journal(new Stored(change.key(), change.tag(), change.value()));
            }
            operations.add(change.operation());
        }
        return operations;
    }
}
