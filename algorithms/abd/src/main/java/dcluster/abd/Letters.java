package dcluster.abd;

import dcluster.abd.AbdMessage.Answer;
import dcluster.abd.AbdMessage.Change;
import dcluster.abd.AbdMessage.Propagate;
import dcluster.abd.AbdMessage.PropagateReply;
import dcluster.abd.AbdMessage.Query;
import dcluster.abd.AbdMessage.QueryReply;
import dcluster.abd.AbdMessage.Question;
import dcluster.spi.Bytes;
import dcluster.spi.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What a turn gathers for one node, in one message of each kind as long as it stays small enough to be one. */
final class Letters {
    private static final int OVERHEAD_BYTES = 48;

    private final List<Question> questions = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    void add(Question question) {
        questions.add(question);
    }

    void add(Change change) {
        changes.add(change);
    }

    /** Hands over what was gathered, and forgets it. */
    void send(long incarnation, Consumer<AbdMessage> out) {
        send(questions, Letters::bytes, some -> new Query(incarnation, some), out);
        send(changes, Letters::bytes, some -> new Propagate(incarnation, some), out);
        questions.clear();
        changes.clear();
    }

    /** Hands over some answers. */
    static void sendAnswers(long incarnation, List<Answer> answers, Consumer<AbdMessage> out) {
        send(answers, Letters::bytes, some -> new QueryReply(incarnation, some), out);
    }

    /** Hands over that these are held. */
    static void sendHeld(long incarnation, List<Long> operations, Consumer<AbdMessage> out) {
        send(operations, operation -> Long.BYTES, some -> new PropagateReply(incarnation, some), out);
    }

    private static <E> void send(
            List<E> parts, ToLongFunction<E> bytes, Function<List<E>, AbdMessage> message, Consumer<AbdMessage> out) {
        int from = 0;
        long size = 0;
        for (int i = 0; i < parts.size(); i++) {
            long more = bytes.applyAsLong(parts.get(i));
            if (i > from && size + more > Limits.CHUNK_BYTES) {
                out.accept(message.apply(parts.subList(from, i)));
                from = i;
                size = 0;
            }
            size += more;
        }
        if (from < parts.size()) {
            out.accept(message.apply(parts.subList(from, parts.size())));
        }
    }

    private static long bytes(Question question) {
        return OVERHEAD_BYTES + (long) question.key().size();
    }

    private static long bytes(Change change) {
        return OVERHEAD_BYTES + change.key().size() + size(change.value());
    }

    private static long bytes(Answer answer) {
        return OVERHEAD_BYTES + size(answer.value());
    }

    private static long size(Optional<Bytes> value) {
        return value.map(Bytes::size).orElse(0);
    }
}
