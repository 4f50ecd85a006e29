package dcluster.quorum;

import dcluster.quorum.QuorumMessage.Change;
import dcluster.quorum.QuorumMessage.Question;
import dcluster.quorum.QuorumMessage.Read;
import dcluster.quorum.QuorumMessage.Write;
import dcluster.toolkit.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a turn gathers for one node, in as few messages as may be. */
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
    void send(long incarnation, Consumer<Read> reads, Consumer<Write> writes) {
        Batches.of(
                questions,
                question -> OVERHEAD_BYTES + question.key().size(),
                some -> reads.accept(new Read(incarnation, some)));
        Batches.of(changes, Letters::bytes, some -> writes.accept(new Write(incarnation, some)));
        questions.clear();
        changes.clear();
    }

    private static long bytes(Change change) {
        return OVERHEAD_BYTES
                + change.key().size()
                + change.versions().overheadBytes()
                + change.versions().valueBytes();
    }
}
