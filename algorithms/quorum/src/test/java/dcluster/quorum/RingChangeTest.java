package dcluster.quorum;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.ByteSize;
import dcluster.spi.Membership;
import dcluster.toolkit.testing.Members;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Which files a cluster that is stopped may be started with next. */
class RingChangeTest {
    private static final QuorumProvider PROVIDER = new QuorumProvider();

    private final Form three = new Form("n1 n2 n3");
    private final Form five = new Form("n1 n2 n3 n4 n5");

    @Test
    void nodesJoinUnderTheirNamesAndThenCountAsTheOthers() {
        var joining = five.joining("n4", "n5");
        assertAllowed(three, joining);
        assertAllowed(joining, joining);
        assertAllowed(joining, five);
    }

    @Test
    void nodesLeaveUnderTheirNamesAndAreThenGone() {
        var leaving = five.leaving("n1", "n2");
        assertAllowed(five, leaving);
        assertAllowed(leaving, new Form("n3 n4 n5"));
        assertAllowed(leaving, five);
        assertAllowed(five.joining("n4", "n5"), five.leaving("n1"));
    }

    @Test
    void oneNodeTakesThePlaceOfAnother() {
        var exchange = new Form("n1 n2 n3 n4").joining("n4").leaving("n3");
        assertAllowed(three, exchange);
        assertAllowed(exchange, new Form("n1 n2 n4"));
    }

    @Test
    void aNewNodeThatIsNotNamedIsRefused() {
        assertRefused(three, five)
                .hasMessageContaining("new nodes hold nothing yet")
                .hasMessageContaining("joining: [n4, n5], until");
        assertRefused(three, five.joining("n4")).hasMessageContaining("joining: [n4, n5], until");
        assertRefused(three, five.joining("n4").leaving("n5")).hasMessageContaining("new nodes hold nothing yet");
    }

    @Test
    void aNodeThatDidNotLeaveCannotBeGone() {
        assertRefused(five, new Form("n2 n3 n4 n5"))
                .hasMessageContaining("nodes that go may hold what nobody else does")
                .hasMessageContaining("leaving: [n1], until");
        assertRefused(five.leaving("n1"), new Form("n3 n4 n5")).hasMessageContaining("leaving: [n1, n2], until");
    }

    @Test
    void nodesThatAreThereCannotJoin() {
        assertRefused(three.replicas(1), new Form("n1 n2 n3 n4").replicas(1).joining("n3", "n4"))
                .hasMessageContaining("placed on a ring of [n1, n2, n3]")
                .hasMessageContaining("one of [n1, n2]");
    }

    @Test
    void whoWasDeclaredSettledTooEarlyGoesBackToJoining() {
        assertAllowed(five, five.joining("n4", "n5"));
    }

    @Test
    void whereAndAsWhatKeysWerePlacedStays() {
        assertRefused(three, three.replicas(2))
                .hasMessageContaining("replicas was 3")
                .hasMessageContaining("become 2");
        assertRefused(three, three.tokens(16)).hasMessageContaining("tokens was 8");
        assertRefused(three, three.versions(Versioning.LAST_WRITE_WINS))
                .hasMessage("options.quorum.versions was vector-clock when the keys were placed, and cannot become"
                        + " last-write-wins");
    }

    @Test
    void aStoreThatIsToBeStrictMustHaveBeenSoAllTheTime() {
        var loose = new Options().quorums(3, 1, 1);
        var wider = new Options().quorums(3, 1, 2);
        var sloppy = new Options().sloppy();
        var strict = new Options();
        assertThatCode(() -> change(strict, loose)).doesNotThrowAnyException();
        assertThatCode(() -> change(loose, wider)).doesNotThrowAnyException();
        assertThatThrownBy(() -> change(wider, strict))
                .hasMessageStartingWith("reads and writes that need not meet (reads: 1, writes: 2) may have left keys");
        assertThatThrownBy(() -> change(sloppy, strict)).hasMessageContaining("writes: 2, sloppy)");
    }

    /** What was written when R + 1 > N would be missed by fewer reads, even after a time of W = 2. */
    @Test
    void aStoreThatStaysStrictTakesNoFewerReads() {
        var one = new Options().quorums(3, 3, 1);
        var two = new Options().quorums(3, 3, 2);
        assertThatCode(() -> change(one, two)).doesNotThrowAnyException();
        assertThatThrownBy(() -> change(two, new Options()))
                .hasMessageStartingWith("fewer reads (2) than before (3) may miss what was written then");
        assertThatCode(() -> change(new Options(), one)).doesNotThrowAnyException();
    }

    private static void change(Options before, Options after) {
        var members = Members.of(3);
        RingChange.check(before.config(), members, after.config(), members);
    }

    private static void assertAllowed(Form before, Form after) {
        assertThatCode(() -> check(before, after))
                .as("%s, then %s", before, after)
                .doesNotThrowAnyException();
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(Form before, Form after) {
        return assertThatThrownBy(() -> check(before, after)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void check(Form before, Form after) {
        PROVIDER.check(before.config(), before.members());
        PROVIDER.check(after.config(), after.members());
        PROVIDER.checkChange(before.config(), before.members(), after.config(), after.members());
    }

    /** What matters of a cluster here. */
    private record Form(
            String nodes, int replicas, int tokens, Versioning versions, List<String> joining, List<String> leaving) {
        Form(String nodes) {
            this(nodes, 3, 8, Versioning.VECTOR_CLOCK, List.of(), List.of());
        }

        Form joining(String... names) {
            return new Form(nodes, replicas, tokens, versions, List.of(names), leaving);
        }

        Form leaving(String... names) {
            return new Form(nodes, replicas, tokens, versions, joining, List.of(names));
        }

        Form replicas(int count) {
            return new Form(nodes, count, tokens, versions, joining, leaving);
        }

        Form tokens(int count) {
            return new Form(nodes, replicas, count, versions, joining, leaving);
        }

        Form versions(Versioning other) {
            return new Form(nodes, replicas, tokens, other, joining, leaving);
        }

        Membership members() {
            return new Membership(
                    Stream.of(nodes.split(" ", -1))
                            .map(name -> Members.member(name, 7000 + Integer.parseInt(name.substring(1))))
                            .toList(),
                    Optional.empty());
        }

        QuorumConfig config() {
            var second = Duration.ofSeconds(1);
            return new QuorumConfig(
                    replicas,
                    1,
                    1,
                    versions,
                    tokens,
                    false,
                    true,
                    true,
                    true,
                    second,
                    second,
                    second,
                    second,
                    second,
                    new ByteSize(4 << 10),
                    joining,
                    leaving);
        }
    }
}
