package dcluster.host;

import static dcluster.host.FakeWorld.N1;
import static dcluster.host.FakeWorld.N2;
import static dcluster.host.FakeWorld.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final Command WRITE = new Command.Put(Bytes.utf8("k"), Bytes.utf8("v"));
    private static final Response OK = new Response.Ok(new Result.Applied(true));
    private static final Response UNAVAILABLE = new Response.Failed(Response.Reason.UNAVAILABLE, "no leader");

    private final FakeWorld<Probe.Message> world = new FakeWorld<>();
    private final List<Response> answers = new ArrayList<>();
    private Router<Probe.Message> router = router(Balance.LEADER);

    private Router<Probe.Message> router(Balance balance) {
        var made = new Router<>(HostOptions.DEFAULT, balance, world.place());
        made.start(5, false);
        return made;
    }

    private void submit() {
        router.submit(WRITE, answers::add);
        world.loop.run();
    }

    private NodeId lastAsked() {
        return last().to();
    }

    private FakeWorld.Sent<Probe.Message> last() {
        return world.transport.sent.get(world.transport.sent.size() - 1);
    }

    private void answer(Response response) {
        var forward = (Envelope.Forward<Probe.Message>) last().envelope();
        router.receive(last().to(), new Envelope.Answer<>(forward.incarnation(), forward.id(), response));
        world.loop.run();
    }

    @Test
    void aRedirectIsFollowedAndRemembered() {
        submit();
        answer(new Response.Redirect(N3));
        assertThat(lastAsked()).isEqualTo(N3);
        answer(OK);
        submit();
        assertThat(lastAsked()).isEqualTo(N3);
        assertThat(router.status().leader()).contains(N3);
        assertThat(answers).containsExactly(OK);
    }

    @Test
    void eachForwardHasAHigherSequence() {
        submit();
        answer(new Response.Redirect(N3));
        submit();
        assertThat(world.transport.sent.stream().map(s -> ((Envelope.Forward<?>) s.envelope()).sequence()))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void nodesTakeTurns() {
        router = router(Balance.ROUND_ROBIN);
        for (int i = 0; i < 6; i++) {
            submit();
        }
        assertThat(router.shares().values())
                .allSatisfy(share -> assertThat(share.commands()).isEqualTo(2));
    }

    @Test
    void theNodeWithTheFewestOutstandingIsAsked() {
        router = router(Balance.LEAST_OUTSTANDING);
        submit();
        submit();
        submit();
        assertThat(world.transport.sent.stream().map(FakeWorld.Sent::to)).containsExactlyInAnyOrder(N1, N2, N3);
        var freed = lastAsked();
        answer(OK);
        submit();
        assertThat(lastAsked()).isEqualTo(freed);
    }

    @Test
    void anUnavailableNodeIsPassedOverButNotForEver() {
        submit();
        var first = lastAsked();
        answer(UNAVAILABLE);
        assertThat(lastAsked()).isNotEqualTo(first);
        for (int i = 0; i < 10; i++) {
            answer(UNAVAILABLE);
        }
        assertThat(answers).containsExactly(UNAVAILABLE);
    }

    @Test
    void nodesThatPointAtEachOtherAreADefiniteFailure() {
        submit();
        for (int i = 0; i < 10 && answers.isEmpty(); i++) {
            answer(new Response.Redirect(lastAsked().equals(N1) ? N2 : N1));
        }
        assertThat(answers).singleElement().isInstanceOf(Response.Failed.class);
    }

    @Test
    void anUnknownOutcomeIsNeverAskedAgain() {
        submit();
        answer(new Response.Unknown("who knows"));
        assertThat(answers).containsExactly(new Response.Unknown("who knows"));
        assertThat(world.transport.sent).hasSize(1);
    }

    @Test
    void aNodeThatCannotBeReachedIsPassedOver() {
        world.transport.unreachable.addAll(List.of(N1, N2));
        submit();
        assertThat(lastAsked()).isEqualTo(N3);
        world.transport.unreachable.add(N3);
        submit();
        assertThat(answers).singleElement().isInstanceOf(Response.Failed.class);
    }

    @Test
    void aBrokenConnectionLeavesItsCommandsUnknown() {
        submit();
        var asked = lastAsked();
        router.lost(asked.equals(N1) ? N2 : N1);
        world.loop.run();
        assertThat(answers).isEmpty();
        router.lost(asked);
        world.loop.run();
        assertThat(answers).singleElement().isInstanceOf(Response.Unknown.class);
        assertThat(router.shares().values())
                .allSatisfy(share -> assertThat(share.outstanding()).isZero());
    }

    @Test
    void aCommandThatIsNeverAnsweredRunsOut() {
        submit();
        world.loop.advance(HostOptions.DEFAULT.requestTimeout().toNanos() + 1);
        assertThat(answers).singleElement().isInstanceOf(Response.Unknown.class);
    }
}
