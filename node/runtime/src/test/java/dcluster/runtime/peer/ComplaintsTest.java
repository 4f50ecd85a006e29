package dcluster.runtime.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.host.Clocks;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ComplaintsTest {
    private final Log log = Log.of(PeerTransport.class);
    private long now;
    private final Complaints complaints = new Complaints(new Clocks() {
        @Override
        public long nowNanos() {
            return now;
        }

        @Override
        public long wallNanos() {
            return 0;
        }
    });

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void eachKindIsWarnedOfOncePerPause() {
        complaints.warn("a", "first a");
        complaints.warn("a", "second a");
        complaints.warn("b", "first b");
        now = Complaints.PAUSE_SECONDS * 1_000_000_000L;
        complaints.warn("a", "third a");

        assertThat(log.warnings()).containsExactly("first a", "first b", "third a");
    }

    @Test
    void kindsBeyondTheBoundAreForgottenAndWarnedOfAgain() {
        IntStream.range(0, 65).forEach(i -> complaints.warn("kind" + i, "text" + i));
        complaints.warn("kind0", "again");
        complaints.warn("kind64", "not again");

        assertThat(log.warnings()).hasSize(66).endsWith("text64", "again");
    }
}
