package dcluster.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.client.FakeNode;
import dcluster.app.process.Patience;
import dcluster.spi.Member;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WriterTest {
    private static final String DONE = ":1\r\n";
    private static final String UNKNOWN = "-UNKNOWN nobody knows\r\n";
    private static final String REFUSED = "-UNAVAILABLE nobody leads\r\n";
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);

    private static Member member(FakeNode node) {
        return new Member(new NodeId("n2"), "127.0.0.1", node.port(), 1, 1, "");
    }

    /** Of these answers, and of refusals for as long as a test takes. */
    private static FakeNode node(String... answers) {
        var refusals = Collections.nCopies(100_000, REFUSED).stream();
        return new FakeNode(Stream.concat(Stream.of(answers), refusals).toArray(String[]::new));
    }

    /** A clock that shows these milliseconds, one after the other. */
    private static LongSupplier clock(long... millis) {
        var next = new AtomicInteger();
        return () -> millis[next.getAndIncrement()] * 1_000_000;
    }

    /** A writer after so many writes were acknowledged, and so many have become unknown. */
    private static Writer written(FakeNode node, LongSupplier clock, Writer.Seen seen) {
        var writer = new Writer(member(node), "k", LONG, clock);
        try (writer) {
            assertThat(Patience.of(LONG).until(() -> writer.seen().equals(seen)))
                    .isTrue();
        }
        return writer;
    }

    private static Writer.ReadBack readBack(Writer writer, String answer) throws IOException {
        try (var node = new FakeNode(answer)) {
            return writer.readBack(member(node));
        }
    }

    @Test
    void theLongestTimeBetweenTwoAcknowledgementsCounts() throws IOException {
        try (var node = node(DONE, UNKNOWN, DONE, REFUSED, DONE)) {
            var writer = written(node, clock(1000, 1005, 1040, 1050), new Writer.Seen(3, 1));
            assertThat(writer.longestMillis()).isEqualTo(35);
            assertThat(writer.seen()).isEqualTo(new Writer.Seen(3, 1));
        }
    }

    @Test
    void fromThenOnTheLastAcknowledgementBeforeItCounts() throws IOException {
        var born = new CompletableFuture<Writer>();
        var ticks = clock(0, 100, 130, 150);
        var read = new AtomicInteger();
        LongSupplier clock = () -> {
            // The second write is acknowledged.
            if (read.incrementAndGet() == 3) {
                born.join().watch();
            }
            return ticks.getAsLong();
        };
        try (var node = node(DONE, DONE, DONE);
                var writer = new Writer(member(node), "k", LONG, clock)) {
            born.complete(writer);
            assertThat(Patience.of(LONG).until(() -> writer.seen().acknowledged() == 3))
                    .isTrue();
            assertThat(writer.longestMillis()).isEqualTo(30);
        }
    }

    @Test
    void aConnectionThatBreaksLeavesItsWriteUnknown() throws IOException {
        try (var node = new FakeNode(DONE);
                var writer = new Writer(member(node), "k", SHORT, System::nanoTime)) {
            assertThat(Patience.of(LONG).until(() -> writer.seen().unknown() > 0))
                    .isTrue();
            assertThat(writer.seen().acknowledged()).isEqualTo(1);
        }
    }

    @Test
    void aCountIsAtLeastWhatWasAcknowledgedAndAtMostWhatWasAskedFor() {
        var seen = new Writer.Seen(100, 2);
        assertThat(List.of("100", "101", "102"))
                .allSatisfy(count -> assertThat(seen.wrongIn(count)).isEmpty());
        assertThat(seen.wrongIn("97")).contains("at least 3 of those acknowledged lost");
        assertThat(seen.wrongIn("99")).contains("at least 1 of those acknowledged lost");
        assertThat(seen.wrongIn("103")).contains("at least 1 more than was asked for");
        assertThat(seen.wrongIn("-1")).contains("that is no count");
        assertThat(seen.wrongIn("")).contains("that is no count");
    }

    @Test
    void whatTheKeyHoldsIsJudgedByHowWritesEnded() throws IOException {
        try (var node = node(DONE, UNKNOWN, DONE)) {
            var writer = written(node, clock(0, 1, 2), new Writer.Seen(2, 1));
            for (var legal : new String[] {"$1\r\n2\r\n", "$1\r\n3\r\n"}) {
                assertThat(readBack(writer, legal))
                        .as(legal)
                        .isEqualTo(new Writer.ReadBack(Optional.empty(), Optional.empty()));
            }
            assertThat(readBack(writer, "$1\r\n4\r\n").wrong())
                    .contains("k is '4' at n2 after adding 1 to it, 2 times acknowledged and 1 unknown: at least 1 more"
                            + " than was asked for");
            assertThat(readBack(writer, "$-1\r\n").wrong())
                    .contains("k is '0' at n2 after adding 1 to it, 2 times acknowledged and 1 unknown: at least 2 of"
                            + " those acknowledged lost");
        }
    }

    @Test
    void aReadWithoutAnAnswerShowsNothing() throws IOException {
        try (var node = node(DONE)) {
            var found = readBack(written(node, clock(0, 1), new Writer.Seen(1, 0)), REFUSED);
            assertThat(found.wrong()).isEmpty();
            assertThat(found.trouble()).contains("n2 did not answer a read: UNAVAILABLE nobody leads");
        }
    }

    @Test
    void aWriteThatDoesNotEndInTimeIsNotTakenForALoss() throws IOException {
        var held = new CountDownLatch(1);
        var read = new AtomicInteger();
        LongSupplier clock = () -> {
            if (read.incrementAndGet() == 2) {
                join(held);
            }
            return 0;
        };
        try (var node = node(DONE)) {
            var writer = new Writer(member(node), "k", SHORT, clock);
            assertThat(Patience.of(LONG).until(() -> read.get() == 2)).isTrue();
            writer.close();
            var found = readBack(writer, "$1\r\n0\r\n");
            held.countDown();
            assertThat(found.wrong()).isEmpty();
            assertThat(found.trouble()).contains("a write has not ended in time, so that nothing could be read back");
        }
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
