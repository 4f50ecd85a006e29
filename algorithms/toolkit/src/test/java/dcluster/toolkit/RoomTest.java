package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.spi.Nothing;
import dcluster.spi.Response;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import org.junit.jupiter.api.Test;

class RoomTest {
    private record Weight(long memoryBytes) implements Weighed {
        @Override
        public long hash() {
            return memoryBytes;
        }

        @Override
        public long bytes() {
            return memoryBytes;
        }
    }

    private static final Bytes K = Bytes.utf8("k");
    private static final long MAPPING = Footprint.ofMapping(K);

    private final RecordingContext<Nothing, Nothing, Nothing> context =
            new RecordingContext<>(new NodeId("n1"), Members.of(1), 1);
    private KeyedState<Weight> state = KeyedState.empty();
    private final Room room = new Room(context, () -> state);

    RoomTest() {
        context.capacity(1000);
    }

    private void hold(Bytes key, long bytes) {
        state = state.with(key, new Weight(bytes));
    }

    @Test
    void aKeyGrowsByWhatItHoldsBeyondWhatItHeld() {
        assertThat(room.growth(K, 100)).isEqualTo(MAPPING + 100);
        hold(K, 100);
        assertThat(room.growth(K, 130)).isEqualTo(30);
        assertThat(room.growth(K, 70)).isZero();
    }

    @Test
    void whatIsUnderWayCountsUntilItIsReleased() {
        hold(K, 500 - MAPPING);
        assertThat(room.reserve(300)).isTrue();
        assertThat(room.reserve(201)).isFalse();
        assertThat(room.reserve(200)).isTrue();
        room.release(300);
        assertThat(room.reserve(201)).isTrue();
    }

    @Test
    void whatDoesNotGrowIsTakenHoweverFullItIsAndWhatDoesIsRefusedInWords() {
        hold(K, 2000 - MAPPING);
        assertThat(room.reserve(0)).isTrue();
        assertThat(room.reserve(1)).isFalse();
        assertThat(room.full())
                .isEqualTo(new Response.Failed(
                        Response.Reason.OVERLOADED, "the store is full (2000 of 1000 bytes): raise storage.capacity"));
    }
}
