package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Algorithm;
import dcluster.spi.NodeId;
import dcluster.spi.Nothing;
import dcluster.spi.Request;
import dcluster.spi.Status;
import dcluster.toolkit.PendingTest.Asker.Timer;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PendingTest {
    private static final Duration RESEND_AFTER = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMillis(350);

    private final RecordingContext<Nothing, Nothing, Timer> context =
            new RecordingContext<>(new NodeId("n1"), Members.of(1), 1);
    private final Pending<String, Timer> pending = new Pending<>(context, Timer.RESEND, RESEND_AFTER, PATIENCE);
    private final List<String> told = new ArrayList<>();

    PendingTest() {
        context.attach(new Asker());
    }

    /** Tells what it was told to do. */
    final class Asker implements Algorithm<Nothing, Nothing, Timer> {
        enum Timer {
            RESEND
        }

        @Override
        public void onTimer(Timer timer) {
            pending.onTimer(one -> told.add("ask " + one), one -> {
                told.add("give up " + one);
                pending.end(number(one));
            });
        }

        @Override
        public void replay(Nothing record) {}

        @Override
        public void start() {}

        @Override
        public void onMessage(NodeId from, Nothing message) {}

        @Override
        public void onRequest(Request request) {}

        @Override
        public Status status() {
            return new Status("asker", Optional.empty(), 0, 0, new TreeMap<>());
        }
    }

    private static long number(String operation) {
        return Long.parseLong(operation.substring(1));
    }

    private void begin() {
        Objects.requireNonNull(pending.begin(number -> "o" + number));
    }

    private void advance(int millis) {
        context.advance(Duration.ofMillis(millis));
    }

    @Test
    void numbersCountFromOneAndEndedOperationsAreNotFound() {
        begin();
        begin();
        pending.end(1);
        pending.end(1);
        begin();
        assertThat(pending.get(1)).isNull();
        assertThat(pending.get(2)).isEqualTo("o2");
        assertThat(pending.get(3)).isEqualTo("o3");
        assertThat(pending.size()).isEqualTo(2);
    }

    @Test
    void itIsAskedForAgainAndAgainAndThenGivenUp() {
        begin();
        advance(99);
        assertThat(told).isEmpty();
        advance(901);
        assertThat(told).containsExactly("ask o1", "ask o1", "ask o1", "give up o1");
        assertThat(pending.size()).isZero();
    }

    @Test
    void whatWasAskedForMeanwhileIsNotAskedForAgainSoSoon() {
        begin();
        advance(50);
        pending.asked(1);
        advance(149);
        assertThat(told).isEmpty();
        advance(1);
        assertThat(told).containsExactly("ask o1");
    }

    @Test
    void oneTimerRunsWhileAnythingWaits() {
        begin();
        advance(60);
        begin();
        assertThat(context.timers()).containsOnly(Map.entry(Timer.RESEND, Duration.ofMillis(40)));
        pending.end(1);
        advance(40);
        pending.end(2);
        advance(100);
        assertThat(context.timers()).isEmpty();
        assertThat(told).isEmpty();
        begin();
        assertThat(context.timers()).hasSize(1);
    }
}
