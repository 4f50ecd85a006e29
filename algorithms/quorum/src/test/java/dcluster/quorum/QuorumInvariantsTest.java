package dcluster.quorum;

import static dcluster.quorum.Rig.KEY;
import static dcluster.quorum.Rig.N1;
import static dcluster.quorum.Rig.N2;
import static dcluster.quorum.Rig.N3;
import static dcluster.quorum.Rig.delete;
import static dcluster.quorum.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.quorum.QuorumInvariants.Convergence;
import dcluster.quorum.QuorumInvariants.GrowingKnowledge;
import dcluster.quorum.QuorumInvariants.UniqueVersions;
import dcluster.quorum.QuorumRecord.Dropped;
import dcluster.quorum.QuorumRecord.Owed;
import dcluster.quorum.QuorumRecord.Stored;
import dcluster.quorum.Versions.Concurrent;
import dcluster.quorum.Versions.Latest;
import dcluster.spi.Bytes;
import dcluster.spi.Invariant;
import dcluster.spi.NodeId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuorumInvariantsTest {
    private static final Actor ACTOR = new Actor(N1, 1, 9);

    private final Rig clocks = new Rig(3);
    private final Rig latest = new Rig(3, Options.of(Versioning.LAST_WRITE_WINS));

    private static Optional<String> violation(Invariant invariant, Rig rig) {
        return invariant.violation(rig.algorithms());
    }

    private static void violates(Invariant invariant, Rig rig, String what) {
        assertThat(violation(invariant, rig))
                .hasValueSatisfying(violation -> assertThat(violation).startsWith(what));
    }

    private static Latest latest(long time, String value) {
        return new Latest(new Stamp(time, N1, 1), Optional.of(Bytes.utf8(value)));
    }

    private static Concurrent concurrent(String value) {
        return Concurrent.NONE.with(ACTOR, Bytes.utf8(value), Clock.NONE);
    }

    private static void hold(Rig rig, NodeId node, Versions versions) {
        rig.mesh.replica(node).replay(new Stored(KEY, versions, Optional.empty()));
    }

    @Test
    void twoValuesOfOneStampAreSeenThoughNotAtOneTime() {
        var invariant = new UniqueVersions();
        hold(latest, N1, latest(5, "a"));
        assertThat(violation(invariant, latest)).isEmpty();
        hold(latest, N1, latest(6, "b"));
        hold(latest, N2, latest(5, "a"));
        assertThat(violation(invariant, latest)).isEmpty();
        hold(latest, N2, latest(5, "other"));
        violates(invariant, latest, "two values of k are the version Stamp[wallNanos=5");
    }

    @Test
    void twoValuesOfOneDotAreSeenThoughNotAtOneTime() {
        var invariant = new UniqueVersions();
        hold(clocks, N1, concurrent("a"));
        hold(clocks, N2, concurrent("a"));
        assertThat(violation(invariant, clocks)).isEmpty();
        hold(clocks, N1, concurrent("a").without(concurrent("a").clock()));
        hold(clocks, N2, concurrent("a").without(concurrent("a").clock()));
        assertThat(violation(invariant, clocks)).isEmpty();
        hold(clocks, N3, concurrent("other"));
        violates(invariant, clocks, "two values of k are the version n1.1.9:1: ");
    }

    @Test
    void knowledgeThatGoesBackIsSeenAndWhatACrashTookBackIsRight() {
        var invariant = new GrowingKnowledge();
        hold(latest, N1, latest(5, "a"));
        assertThat(violation(invariant, latest)).isEmpty();
        latest.mesh.crash(N1);
        hold(latest, N1, latest(4, "b"));
        assertThat(violation(invariant, latest)).isEmpty();
        hold(latest, N1, latest(3, "c"));
        violates(invariant, latest, "n1 went back from Latest[stamp=Stamp[wallNanos=4");
    }

    @Test
    void aSiblingThatIsLostAndADeletedOneThatComesBackAreSeen() {
        var both = concurrent("a").with(ACTOR, Bytes.utf8("b"), Clock.NONE);
        var lost = new GrowingKnowledge();
        hold(clocks, N1, both);
        assertThat(violation(lost, clocks)).isEmpty();
        hold(clocks, N1, concurrent("a"));
        violates(lost, clocks, "n1 went back");
        var back = new GrowingKnowledge();
        hold(clocks, N1, both.without(both.clock()));
        assertThat(violation(back, clocks)).isEmpty();
        hold(clocks, N1, both);
        violates(back, clocks, "n1 went back");
    }

    @Test
    void anOwnerThatForgetsAValueIsSeenAndAStandInThatDoesIsRight() {
        var rig = new Rig(4);
        var owner = rig.owners().get(0);
        var stranger = rig.strangers().get(0);
        var invariant = new GrowingKnowledge();
        hold(rig, owner, concurrent("a"));
        hold(rig, stranger, concurrent("a"));
        assertThat(violation(invariant, rig)).isEmpty();
        rig.mesh.replica(stranger).replay(new Dropped(KEY));
        assertThat(violation(invariant, rig)).isEmpty();
        rig.mesh.replica(owner).replay(new Dropped(KEY));
        violates(invariant, rig, owner + " went back");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenAfterADeletionWasForgottenGoesNotBack(Versioning versions) {
        var invariant = new GrowingKnowledge();
        var rig = new Rig(3, Options.of(versions).grace(Duration.ofSeconds(2)));
        rig.run(N1, put("a"));
        rig.advance(Duration.ofMillis(50));
        rig.run(N1, delete());
        assertThat(violation(invariant, rig)).isEmpty();
        rig.advance(Duration.ofSeconds(3));
        assertThat(violation(invariant, rig)).isEmpty();
        assertThat(rig.replica(N1).versions(KEY).isNone()).isTrue();
        rig.run(N1, put("b"));
        assertThat(violation(invariant, rig)).isEmpty();
    }

    @Test
    void replicasThatHoldUnlikeThingsOrOweSomethingHaveNotConverged() {
        var invariant = new Convergence();
        clocks.run(N1, put("a"));
        assertThat(violation(invariant, clocks)).isEmpty();
        hold(clocks, N2, concurrent("a"));
        violates(invariant, clocks, "n1 holds Concurrent[clock=");
        var owing = new Rig(3);
        owing.mesh.replica(N3).replay(new Owed(KEY, N1));
        violates(invariant, owing, "n3 owes 1 keys");
    }

    @Test
    void aKeyThatOneOwnerLacksHasNotConvergedAndADeletionThatItNeverHeardOfHas() {
        hold(clocks, N1, concurrent("a"));
        violates(new Convergence(), clocks, "n1 holds");
        hold(clocks, N1, concurrent("a").without(concurrent("a").clock()));
        assertThat(violation(new Convergence(), clocks)).isEmpty();
    }

    @Test
    void allOfThemAreClaimedAndConvergenceOnlyWhereReplicasCompare() {
        var provider = new QuorumProvider();
        var all = provider.traits(new Options().config());
        assertThat(all.invariants().stream().map(made -> made.get().name()))
                .containsExactly("Unique Versions", "Growing Knowledge");
        assertThat(all.settled().stream().map(made -> made.get().name())).containsExactly("Convergence");
        assertThat(provider.traits(new Options().unmended().config()).settled()).isEmpty();
    }
}
