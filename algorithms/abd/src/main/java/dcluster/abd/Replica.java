package dcluster.abd;

import dcluster.abd.AbdMessage.Answer;
import dcluster.abd.AbdMessage.Change;
import dcluster.abd.AbdMessage.Question;
import dcluster.abd.AbdRecord.Stored;
import dcluster.spi.Bytes;
import dcluster.spi.Context;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.KeyedState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The half of a node that holds registers for whoever asks: one for each key that was ever written. */
final class Replica {
    private static final HandlerTable<Replica, AbdRecord> RECORDS = HandlerTable.of(Replica.class, AbdRecord.class)
            .on(Stored.class, Replica::stored)
            .build();

    private final Context<AbdMessage, AbdRecord, AbdTimer> context;

    // Durable state: changed by replay() alone.
    private KeyedState<Register> registers = KeyedState.empty();

    Replica(Context<AbdMessage, AbdRecord, AbdTimer> context) {
        this.context = context;
    }

    void replay(AbdRecord record) {
        RECORDS.dispatch(this, record);
    }

    private void stored(Stored record) {
        registers = registers.with(record.key(), new Register(record.tag(), record.value()));
    }

    Register register(Bytes key) {
        var register = registers.get(key);
        return register == null ? Register.UNWRITTEN : register;
    }

    /** All registers as they are now; later changes do not touch them. */
    KeyedState<Register> registers() {
        return registers;
    }

    /** Some registers as records that make them again. */
    static Iterator<AbdRecord> records(KeyedState<Register> registers) {
        return registers.records((key, register) -> new Stored(key, register.tag(), register.value()));
    }

    /** What it holds of these keys, as soon as all of it is durable. */
    List<Answer> answers(List<Question> questions) {
        return questions.stream().map(this::answer).toList();
    }

    private Answer answer(Question question) {
        var held = register(question.key());
        return new Answer(question.operation(), held.tag(), question.tagOnly() ? Optional.empty() : held.value());
    }

    /** Holds these from now on, or what is newer; returns their operations, for when that is durable. */
    List<Long> hold(List<Change> changes) {
        var operations = new ArrayList<Long>(changes.size());
        for (var change : changes) {
            if (change.tag().isAbove(register(change.key()).tag())) {
                context.journal(new Stored(change.key(), change.tag(), change.value()));
            }
            operations.add(change.operation());
        }
        return operations;
    }
}
