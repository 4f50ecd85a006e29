package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.host.Envelope;
import dcluster.host.EnvelopeCodec;
import dcluster.simulation.Links.Cut;
import dcluster.simulation.Links.Quality;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Eager;
import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final int MANY = 1000;
    private static final long PAUSE_NANOS = 10_000;

    sealed interface Word {
        int number();

        record Say(int number) implements Word {}

        /** Sent in parallel with the sync of what it tells. */
        record Promise(int number) implements Word, Eager {
            @Override
            public boolean mayBeForgotten() {
                return true;
            }
        }

        record Pulse(int number) implements Word, Eager {}
    }

    /** Writes down what arrives. */
    private static final class Listener implements Network.Station<Word> {
        private final List<Integer> heard = new ArrayList<>();
        private final List<NodeId> lost = new ArrayList<>();
        private final List<Long> forwarded = new ArrayList<>();
        private boolean up = true;
        private long lives = 1;
        private final int drawsAs;
        private int promisesHeard;

        private Listener(int drawsAs) {
            this.drawsAs = drawsAs;
        }

        @Override
        public int drawsAs() {
            return drawsAs;
        }

        @Override
        public boolean isUp() {
            return up;
        }

        @Override
        public long lives() {
            return lives;
        }

        @Override
        public void arrive(NodeId from, Envelope<Word> envelope) {
            assertThat(from).isEqualTo(N1);
            if (envelope instanceof Envelope.Forward<Word> forward) {
                forwarded.add(forward.sequence());
                return;
            }
            heard.add(((Envelope.Message<Word>) envelope).content().number());
        }

        @Override
        public Runnable overtakesItsDisk() {
            return () -> promisesHeard++;
        }

        @Override
        public void lost(NodeId peer) {
            lost.add(peer);
        }
    }

    private final Scene scene = new Scene(new Agenda(), new Draws(1), Trace.NONE, new Tally());
    private final Links links = new Links(2, Quality.GOOD);
    private final Network<Word> network =
            new Network<>(scene, links, new EnvelopeCodec<>(Word.class), List.of(N1, N2), Selection.all());
    private final Listener first = new Listener(0);
    private final Listener second = new Listener(1);

    NetworkTest() {
        network.connect(0, first);
        network.connect(1, second);
    }

    private boolean send(int number) {
        return send(new Word.Say(number));
    }

    private boolean send(Word word) {
        return network.from(0).send(N2, new Envelope.Message<>(word));
    }

    /** Sends many and waits for all, over a link of that quality. */
    private List<Integer> heardOver(Quality quality) {
        links.quality(0, 1, quality);
        for (int i = 0; i < MANY; i++) {
            int number = i;
            scene.agenda().at(i * PAUSE_NANOS, () -> assertThat(send(number)).isTrue());
        }
        runAll();
        return second.heard;
    }

    private void runAll() {
        while (scene.agenda().next() < Long.MAX_VALUE) {
            scene.agenda().run();
        }
    }

    private static List<Integer> all() {
        return IntStream.range(0, MANY).boxed().toList();
    }

    @Test
    void aGoodLinkDeliversEverythingOnceInOrder() {
        assertThat(heardOver(Quality.GOOD)).isEqualTo(all());
        assertThat(scene.tally().counts()).isEmpty();
        assertThat(links.disturbedCount()).isZero();
    }

    /** A host remembers in memory alone which forwards it has taken; a connection ends with the process. */
    @Test
    void aForwardNeverReachesTheNextProcessOfItsReceiverAndAMessageMay() {
        links.quality(0, 1, Quality.GOOD.with(0, 1, 0));
        for (int i = 1; i <= MANY; i++) {
            int number = i;
            scene.agenda().at(i * PAUSE_NANOS, () -> {
                send(number);
                var command = new Command.Get(Bytes.utf8("k"));
                network.from(0).send(N2, new Envelope.Forward<>(1, number, number, command));
            });
        }
        scene.agenda().at(MANY * PAUSE_NANOS / 2, () -> {
            second.heard.clear();
            second.forwarded.clear();
            second.lives++;
        });
        runAll();
        assertThat(second.forwarded).contains((long) MANY).allMatch(sequence -> sequence >= MANY / 2);
        assertThat(second.heard).contains(MANY).anyMatch(number -> number < MANY / 2);
    }

    @Test
    void aSenderIsToldOfEachPromiseThatArrivesAndOfNothingElse() {
        send(new Word.Say(1));
        send(new Word.Pulse(2));
        runAll();
        assertThat(second.heard).containsExactly(1, 2);
        assertThat(first.promisesHeard).isZero();
        send(new Word.Promise(3));
        assertThat(first.promisesHeard).isZero();
        runAll();
        assertThat(first.promisesHeard).isEqualTo(1);
        links.cut(0, 1, new Cut("test", true));
        send(new Word.Promise(4));
        runAll();
        assertThat(first.promisesHeard).isEqualTo(1);
        assertThat(second.promisesHeard).isZero();
    }

    @Test
    void aLossyLinkLosesItsShareAndKeepsTheOrderOfTheRest() {
        var heard = heardOver(Quality.GOOD.with(0.3, 0, 0));
        assertThat(heard).hasSizeBetween(600, 800).isSorted().doesNotHaveDuplicates();
        assertThat(scene.tally().count("message lost")).isEqualTo(MANY - heard.size());
        assertThat(links.disturbedCount()).isEqualTo(MANY - heard.size());
    }

    @Test
    void aRepeatingLinkDeliversItsShareTwice() {
        var heard = heardOver(Quality.GOOD.with(0, 0.3, 0));
        assertThat(heard).hasSizeBetween(MANY + 200, MANY + 400).containsAll(all());
        assertThat(scene.tally().count("message repeated")).isEqualTo(heard.size() - MANY);
        assertThat(links.disturbedCount()).isEqualTo(heard.size() - MANY);
    }

    @Test
    void aReorderingLinkDeliversEverythingOnceInAnotherOrder() {
        var heard = heardOver(Quality.GOOD.with(0, 0, 0.5));
        assertThat(heard).containsExactlyInAnyOrderElementsOf(all()).isNotEqualTo(all());
        assertThat(scene.tally().count("message overtaken")).isPositive();
        assertThat(links.disturbedCount()).isEqualTo(scene.tally().count("message overtaken"));
    }

    @Test
    void aDelayIsNoEffectUnlessAGoodLinkWouldNeverTakeSoLong() {
        heardOver(Quality.GOOD.slower(1000, 0));
        assertThat(links.disturbedCount()).isZero();
        heardOver(Quality.GOOD.slower(1_000_000, 0));
        assertThat(links.disturbedCount()).isEqualTo(MANY);
    }

    /** Without a tail nothing takes longer than the least and one spread. */
    @Test
    void aLongTailDelaysAFewForSeveralSpreadsAndDelaysAreNeverLessThanTheLeast() {
        var even = delays(Quality.GOOD);
        assertThat(even).allMatch(delay -> delay >= 100_000 && delay <= 500_000);
        assertThat(even.stream().filter(delay -> delay < 200_000)).hasSizeBetween(MANY / 8, MANY / 2);
        var tailed = delays(Quality.GOOD.withLongTail());
        assertThat(tailed).allMatch(delay -> delay >= 100_000);
        assertThat(tailed.stream().filter(delay -> delay > 100_000 + 3 * 400_000))
                .hasSizeBetween(MANY / 40, MANY / 8);
        assertThat(tailed).anyMatch(delay -> delay > 100_000 + 8 * 400_000);
    }

    /** How long each of many messages takes that do not wait for each other. */
    private List<Long> delays(Quality quality) {
        links.quality(0, 1, quality);
        var delays = new ArrayList<Long>();
        for (int i = 0; i < MANY; i++) {
            long begin = scene.agenda().now();
            send(i);
            runAll();
            delays.add(scene.agenda().now() - begin);
        }
        return delays;
    }

    @Test
    void aCutLosesWhatIsSentAndLetsPassWhatIsUnderWay() {
        send(1);
        links.cut(0, 1, new Cut("test", false));
        send(2);
        runAll();
        assertThat(second.heard).containsExactly(1);
        links.mend(0, 1, new Cut("test", false));
        send(3);
        runAll();
        assertThat(second.heard).containsExactly(1, 3);
    }

    @Test
    void aCutMayLoseWhatIsUnderWayToo() {
        send(1);
        links.cut(0, 1, new Cut("test", true));
        runAll();
        assertThat(second.heard).isEmpty();
        assertThat(links.lostBy("test")).isEqualTo(1);
        assertThat(scene.tally().count("message lost")).isEqualTo(1);
    }

    @Test
    void aSenderLearnsThatNobodyListensAndWhatIsUnderWayIsLost() {
        send(1);
        second.up = false;
        assertThat(send(2)).isFalse();
        assertThat(network.from(0).send(new NodeId("n9"), new Envelope.Message<>(new Word.Say(3))))
                .isFalse();
        runAll();
        assertThat(second.heard).isEmpty();
        assertThat(scene.tally().count("message lost")).isEqualTo(1);
    }

    @Test
    void theOthersNoticeTheEndOfAProcess() {
        network.lost(0);
        assertThat(second.lost).containsExactly(N1);
        assertThat(first.lost).isEmpty();
    }
}
