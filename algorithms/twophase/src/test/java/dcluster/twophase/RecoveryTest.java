package dcluster.twophase;

import static dcluster.twophase.Rig.ABSENT;
import static dcluster.twophase.Rig.C;
import static dcluster.twophase.Rig.N1;
import static dcluster.twophase.Rig.N2;
import static dcluster.twophase.Rig.N3;
import static dcluster.twophase.Rig.text;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Members are killed at each step of a transaction that writes at two participants and reads at a third: after each message,
 * and after each record became durable, with and without the records that were not.
 */
class RecoveryTest {
    private static final Duration RECOVERY = Duration.ofSeconds(8);

    private enum Seen {
        COMMITTED,
        ABORTED,
        UNKNOWN_AND_DONE,
        UNKNOWN_AND_NOT_DONE
    }

    /** Who is killed, and how many records survive in each that were not durable. */
    private record Kill(List<NodeId> nodes, int survivors) {}

    static Stream<Arguments> killsOfCoordinators() {
        return kills(List.of(List.of(C), List.of(C, N1), List.of(C, N1, N2), List.of(C, N1, N2, N3)));
    }

    static Stream<Arguments> killsOfParticipants() {
        return kills(List.of(List.of(N1), List.of(N2), List.of(N3), List.of(N1, N2)));
    }

    private static Stream<Arguments> kills(List<List<NodeId>> nodes) {
        return Stream.of(Protocol.values())
                .flatMap(protocol -> nodes.stream()
                        .flatMap(some ->
                                Stream.of(0, 1).map(survivors -> Arguments.of(protocol, new Kill(some, survivors)))));
    }

    @ParameterizedTest
    @MethodSource("killsOfCoordinators")
    @Tag("hard-case-45")
    void aCoordinatorThatIsKilledAtAnyStepLeavesAllOrNothingAndWhatItHasToldHolds(Protocol protocol, Kill kill) {
        assertThat(atEachStep(protocol, kill)).contains(Seen.COMMITTED, Seen.UNKNOWN_AND_NOT_DONE);
    }

    @ParameterizedTest
    @MethodSource("killsOfParticipants")
    @Tag("hard-case-46")
    void aParticipantThatIsKilledAtAnyStepKeepsItsVoteAndItsLocks(Protocol protocol, Kill kill) {
        assertThat(atEachStep(protocol, kill)).contains(Seen.COMMITTED);
    }

    private static Set<Seen> atEachStep(Protocol protocol, Kill kill) {
        var seen = EnumSet.noneOf(Seen.class);
        int step = 0;
        while (true) {
            var life = new Life(protocol, kill, step);
            if (!life.reachesItsStep()) {
                assertThat(step).isGreaterThan(16);
                return seen;
            }
            seen.add(life.end());
            step++;
        }
    }

    /** One transaction, and the kill at one step of it. */
    private static final class Life {
        private final Rig rig;
        private final Steps steps;
        private final Kill kill;
        private final int step;
        private final String name;
        private final Request request;

        Life(Protocol protocol, Kill kill, int step) {
            this.rig = new Rig(Rig.config(protocol, Locking.WAIT_DIE, Termination.COOPERATIVE));
            this.steps = new Steps(rig);
            this.kill = kill;
            this.step = step;
            this.name = protocol + ", " + kill + ", step " + step;
            rig.mesh.settle();
            var commands =
                    Stream.concat(rig.increments(N1, N2).commands().stream(), Stream.of(new Command.Get(rig.key(N3))));
            this.request = rig.at(C).request(new Command.Transaction(commands.toList()));
        }

        boolean reachesItsStep() {
            for (int i = 0; i < step; i++) {
                if (!steps.next()) {
                    return false;
                }
            }
            return true;
        }

        Seen end() {
            for (var node : kill.nodes) {
                rig.mesh.crash(node, kill.survivors);
                assertKeepsLocks(node);
            }
            steps.arrive();
            rig.mesh.settle();
            rig.pass(RECOVERY);
            for (var node : rig.all()) {
                assertThat(rig.left(node)).as("%s: left at %s", name, node).isZero();
            }
            var found = rig.read(N1);
            assertThat(rig.read(N2)).as(name).isEqualTo(found);
            return seen(found, rig.mesh.reply(C, request));
        }

        private void assertKeepsLocks(NodeId node) {
            if (!node.equals(C)) {
                var participant = rig.participant(node);
                assertThat(participant.admission().lockedKeys())
                        .as("%s: keys locked at %s", name, node)
                        .isEqualTo(participant.shard().prepared().size());
            }
        }

        private Seen seen(Response found, Optional<Response> answer) {
            boolean isDone = found.equals(text("1"));
            assertThat(isDone || found.equals(ABSENT)).as("%s: %s", name, found).isTrue();
            if (answer.isEmpty()) {
                return isDone ? Seen.UNKNOWN_AND_DONE : Seen.UNKNOWN_AND_NOT_DONE;
            }
            if (answer.get() instanceof Response.Failed failed) {
                assertThat(failed.reason()).as(name).isEqualTo(Reason.ABORTED);
                assertThat(isDone).as("%s: told that it was aborted", name).isFalse();
                return Seen.ABORTED;
            }
            assertThat(isDone).as("%s: told that it was committed", name).isTrue();
            return Seen.COMMITTED;
        }
    }
}
