package dcluster.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bytes that each outcome is told with. */
class AnswersTest {
    private static final Bytes KEY = Bytes.utf8("foo");
    private static final Result FOUND = new Result.Found(Bytes.utf8("a\r\nb"));
    private static final Result ABSENT = new Result.Absent();
    private static final Result APPLIED = new Result.Applied(true);
    private static final Result NOT_APPLIED = new Result.Applied(false);

    private final Counters counters = new Counters();
    private final NodeFacts facts = new NodeFacts("0", AnswersTest::member, Map::of);
    private final Answers answers = new Answers(facts, counters, 1000);

    @Test
    void resultsHaveTheShapeThatTheirCommandAsksFor() {
        assertThat(ok(Shape.VALUE, FOUND)).isEqualTo("$4\r\na\r\nb\r\n");
        assertThat(ok(Shape.VALUE, ABSENT)).isEqualTo("$-1\r\n");
        assertThat(ok(Shape.ONE_VALUE, ABSENT)).isEqualTo("*1\r\n$-1\r\n");
        assertThat(ok(Shape.VALUES, each(FOUND, ABSENT))).isEqualTo("*2\r\n$4\r\na\r\nb\r\n$-1\r\n");
        assertThat(ok(Shape.OK_OR_ABSENT, APPLIED)).isEqualTo("+OK\r\n");
        assertThat(ok(Shape.OK_OR_ABSENT, NOT_APPLIED)).isEqualTo("$-1\r\n");
        assertThat(ok(Shape.ONE_OR_ZERO, APPLIED)).isEqualTo(":1\r\n");
        assertThat(ok(Shape.ONE_OR_ZERO, NOT_APPLIED)).isEqualTo(":0\r\n");
        assertThat(ok(Shape.ALL_OK, each(APPLIED, APPLIED))).isEqualTo("+OK\r\n");
        assertThat(ok(Shape.SUM, each(number(1), number(0), number(1)))).isEqualTo(":2\r\n");
        assertThat(ok(Shape.LIST, new Result.Elements(List.of()))).isEqualTo("*0\r\n");
        assertThat(ok(Shape.LIST, new Result.Elements(List.of(Bytes.EMPTY, Bytes.utf8("x")))))
                .isEqualTo("*2\r\n$0\r\n\r\n$1\r\nx\r\n");
    }

    @Test
    void allNumbersAreWrittenAsDecimals() {
        for (long value : new long[] {0, 7, -7, 10, 1234567890, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1}) {
            assertThat(ok(Shape.NUMBER, number(value))).isEqualTo(":" + value + "\r\n");
        }
    }

    @Test
    void definiteFailuresHavePrefixesThatAreNotUnknown() {
        assertThat(failed(Reason.WRONG_TYPE))
                .isEqualTo("-WRONGTYPE Operation against a key holding the wrong kind of value\r\n");
        assertThat(failed(Reason.NOT_A_NUMBER)).isEqualTo("-ERR value is not an integer or out of range\r\n");
        assertThat(failed(Reason.OUT_OF_RANGE)).isEqualTo("-ERR increment or decrement would overflow\r\n");
        assertThat(failed(Reason.UNSUPPORTED)).isEqualTo("-ERR so  it is\r\n");
        assertThat(failed(Reason.UNAVAILABLE)).isEqualTo("-UNAVAILABLE so  it is\r\n");
        assertThat(failed(Reason.OVERLOADED)).isEqualTo("-OVERLOADED so  it is\r\n");
        assertThat(failed(Reason.ABORTED)).isEqualTo("-ABORTED so  it is\r\n");
        assertThat(counters.failed).isEqualTo(Reason.values().length);
        assertThat(counters.unknown).isZero();
    }

    @Test
    void unknownOutcomesHaveAPrefixOfTheirOwn() {
        assertThat(reply(Shape.VALUE, new Response.Unknown("time is up"))).isEqualTo("-UNKNOWN time is up\r\n");
        assertThat(counters.unknown).isEqualTo(1);
        assertThat(counters.failed).isZero();
    }

    @Test
    void aRedirectNamesSlotAndAddress() {
        assertThat(reply(Shape.VALUE, new Response.Redirect(new NodeId("n2"))))
                .isEqualTo("-MOVED 12182 127.0.0.1:7002\r\n");
        assertThat(counters.redirected).isEqualTo(1);
    }

    @Test
    void aRedirectOfACommandOnNoKeyNamesTheFirstSlot() {
        var writer = new RespWriter();
        var plan = new Plan.Execute(new Command.OpenSession(), Shape.NUMBER);
        answers.write(plan, new Response.Redirect(new NodeId("n2")), writer);
        assertThat(Resp.text(writer.toBuffer().getBytes())).isEqualTo("-MOVED 0 127.0.0.1:7002\r\n");
    }

    @Test
    void aRedirectToWhomNobodyKnowsIsADefiniteFailure() {
        assertThat(reply(Shape.VALUE, new Response.Redirect(new NodeId("n9")))).startsWith("-UNAVAILABLE ");
    }

    @Test
    void aReplyThatIsTooLargeIsAFailureOfItsRead() {
        var elements = new Result.Elements(List.of(Bytes.copyOf(new byte[500]), Bytes.copyOf(new byte[500])));
        assertThat(told(new Command.ReadList(KEY, 0, 1), elements, 2000))
                .isEqualTo("-ERR the reply of 1048 bytes is above the limit of 1000: ask for less\r\n");
        assertThat(counters.failed).isEqualTo(1);
    }

    @Test
    void aReplyForWhichThereIsNoRoomIsAFailureOfItsReadAndNeverOfAWrite() {
        assertThat(told(new Command.Get(KEY), FOUND, 19)).startsWith("-OVERLOADED the reply of 20 bytes has no room");
        assertThat(told(new Command.Get(KEY), FOUND, 20)).isEqualTo("$4\r\na\r\nb\r\n");
        var write = new Command.Put(KEY, Bytes.EMPTY, Command.Condition.ALWAYS, true);
        assertThat(told(write, new Result.Found(Bytes.copyOf(new byte[2000])), 0))
                .startsWith("$2000\r\n");
    }

    @Test
    void siblingsCountInFullAgainstWhatAReplyMayHold() {
        var siblings = new Result.Siblings(
                List.of(Bytes.copyOf(new byte[300]), Bytes.copyOf(new byte[300])), Bytes.copyOf(new byte[300]));
        assertThat(Shape.bytesOf(siblings)).isBetween(900L, 1100L);
        assertThat(Shape.bytesOf(each(siblings, siblings))).isGreaterThan(2 * Shape.bytesOf(siblings));
        assertThat(told(new Command.ReadSiblings(KEY), siblings, 2000)).contains(" is above the limit of 1000: ");
        assertThat(told(new Command.Get(KEY), siblings, 2000)).contains(" is above the limit of 1000: ");

        var small = new Result.Siblings(List.of(Bytes.utf8("v"), Bytes.utf8("w")), Bytes.utf8("c"));
        assertThat(told(new Command.ReadSiblings(KEY), small, 50)).startsWith("-OVERLOADED ");
        assertThat(ok(Shape.SIBLINGS, small)).isEqualTo("*3\r\n$1\r\nc\r\n$1\r\nv\r\n$1\r\nw\r\n");
        assertThat(Shape.bytesOf(small))
                .as("the error in place of the values")
                .isGreaterThanOrEqualTo(ok(Shape.VALUE, small).length());
    }

    @Test
    void aWriteThatAnswersWhatWasThereIsNeverToldAsSiblings() {
        var siblings = new Result.Siblings(List.of(KEY, KEY), KEY);
        assertThat(ok(Shape.PREVIOUS, FOUND)).isEqualTo(ok(Shape.VALUE, FOUND));
        assertThat(ok(Shape.PREVIOUS, ABSENT)).isEqualTo(ok(Shape.VALUE, ABSENT));
        assertThatThrownBy(() -> ok(Shape.PREVIOUS, siblings)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aResultOfTheWrongKindIsABrokenInvariant() {
        for (var shape : Shape.values()) {
            var wrong = shape == Shape.LIST ? FOUND : new Result.Elements(List.of());
            assertThatThrownBy(() -> ok(shape, wrong)).as(shape.name()).isInstanceOf(IllegalStateException.class);
        }
    }

    private String told(Command command, Result result, long spareBytes) {
        var shape = command instanceof Command.ReadList ? Shape.LIST : Shape.VALUE;
        return reply(shape, answers.told(command, new Response.Ok(result), spareBytes));
    }

    private String ok(Shape shape, Result result) {
        return reply(shape, new Response.Ok(result));
    }

    private String failed(Reason reason) {
        return reply(Shape.VALUE, new Response.Failed(reason, "so\r\nit is"));
    }

    private String reply(Shape shape, Response response) {
        var writer = new RespWriter();
        answers.write(new Plan.Execute(new Command.Get(KEY), shape), response, writer);
        return Resp.text(writer.toBuffer().getBytes());
    }

    private static Result number(long value) {
        return new Result.WholeNumber(value);
    }

    private static Result each(Result... results) {
        return new Result.Each(List.of(results));
    }

    private static Optional<Member> member(NodeId id) {
        return id.name().equals("n2")
                ? Optional.of(new Member(id, "127.0.0.1", 7002, 17002, 27002, ""))
                : Optional.empty();
    }
}
