package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.history.Function;
import dcluster.checker.linear.Model;
import dcluster.lab.simulation.Recorder.Ask;
import dcluster.simulation.Violation;
import dcluster.spi.Bytes;
import dcluster.spi.Result;
import dcluster.spi.Traits.Consistency;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private final Recorder recorder = new Recorder(() -> true);
    private long now;

    private void pushed(String element) {
        recorder.ok(push(element), element, true, ++now);
    }

    /** Somebody asks for it, and is never told. */
    private int push(String element) {
        return recorder.invoke(recorder.newClient(), new Ask(Function.PUSH, "list0", element), "n1", ++now);
    }

    private void read(List<String> elements) {
        int operation = recorder.invoke(recorder.newClient(), new Ask(Function.READ, "list0", null), "n1", ++now);
        recorder.ok(operation, elements, true, ++now);
    }

    private boolean judge() {
        return judge(Consistency.LINEARIZABLE);
    }

    private boolean judgeTransactions() {
        return judge(Consistency.STRICT_SERIALIZABLE);
    }

    private boolean judge(Consistency claimed) {
        return Judgement.require(claimed, recorder.operations(), recorder.counted());
    }

    private void done(Question question, Result result) {
        int operation = recorder.invoke(recorder.newClient(), question.ask(), "n1", ++now);
        recorder.ok(operation, question.output(result), true, ++now);
    }

    /** Two reads that overlap a write, of which the second to begin finds what is older. */
    @Test
    void aRegisterMayBeRegularAndNotLinearizable() {
        done(KeyQuestion.write("register0", "old"), new Result.Applied(true));
        var slow = KeyQuestion.write("register0", "new");
        int write = recorder.invoke(recorder.newClient(), slow.ask(), "n1", ++now);
        var read = KeyQuestion.read(Model.REGISTER, "register0");
        done(read, new Result.Found(Bytes.utf8("new")));
        done(read, new Result.Found(Bytes.utf8("old")));
        assertThat(judge(Consistency.REGULAR)).isTrue();
        assertThatThrownBy(this::judge).isInstanceOf(Violation.class).hasMessageStartingWith("Linearizability: ");
        recorder.ok(write, "new", true, ++now);
        done(read, new Result.Found(Bytes.utf8("old")));
        assertThatThrownBy(() -> judge(Consistency.REGULAR))
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith("Regularity: ");
        assertThat(judge(Consistency.EVENTUAL)).isTrue();
    }

    private static Result siblings(String... values) {
        return new Result.Siblings(Stream.of(values).map(Bytes::utf8).toList(), Bytes.EMPTY);
    }

    private void requireNotRegular() {
        assertThatThrownBy(() -> judge(Consistency.REGULAR))
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith("Regularity: ");
    }

    @Test
    void aRegularRegisterMayShowSiblingsUntilTheyAreReplaced() {
        var read = KeyQuestion.read(Model.REGISTER, "register0");
        int one = recorder.invoke(
                recorder.newClient(), KeyQuestion.write("register0", "one").ask(), "n1", ++now);
        done(KeyQuestion.write("register0", "other"), new Result.Applied(true));
        recorder.ok(one, "one", true, ++now);
        done(read, siblings("other", "one"));
        assertThat(judge(Consistency.REGULAR)).isTrue();
        assertThatThrownBy(this::judge).hasMessageStartingWith("Linearizability: ");
        done(KeyQuestion.write("register0", "last"), new Result.Applied(true));
        done(read, new Result.Found(Bytes.utf8("last")));
        assertThat(judge(Consistency.REGULAR)).isTrue();
        done(read, siblings("last", "one"));
        requireNotRegular();
    }

    @Test
    void aDeletionIsAWriteOfNothing() {
        var read = KeyQuestion.read(Model.REGISTER, "register0");
        done(KeyQuestion.write("register0", "old"), new Result.Applied(true));
        int deletion = recorder.invoke(
                recorder.newClient(), KeyQuestion.delete("register0").ask(), "n1", ++now);
        done(read, new Result.Absent());
        done(read, siblings("old"));
        recorder.ok(deletion, null, true, ++now);
        done(read, siblings());
        assertThat(judge(Consistency.REGULAR)).isTrue();
        done(read, new Result.Found(Bytes.utf8("old")));
        requireNotRegular();
    }

    @Test
    void aValueThatWasWrittenBesideADeletionMayStayOrGo() {
        var read = KeyQuestion.read(Model.REGISTER, "register0");
        int deletion = recorder.invoke(
                recorder.newClient(), KeyQuestion.delete("register0").ask(), "n1", ++now);
        done(KeyQuestion.write("register0", "beside"), new Result.Applied(true));
        recorder.ok(deletion, null, true, ++now);
        done(read, new Result.Absent());
        done(read, siblings("beside"));
        assertThat(judge(Consistency.REGULAR)).isTrue();
    }

    /** Asked and answered at once; what is null is read, and finds these elements. */
    private void done(List<Step> steps, List<List<String>> found) {
        var question = new TransactionQuestion(steps);
        int operation = recorder.invoke(recorder.newClient(), question.ask(), "n1", ++now);
        var results = IntStream.range(0, steps.size())
                .mapToObj(i -> result(steps.get(i), found.get(i)))
                .toList();
        var result = steps.size() == 1 ? results.get(0) : new Result.Each(results);
        recorder.ok(operation, question.output(result), true, ++now);
    }

    private static Result result(Step step, List<String> found) {
        return step instanceof Step.ReadList
                ? new Result.Elements(found.stream().map(Bytes::utf8).toList())
                : new Result.WholeNumber(1);
    }

    private void requireViolation() {
        assertThatThrownBy(this::judge)
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith("Linearizability: key list0");
    }

    @Test
    void aReadThatMissesWhatWasAcknowledgedIsAViolation() {
        pushed("a");
        read(List.of("a"));
        assertThat(judge()).isTrue();
        read(List.of());
        requireViolation();
    }

    @Test
    void aPushOfUnknownOutcomeMayHaveHappenedButOnceSeenItHas() {
        push("a");
        read(List.of());
        read(List.of("a"));
        assertThat(judge()).isTrue();
        read(List.of());
        requireViolation();
    }

    @Test
    void aTransactionThatMissesHalfOfAnotherIsAViolation() {
        List<Step> both = List.of(new Step.Append("shared0", "a"), new Step.Append("shared1", "b"));
        List<Step> reads = List.of(new Step.ReadList("shared0"), new Step.ReadList("shared1"));
        done(both, List.of(List.of(), List.of()));
        done(reads, List.of(List.of("a"), List.of("b")));
        assertThat(judgeTransactions()).isTrue();
        done(reads, List.of(List.of("a"), List.of()));
        assertThat(judge()).isTrue();
        assertThatThrownBy(this::judgeTransactions)
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith("Strict Serializability: ");
    }

    @Test
    void aReadThatMissesWhatASingleStepAppendedIsAViolation() {
        done(List.of(new Step.Append("shared0", "a")), List.of(List.of()));
        done(List.of(new Step.ReadList("shared0")), List.of(List.of("a")));
        assertThat(judgeTransactions()).isTrue();
        done(List.of(new Step.ReadList("shared0")), List.of(List.of()));
        assertThatThrownBy(this::judgeTransactions)
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith("Strict Serializability: ");
    }

    private void requireNotStrictlySerializable(String phenomenon) {
        assertThat(judge()).isTrue();
        assertThatThrownBy(this::judgeTransactions)
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith("Strict Serializability: " + phenomenon);
    }

    private void done(Step step, Result result) {
        done(new TransactionQuestion(List.of(step)), result);
    }

    private void read(Result... found) {
        var steps = IntStream.range(0, found.length)
                .<Step>mapToObj(i -> new Step.Read("cell" + i))
                .toList();
        done(new TransactionQuestion(steps), new Result.Each(List.of(found)));
    }

    private static Result found(String value) {
        return new Result.Found(Bytes.utf8(value));
    }

    @Test
    void aTransactionThatSeesHalfOfWhatAnotherWroteToRegistersIsAViolation() {
        var written = new Result.Applied(true);
        done(
                new TransactionQuestion(List.of(new Step.Write("cell0", "a"), new Step.Write("cell1", "b"))),
                new Result.Each(List.of(written, written)));
        read(found("a"), found("b"));
        assertThat(judgeTransactions()).isTrue();
        read(found("a"), new Result.Absent());
        requireNotStrictlySerializable("G-single");
    }

    @Test
    void aReadOfARegisterThatMissesWhatASingleStepWroteIsAViolation() {
        done(new Step.Write("cell0", "a"), new Result.Applied(true));
        done(new Step.Read("cell0"), found("a"));
        assertThat(judgeTransactions()).isTrue();
        done(new Step.Read("cell0"), new Result.Absent());
        requireNotStrictlySerializable("G-single-realtime");
    }

    /** Each reads what the other writes, and neither sees the other's write. */
    @Test
    void writeSkewIsAViolation() {
        var one = new TransactionQuestion(List.of(new Step.Read("cell0"), new Step.Write("cell1", "b")));
        var other = new TransactionQuestion(List.of(new Step.Read("cell1"), new Step.Write("cell0", "a")));
        var found = new Result.Each(List.of(new Result.Absent(), new Result.Applied(true)));
        int slow = recorder.invoke(recorder.newClient(), one.ask(), "n1", ++now);
        done(other, found);
        assertThat(judgeTransactions()).isTrue();
        recorder.ok(slow, one.output(found), true, ++now);
        requireNotStrictlySerializable("G2-item");
    }

    private static WatchedQuestion appendTo(String key, List<String> watched) {
        var append = new TransactionQuestion(List.of(new Step.Append("shared1", "mine")));
        return new WatchedQuestion(append, new Seen.Watched(key, watched, 7));
    }

    @Test
    void aTransactionThatHappensAlthoughWhatItDependsOnWasWrittenIsAViolation() {
        var appended = new Result.Each(List.of(new Result.WholeNumber(1)));
        done(List.of(new Step.Append("shared0", "a")), List.of(List.of()));
        done(List.of(new Step.ReadList("shared0")), List.of(List.of("a")));
        done(appendTo("shared0", List.of("a")), appended);
        assertThat(judgeTransactions()).isTrue();
        done(List.of(new Step.Append("shared0", "b")), List.of(List.of()));
        done(List.of(new Step.ReadList("shared0")), List.of(List.of("a", "b")));
        var late = new TransactionQuestion(List.of(new Step.Append("shared1", "late")));
        done(new WatchedQuestion(late, new Seen.Watched("shared0", List.of("a"), 7)), appended);
        requireNotStrictlySerializable("G-single-realtime");
    }

    @Test
    void whatAnAbortedTransactionWroteIsNeverSeen() {
        int operation = recorder.invoke(
                recorder.newClient(), appendTo("shared0", List.of()).ask(), "n1", ++now);
        recorder.fail(operation, ++now);
        done(List.of(new Step.ReadList("shared1")), List.of(List.of()));
        assertThat(judgeTransactions()).isTrue();
        done(List.of(new Step.ReadList("shared1")), List.of(List.of("mine")));
        requireNotStrictlySerializable("G1a");
    }

    @Test
    void readsAreNoAcknowledgedWrites() {
        done(List.of(new Step.ReadList("shared0"), new Step.ReadList("shared1")), List.of(List.of(), List.of()));
        assertThat(recorder.acknowledgedSince(0)).isZero();
        done(List.of(new Step.ReadList("shared0"), new Step.Append("shared1", "a")), List.of(List.of(), List.of()));
        pushed("b");
        read(List.of("b"));
        assertThat(recorder.acknowledgedSince(0)).isEqualTo(2);
    }

    /** In each round the checker has to find the order of several at once, and were it not told could try these, too. */
    @Test
    void manyPushesThatNobodySeesAreNoTrouble() {
        for (int i = 0; i < 15; i++) {
            push("unknown" + i);
        }
        var list = new ArrayList<String>();
        for (int round = 0; round < 10; round++) {
            var together = new ArrayList<String>();
            var operations = new ArrayList<Integer>();
            for (int i = 0; i < 6; i++) {
                together.add(0, round + "." + i);
                operations.add(push(round + "." + i));
            }
            operations.forEach(operation -> recorder.ok(operation, "", true, ++now));
            list.addAll(together);
            read(List.copyOf(list));
        }
        assertThat(judge()).isTrue();
    }
}
