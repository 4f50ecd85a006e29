package dcluster.paxos;

import static dcluster.paxos.Alone.N1;
import static dcluster.paxos.Configs.DEFAULT;
import static dcluster.paxos.Single.A;
import static dcluster.paxos.Single.B;
import static dcluster.paxos.Single.NO_OP;
import static dcluster.paxos.Single.ballot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.paxos.PaxosRecord.Accepted;
import dcluster.spi.Algorithm;
import dcluster.spi.Invariant;
import dcluster.spi.NodeId;
import dcluster.toolkit.StateMachineSafety;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.RecordingContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each invariant is made to fail by replicas that could not come about, and holds where they could. */
class InvariantsTest {
    private static Paxos replica(String name) {
        var context = new RecordingContext<PaxosMessage, PaxosRecord, PaxosTimer>(new NodeId(name), Members.of(3), 1);
        return context.attach(new Paxos(DEFAULT, context));
    }

    /** One that has accepted something from an instance on. */
    private static Paxos accepted(String name, Ballot ballot, long slot, Value... values) {
        var replica = replica(name);
        replica.replay(new Accepted(ballot, slot, List.of(values), 0));
        return replica;
    }

    /** One that knows what is chosen from the first instance on, and has applied it. */
    private static Paxos knows(String name, Value... values) {
        var replica = replica(name);
        List.of(values).forEach(replica.durable()::choose);
        replica.endTurn();
        return replica;
    }

    /** The leader of ballot 1.n2.1, by which that was chosen in the first instance. */
    private static Paxos leader(Value.Apply chosen) {
        var leader = Alone.leader(3, DEFAULT);
        leader.context.request(chosen.command());
        leader.durable();
        leader.receive(N1, new PaxosMessage.Accepted(leader.ballot(), 1, 1, 1));
        assertThat(leader.chosen()).isEqualTo(1);
        return leader.paxos;
    }

    private static void assertHolds(Invariant invariant, Paxos... replicas) {
        assertThat(invariant.violation(List.<Algorithm<?, ?, ?>>of(replicas))).isEmpty();
    }

    private static void assertViolated(Invariant invariant, Paxos... replicas) {
        assertThat(invariant.violation(List.<Algorithm<?, ?, ?>>of(replicas))).isPresent();
    }

    @Test
    void theyAreNamedAsInThePaper() {
        assertThat(PaxosInvariants.all().stream().map(maker -> maker.get().name()))
                .containsExactly(
                        "Different Proposals Have Different Numbers",
                        "Only a Single Value Is Chosen",
                        "P2b",
                        "State Machine Safety");
    }

    @Test
    void aBallotHasOneValueInAnInstance() {
        var one = accepted("n1", ballot(1, "n1"), 1, A, B);
        assertHolds(new PaxosInvariants.DifferentNumbers(), one, accepted("n2", ballot(1, "n1"), 1, A, B));
        assertHolds(new PaxosInvariants.DifferentNumbers(), one, accepted("n2", ballot(1, "n1"), 2, B));
        assertHolds(new PaxosInvariants.DifferentNumbers(), one, accepted("n2", ballot(2, "n2"), 1, B));
        assertViolated(new PaxosInvariants.DifferentNumbers(), one, accepted("n2", ballot(1, "n1"), 1, A, A));
        assertViolated(new PaxosInvariants.DifferentNumbers(), one, accepted("n2", ballot(1, "n1"), 2, NO_OP));
    }

    @Test
    void aBallotHasOneValueThoughTheFirstIsOverwritten() {
        var invariant = new PaxosInvariants.DifferentNumbers();
        var one = accepted("n1", ballot(1, "n1"), 1, A);
        assertHolds(invariant, one);
        one.replay(new Accepted(ballot(2, "n1"), 1, List.of(B), 0));
        assertHolds(invariant, one);
        assertViolated(invariant, one, accepted("n2", ballot(1, "n1"), 1, B));
    }

    @Test
    void onlyASingleValueIsChosen() {
        assertHolds(new PaxosInvariants.SingleValue(), knows("n1", A, B), knows("n2", A));
        assertViolated(new PaxosInvariants.SingleValue(), knows("n1", A, B), knows("n2", B));
        assertViolated(new PaxosInvariants.SingleValue(), knows("n1", A), knows("n2", NO_OP));
    }

    @Test
    void onlyASingleValueIsChosenThoughAReplicaIsRestarted() {
        var invariant = new PaxosInvariants.SingleValue();
        assertHolds(invariant, knows("n1", A, B));
        assertHolds(invariant, knows("n1", A));
        assertViolated(invariant, knows("n1", A, A));
    }

    @Test
    void p2bOfAHigherBallot() {
        assertHolds(new PaxosInvariants.P2b(), leader(A), accepted("n3", ballot(2, "n3"), 1, A));
        assertHolds(new PaxosInvariants.P2b(), leader(A), accepted("n1", ballot(1, "n1"), 1, B));
        assertHolds(new PaxosInvariants.P2b(), leader(A), accepted("n3", ballot(2, "n3"), 2, B));
        assertViolated(new PaxosInvariants.P2b(), leader(A), accepted("n3", ballot(2, "n3"), 1, B));
    }

    @Test
    void p2bOfAHigherBallotThatIsThereAlready() {
        var invariant = new PaxosInvariants.P2b();
        var higher = accepted("n3", ballot(2, "n3"), 1, B);
        assertHolds(invariant, higher);
        assertViolated(invariant, higher, leader(A));
    }

    @Test
    void p2bOfABallotThatComesLater() {
        var invariant = new PaxosInvariants.P2b();
        assertHolds(invariant, leader(A));
        assertViolated(invariant, accepted("n3", ballot(2, "n3"), 1, NO_OP));
    }

    @Test
    void stateMachineSafety() {
        assertHolds(new StateMachineSafety(), knows("n1", A, B), knows("n2", A));
        assertViolated(new StateMachineSafety(), knows("n1", A, B), knows("n2", B));
    }

    /** What one replica can see of them alone stops it. */
    @Test
    void anInstanceThatIsKnownToBeChosenTakesNoOtherValue() {
        var replica = knows("n1", A);
        assertThatThrownBy(() -> replica.replay(new Accepted(ballot(9, "n3"), 1, List.of(B), 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("an instance that is known to be chosen takes no other value");
    }
}
