package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.checker.history.Function;
import dcluster.lab.simulation.Recorder.Ask;
import dcluster.lab.simulation.Seen.Cart;
import dcluster.simulation.Violation;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Result;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Consistency;
import dcluster.spi.Traits.Property;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CartsTest {
    private static final Bytes CONTEXT = Bytes.utf8("1 2");
    private static final String LOST = "No Lost Writes: cart0 as n2 showed it after ";

    private final Recorder recorder = new Recorder(() -> false);
    private long now;

    private int ask(String key, String element) {
        return recorder.invoke(recorder.newClient(), new Ask(Function.ADD, key, element), "n1", ++now);
    }

    private void answer(int put, String element) {
        recorder.ok(put, element, true, ++now);
    }

    private void put(String element) {
        answer(ask("cart0", element), element);
    }

    private int beginRead() {
        return recorder.invoke(recorder.newClient(), new Ask(Function.READ, "cart0", null), "n2", ++now);
    }

    private void read(String... elements) {
        recorder.ok(beginRead(), List.of(elements), true, ++now);
    }

    private ThrowingCallable judging(Consistency claimed, long settled, Property... properties) {
        var traits = new Traits(claimed, "something", Map.of(), Set.of(properties), List.of());
        return () -> Carts.require(traits, settled, recorder.operations());
    }

    private ThrowingCallable judging() {
        return judging(Consistency.REGULAR, now);
    }

    // What reads must show

    @Test
    void aReadThatShowsAllThatWasAcknowledgedIsWell() {
        put("a");
        read("a");
        put("b");
        read("a", "b");
        assertThatCode(judging()).doesNotThrowAnyException();
    }

    @Test
    void aReadThatMissesWhatWasAcknowledgedBeforeItIsAViolation() {
        put("a");
        put("b");
        read("b");
        assertThatThrownBy(judging())
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith(LOST)
                .hasMessageContaining(" misses a, which n1 had acknowledged after ");
    }

    @Test
    void whatOverlapsAReadMayBeThereOrNot() {
        int read = beginRead();
        put("a");
        recorder.ok(read, List.of(), true, ++now);
        int put = ask("cart0", "b");
        read("a", "b");
        read("a");
        answer(put, "b");
        assertThatCode(judging()).doesNotThrowAnyException();
        read("a");
        assertThatThrownBy(judging()).hasMessageStartingWith(LOST);
    }

    @Test
    void whatIsNotKnownToHaveHappenedMayBeThereOrNot() {
        ask("cart0", "a");
        read();
        read("a");
        read();
        assertThatCode(judging()).doesNotThrowAnyException();
    }

    @Test
    void eachCartIsByItself() {
        answer(ask("cart1", "a"), "a");
        read();
        assertThatCode(judging()).doesNotThrowAnyException();
        read("a");
        assertThatThrownBy(judging())
                .hasMessageStartingWith("No Invented Writes: cart0 ")
                .hasMessageEndingWith(" holds a, which nobody put there");
    }

    @Test
    void whatFailedOrIsAskedForLaterIsNotThere() {
        recorder.fail(ask("cart0", "a"), ++now);
        read();
        assertThatCode(judging()).doesNotThrowAnyException();
        read("a");
        assertThatThrownBy(judging()).hasMessageStartingWith("No Invented Writes: ");
    }

    @Test
    void nothingIsReadBeforeItIsAskedFor() {
        read("a");
        put("a");
        assertThatThrownBy(judging()).hasMessageStartingWith("No Invented Writes: ");
    }

    @Test
    void whereReadsMayBeOldOnlyThoseOfASettledClusterShowAll() {
        put("a");
        read();
        long settled = now + 1;
        assertThatCode(judging(Consistency.EVENTUAL, settled, Property.CONVERGES))
                .doesNotThrowAnyException();
        read();
        assertThatThrownBy(judging(Consistency.EVENTUAL, settled, Property.CONVERGES))
                .hasMessageStartingWith(LOST);
        assertThatCode(judging(Consistency.EVENTUAL, settled))
                .as("it does not say that it settles")
                .doesNotThrowAnyException();
    }

    // What clients ask

    private static Result siblings(String... values) {
        return new Result.Siblings(Stream.of(values).map(Bytes::utf8).toList(), CONTEXT);
    }

    @Test
    void whoReadsUnitesAllSiblings() {
        var question = CartQuestion.read("cart0");
        assertThat(question.command()).isEqualTo(new Command.ReadSiblings(Bytes.utf8("cart0")));
        assertThat(question.output(siblings("b,c", "a,c"))).isEqualTo(List.of("a", "b", "c"));
        assertThat(question.output(siblings())).isEqualTo(List.of());
        assertThat(question.seen(siblings("b", "a"), Seen.NOTHING).cart())
                .isEqualTo(new Cart("cart0", new TreeSet<>(Set.of("a", "b")), CONTEXT));
    }

    @Test
    void whoWritesKeepsWhatItSawAndSaysWhatThatWas() {
        var put = CartQuestion.put(new Cart("cart0", new TreeSet<>(Set.of("c", "a")), CONTEXT), "b");
        assertThat(put.command())
                .isEqualTo(new Command.Merge(Bytes.utf8("cart0"), Optional.of(Bytes.utf8("a,b,c")), CONTEXT));
        assertThat(put).hasToString("add cart0 b");
        assertThat(put.output(new Result.Applied(true))).isEqualTo("b");
    }

    @Test
    void whatIsNoAnswerIsAViolation() {
        var put = CartQuestion.put(new Cart("cart0", new TreeSet<>(), CONTEXT), "b");
        for (var wrong : List.of(new Result.Applied(false), siblings(), new Result.Absent())) {
            assertThatThrownBy(() -> put.output(wrong)).hasMessageStartingWith("Answers: ");
        }
        assertThatThrownBy(() -> CartQuestion.read("cart0").output(new Result.Absent()))
                .hasMessageStartingWith("Answers: ");
    }
}
