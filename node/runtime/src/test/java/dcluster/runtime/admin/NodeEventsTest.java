package dcluster.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.host.Clocks;
import dcluster.spi.NodeId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NodeEventsTest {
    private final NodeEvents events = new NodeEvents(new Clocks() {
        @Override
        public long nowNanos() {
            return 0;
        }

        @Override
        public long wallNanos() {
            return 1_767_225_600_000_000_001L;
        }
    });

    @Test
    void aNoteBecomesJsonWithTheWallClocksTime() {
        events.noted("elected", "term", 7, "votes", 2L, "alone", false, "by", new NodeId("n1"));

        assertThat(events.from(0).events().get(0).toJson().encode())
                .isEqualTo("{\"time\":\"2026-01-01T00:00:00.000000001Z\",\"event\":\"elected\","
                        + "\"details\":{\"term\":7,\"votes\":2,\"alone\":false,\"by\":\"n1\"}}");
    }

    @Test
    void onlyTheLatestAreKeptAndTheReaderLearnsWhichItMissed() {
        IntStream.range(0, NodeEvents.KEPT + 10).forEach(i -> events.noted("e" + i));

        var late = events.from(3);
        assertThat(late.first()).isEqualTo(10);
        assertThat(late.events()).hasSize(NodeEvents.KEPT);
        assertThat(late.events().get(0).name()).isEqualTo("e10");

        var last = events.from(NodeEvents.KEPT + 9);
        assertThat(last.first()).isEqualTo(NodeEvents.KEPT + 9);
        assertThat(last.events()).extracting(NodeEvents.Event::name).containsExactly("e" + (NodeEvents.KEPT + 9));

        var none = events.from(NodeEvents.KEPT + 10);
        assertThat(none.first()).isEqualTo(NodeEvents.KEPT + 10);
        assertThat(none.events()).isEmpty();
    }

    @Test
    void whatANoteCarriesIsCut() {
        var details = new Object[200];
        for (int i = 0; i < details.length; i += 2) {
            details[i] = "name" + i;
            details[i + 1] = "x".repeat(5000);
        }
        events.noted("large", details);
        events.noted("odd", "name", 1, "without a value");

        assertThat(events.from(0).events().get(0).details())
                .hasSize(32)
                .allSatisfy((name, value) -> assertThat(value.toString()).hasSize(JsonValues.LONGEST_TEXT + 3));
        assertThat(events.from(1).events().get(0).details()).hasSize(1);
    }

    @Test
    void whoWantsToKnowIsToldOfEachNote() {
        var told = new AtomicInteger();
        events.whenNoted(told::incrementAndGet);
        events.noted("one");
        events.noted("two");

        assertThat(told).hasValue(2);
    }
}
