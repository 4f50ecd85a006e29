package dcluster.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.app.process.ClusterProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made of a strike when three nodes answer as a test wants. */
class SceneTest {
    private static final String DONE = "{'outcome': 'ok', 'value': true}";
    private static final String REFUSED =
            "{'outcome': 'failed', 'reason': 'unavailable', 'message': 'not caught up in time'}";
    private static final Scene.Pace PACE = new Scene.Pace(Duration.ofMillis(50), Duration.ofSeconds(10));

    private final SplittableRandom random = new SplittableRandom(1);

    private final PlayedCluster cluster = new PlayedCluster();

    @AfterEach
    void close() throws IOException {
        cluster.close();
    }

    private Scene scene() {
        return Scene.of(cluster.cluster(), random, PACE);
    }

    private Felt played(Scene scene, Strike strike) {
        return scene.play(strike, "k", random);
    }

    private static void assertThatAllIsWell(Felt felt) {
        assertThat(felt.troubles()).isEmpty();
        assertThat(felt.wrong()).isEmpty();
        assertThat(felt.leader()).isEqualTo("n1");
        assertThat(felt.pid()).isEqualTo(1);
        assertThat(felt.isKnown()).isTrue();
        assertThat(felt.millis()).isPositive();
        assertThat(felt.seen().acknowledged()).isGreaterThanOrEqualTo(100);
        assertThat(felt.seen().unknown()).isZero();
    }

    private static void assertThatNothingIsKnown(Felt felt, String trouble) {
        assertThat(felt.troubles()).containsExactly(trouble);
        assertThat(felt.wrong()).isEmpty();
        assertThat(felt.isKnown()).isFalse();
    }

    @Test
    void aLeaderThatIsLeftAloneLeadsOn() {
        var nothing = played(scene(), Strike.NONE);
        assertThatAllIsWell(nothing);
        assertThat(nothing.next()).isEqualTo("n1");
    }

    @Test
    void aTransferIsOrderedToTheOneThatWasDrawn() {
        var scene = scene();
        var felt = played(scene, Strike.TRANSFER);
        assertThatAllIsWell(felt);
        assertThat(felt.next()).isEqualTo(scene.next().id()).isNotEqualTo("n1");
    }

    @Test
    void aKilledLeaderIsLeftDeadAndKnownAsKilled() {
        var felt = played(scene(), Strike.CRASH);
        assertThatAllIsWell(felt);
        assertThat(felt.next()).isIn("n2", "n3");
        assertThat(cluster.cluster().process("n1").map(ClusterProcess::state)).contains(ClusterProcess.State.KILLED);
    }

    @Test
    void aLeaderThatRefusesIsAskedAgainWhileThereIsTime() {
        var scene = scene();
        var asked = new AtomicInteger();
        cluster.node("n1").answering("transfer", REFUSED).doing("transfer", () -> {
            if (asked.incrementAndGet() == 8) {
                cluster.node("n1").answering("transfer", DONE);
                cluster.elect(scene.next().id());
            }
        });
        assertThatAllIsWell(played(scene, Strike.TRANSFER));
        assertThat(cluster.node("n1").asked()).hasSize(8);
    }

    @Test
    void aLeaderThatRefusesForEverIsQuoted() {
        cluster.node("n1").answering("transfer", REFUSED).doing("transfer", () -> {});
        var impatient = new Scene.Pace(Duration.ZERO, Duration.ofSeconds(2));
        var felt = played(Scene.of(cluster.cluster(), random, impatient), Strike.TRANSFER);
        assertThatNothingIsKnown(felt, "n1 does not hand over: not caught up in time");
        assertThat(cluster.node("n1").asked()).hasSizeGreaterThan(1);
    }

    @Test
    void aTransferThatEndsElsewhereIsNoTransfer() {
        var scene = scene();
        cluster.node("n1")
                .doing("transfer", () -> cluster.elect(scene.bystander().id()));
        assertThatNothingIsKnown(
                played(scene, Strike.TRANSFER),
                "another election came first: " + scene.bystander().id() + " leads, and not "
                        + scene.next().id() + " as was ordered");
    }

    @Test
    void aLeaderThatIsNoLongerOneIsNotStruck() {
        var scene = scene();
        cluster.elect("n2");
        assertThatNothingIsKnown(played(scene, Strike.CRASH), "another election came first: n2 leads, and not n1");
        assertThat(cluster.cluster().running()).hasSize(3);
    }

    @Test
    void aProcessThatEndsBeforeItIsStruckIsNotKilled() {
        var scene = scene();
        cluster.crash("n2");
        assertThatNothingIsKnown(played(scene, Strike.CRASH), "n2 does not run, it is crashed");
        assertThat(cluster.cluster().process("n1").map(ClusterProcess::isRunning))
                .contains(true);
    }

    @Test
    void anElectionWhileNothingIsDoneIsNotNothing() {
        var scene = scene();
        var asked = new AtomicInteger();
        // It is asked once before it is struck.
        cluster.node("n1").whenAsked("/status", () -> {
            if (asked.incrementAndGet() == 2) {
                cluster.elect("n3");
            }
        });
        assertThatNothingIsKnown(played(scene, Strike.NONE), "another election came first: n3 leads, and not n1");
        assertThat(asked.get()).isGreaterThan(1);
    }

    @Test
    void anAcknowledgedWriteThatIsLostIsFound() {
        var scene = scene();
        cluster.node("n1").doing("transfer", () -> {
            cluster.counter().lose(3);
            cluster.elect(scene.next().id());
        });
        var felt = played(scene, Strike.TRANSFER);
        assertThat(felt.troubles()).isEmpty();
        assertThat(felt.wrong().orElseThrow()).endsWith("at least 3 of those acknowledged lost");
    }

    @Test
    void thereIsNoSceneWhileANodeIsDown() {
        cluster.crash("n3");
        assertThatThrownBy(this::scene).hasMessage("n3 does not run, it is crashed");
    }
}
