package dcluster.toolkit.seam;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Member;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Request;
import dcluster.spi.Response;
import dcluster.spi.Result;
import dcluster.toolkit.testing.Members;
import dcluster.toolkit.testing.Mesh;
import dcluster.toolkit.testing.RecordingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TwoPhaseTest {
    private static final NodeId COORDINATOR = new NodeId("coordinator");
    private static final Membership MEMBERS =
            new Membership(List.of(member("n1", 1), member("n2", 2)), Optional.of(member("coordinator", 9)));
    private static final Bytes ON_N1 = keyOf("n1");
    private static final Bytes ON_N2 = keyOf("n2");
    private static final Command TRANSFER =
            new Command.Transaction(List.of(new Command.Increment(ON_N1, -5), new Command.Increment(ON_N2, 5)));

    private final Mesh<TwoPhase.Message, TwoPhase.Entry, TwoPhase.Timer, TwoPhase> mesh =
            new Mesh<>(MEMBERS, TwoPhase::new);

    private static Member member(String name, int port) {
        return Members.member(name, port);
    }

    private static Bytes keyOf(String owner) {
        for (int i = 0; ; i++) {
            var key = Bytes.utf8("account" + i);
            if (TwoPhase.owner(key, MEMBERS.ids()).name().equals(owner)) {
                return key;
            }
        }
    }

    private Request begin() {
        return mesh.at(COORDINATOR).request(TRANSFER);
    }

    private Response answer(Request request) {
        return mesh.at(COORDINATOR).reply(request).orElseThrow();
    }

    private long details(String node, String name) {
        return (Long) mesh.replica(new NodeId(node)).status().details().getOrDefault(name, -1L);
    }

    /** Both participants' forced records and the coordinator's, before anything that depends on them. */
    @Test
    void everyStepWaitsForItsForcedWrite() {
        begin();
        var n1 = mesh.at(new NodeId("n1"));
        n1.receive(
                COORDINATOR,
                mesh.at(COORDINATOR)
                        .sent(new NodeId("n1"), TwoPhase.Prepare.class)
                        .get(0));
        assertThat(n1.sent()).as("a vote before its record is durable").isEmpty();
        n1.durable();
        assertThat(n1.sent(COORDINATOR, TwoPhase.Vote.class)).hasSize(1);
    }

    @Test
    void bothSidesOfATransferHappen() {
        var coordinator = mesh.at(COORDINATOR);
        var request = begin();
        mesh.onlyIf((to, message) -> !(message instanceof TwoPhase.Vote));
        mesh.settle();
        assertThat(details("n1", "locks") + details("n2", "locks")).isEqualTo(2);
        votes(coordinator);
        assertThat(coordinator.reply(request))
                .as("before the decision is durable")
                .isEmpty();
        coordinator.durable(Integer.MAX_VALUE);
        assertThat(answer(request))
                .isEqualTo(new Response.Ok(
                        new Result.Each(List.of(new Result.WholeNumber(-5), new Result.WholeNumber(5)))));
        mesh.settle();
        assertThat(details("n1", "locks") + details("n2", "locks") + details("coordinator", "committed"))
                .isZero();
    }

    private void votes(RecordingContext<TwoPhase.Message, TwoPhase.Entry, TwoPhase.Timer> coordinator) {
        var id = new TwoPhase.TransactionId(COORDINATOR, 1, 1);
        coordinator.receive(new NodeId("n1"), yes(id, -5));
        coordinator.receive(new NodeId("n2"), yes(id, 5));
    }

    private static TwoPhase.Vote yes(TwoPhase.TransactionId id, long sum) {
        return new TwoPhase.Vote(id, Optional.of(List.of(new Result.WholeNumber(sum))));
    }

    @Test
    @Tag("hard-case-46")
    void aParticipantRemembersItsVoteAndItsLocksThroughACrash() {
        begin();
        mesh.onlyIf((to, message) -> message instanceof TwoPhase.Prepare);
        mesh.settle();
        mesh.crash(new NodeId("n1"));
        assertThat(details("n1", "inDoubt")).isEqualTo(1);
        assertThat(details("n1", "locks")).isEqualTo(1);
    }

    @Test
    @Tag("hard-case-47")
    void aParticipantInDoubtAsksForEverAndNeverDecidesAlone() {
        begin();
        mesh.onlyIf((to, message) -> message instanceof TwoPhase.Prepare);
        mesh.settle();
        var n1 = mesh.at(new NodeId("n1"));
        n1.advance(Duration.ofMinutes(10));
        assertThat(n1.sent(COORDINATOR, TwoPhase.Inquiry.class)).hasSizeGreaterThan(100);
        assertThat(details("n1", "inDoubt")).isEqualTo(1);
    }

    @Test
    @Tag("hard-case-45")
    void aCoordinatorThatDiesBeforeItsDecisionIsDurableHasAborted() {
        begin();
        mesh.onlyIf((to, message) -> message instanceof TwoPhase.Prepare);
        mesh.settle();
        votes(mesh.at(COORDINATOR));
        mesh.crash(COORDINATOR);
        inquire();
        assertThat(details("n1", "locks") + details("n2", "locks")).isZero();
        assertThat(total()).containsOnly(new Response.Ok(new Result.Absent()));
    }

    @Test
    @Tag("hard-case-45")
    void aCoordinatorThatDiesAfterItsDecisionIsDurableAnnouncesIt() {
        begin();
        mesh.onlyIf((to, message) -> message instanceof TwoPhase.Prepare);
        mesh.settle();
        votes(mesh.at(COORDINATOR));
        mesh.at(COORDINATOR).durable(Integer.MAX_VALUE);
        mesh.crash(COORDINATOR);
        mesh.onlyIf((to, message) -> true);
        mesh.settle();
        assertThat(total())
                .containsExactly(
                        new Response.Ok(new Result.Found(Bytes.utf8("-5"))),
                        new Response.Ok(new Result.Found(Bytes.utf8("5"))));
    }

    private void inquire() {
        mesh.onlyIf((to, message) -> true);
        List.of("n1", "n2").forEach(node -> mesh.at(new NodeId(node)).advance(Duration.ofSeconds(1)));
        mesh.settle();
    }

    private List<Response> total() {
        return List.of(
                mesh.replica(new NodeId("n1")).read(ON_N1),
                mesh.replica(new NodeId("n2")).read(ON_N2));
    }

    @Test
    void aConflictAbortsAndNothingOfItStays() {
        begin();
        mesh.onlyIf((to, message) -> message instanceof TwoPhase.Prepare);
        mesh.settle();
        var second = begin();
        mesh.onlyIf((to, message) ->
                !(message instanceof TwoPhase.Vote vote && vote.id().number() == 1));
        var coordinator = mesh.at(COORDINATOR);
        var prepare = coordinator.sent(new NodeId("n1"), TwoPhase.Prepare.class).get(0);
        var n1 = mesh.at(new NodeId("n1"));
        n1.receive(COORDINATOR, prepare);
        n1.sent(COORDINATOR, TwoPhase.Vote.class).forEach(vote -> coordinator.receive(new NodeId("n1"), vote));
        assertThat(answer(second)).isInstanceOf(Response.Failed.class);
    }

    @Test
    void aParticipantSendsItsClientsToTheCoordinator() {
        var n1 = mesh.at(new NodeId("n1"));
        var request = n1.request(TRANSFER);
        assertThat(n1.reply(request)).contains(new Response.Redirect(COORDINATOR));
    }
}
