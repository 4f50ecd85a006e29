package dcluster.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.toolkit.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockTest {
    private static Clock random(RandomGenerator random) {
        var counters = new TreeMap<Actor, Long>();
        for (int i = random.nextInt(6); i > 0; i--) {
            var actor = new Actor(new NodeId("n" + random.nextInt(9, 12)), random.nextInt(2), random.nextInt(2));
            counters.put(actor, random.nextLong(1, 5));
        }
        var dots = new ArrayList<Dot>();
        counters.forEach((actor, counter) -> dots.add(new Dot(actor, counter)));
        return new Clock(dots);
    }

    @Test
    void aJoinIsTheLeastClockThatCoversBoth() {
        Seeds.check(500, random -> {
            var one = random(random);
            var other = random(random);
            var join = one.join(other);
            assertThat(join.covers(one) && join.covers(other)).isTrue();
            for (var dot : join.dots()) {
                assertThat(dot.counter()).isEqualTo(Math.max(one.counter(dot.actor()), other.counter(dot.actor())));
            }
            assertThat(other.join(one)).isEqualTo(join);
            assertThat(join.join(one)).isEqualTo(join);
        });
    }

    @Test
    void coveringIsKnowingEachActorAsFar() {
        var n9 = new Dot(new Actor(new NodeId("n9"), 0, 0), 2);
        var n10 = new Dot(new Actor(new NodeId("n10"), 0, 0), 1);
        var both = new Clock(List.of(n9, n10));
        assertThat(both.covers(new Dot(n9.actor(), 1))).isTrue();
        assertThat(both.covers(new Dot(n9.actor(), 3))).isFalse();
        assertThat(both.covers(new Dot(new Actor(new NodeId("n9"), 1, 0), 1))).isFalse();
        assertThat(Clock.NONE.covers(Clock.NONE)).isTrue();
        assertThat(Clock.NONE.covers(both)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Clock(List.of(n10, n9)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Clock(List.of(n9, n9)));
    }

    @Test
    void aContextIsTextThatTellsTheClockAgain() {
        Seeds.check(200, random -> {
            var clock = random(random);
            assertThat(Clock.ofContext(clock.context())).isEqualTo(clock);
        });
        var clock = Clock.NONE
                .with(new Dot(new Actor(new NodeId("n1"), 1, 4), 12))
                .with(new Dot(new Actor(new NodeId("n2"), 3, 1), 7));
        assertThat(clock.context().toUtf8()).isEqualTo("n1.1.4:12,n2.3.1:7");
        assertThat(Clock.NONE.context()).isEqualTo(Bytes.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",",
                "n1",
                "n1.1.1",
                "n1.1.1:",
                "n1.1.1:0",
                "n1.1.1:-1",
                "n1.-1.1:1",
                "n1.1.1:1,",
                "n1.1.1:1,n1.1.1:2",
                "n2.1.1:1,n1.1.1:1",
                "n1.1.1:one",
                "n1.1.1:281474976710657",
                "n1.1.1:99999999999999999999",
                ".1.1:1",
                "-.1.1:1",
                "n1:1.1:1:1",
                " n1.1.1:1",
                "\u0000"
            })
    void whatIsNoContextIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Clock.ofContext(Bytes.utf8(text)));
    }

    @Test
    void aContextOfMoreActorsThanAKeyComesToIsRefused() {
        assertThat(Clock.ofContext(actors(512)).dots()).hasSize(512);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Clock.ofContext(actors(513)))
                .withMessage("more than 512 actors");
    }

    private static Bytes actors(int count) {
        return Bytes.utf8(IntStream.rangeClosed(1, count)
                .mapToObj(serial -> "n1.1." + serial + ":1")
                .collect(Collectors.joining(",")));
    }

    @Test
    void aLifeAndASerialTellActorsOfOneNodeApart() {
        var first = new Actor(new NodeId("n1"), 1, 1);
        assertThat(List.of(
                        new Actor(new NodeId("n1"), 1, 2),
                        new Actor(new NodeId("n1"), 2, 1),
                        new Actor(new NodeId("n2"), 1, 1)))
                .allMatch(other -> first.compareTo(other) < 0 && other.compareTo(first) > 0)
                .allMatch(other -> first.stateHash() != other.stateHash());
        assertThatIllegalArgumentException().isThrownBy(() -> new Actor(new NodeId("n1"), -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Dot(first, 0));
    }
}
