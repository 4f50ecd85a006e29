package dcluster.host;

import static dcluster.host.FakeWorld.N2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import dcluster.spi.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HostOperationsTest {
    private static final Command MEND = new Command.Operation("mend", List.of("x"));

    private final HostRig rig = new HostRig(HostRig.OPTIONS);
    private final FakeWorld<Probe.Message> world = rig.world;
    private final List<Response> answers = new ArrayList<>();

    private void submit(Command command) {
        rig.host.submit(command, answers::add);
        world.loop.run();
    }

    @Test
    void anOperationThatTheAlgorithmOffersIsARequestToIt() {
        var table = new Response.Ok(new Result.Table(List.of("name"), List.of(List.of("x"))));
        rig.probe.whenAsked = request -> {
            rig.probe.requests.add(request);
            rig.probe.context.reply(request, table);
        };
        submit(MEND);
        assertThat(rig.probe.requests)
                .singleElement()
                .satisfies(request -> assertThat(request.command()).isEqualTo(MEND));
        assertThat(answers).containsExactly(table);
        assertThat(rig.host.operations()).containsOnlyKeys("mend", "show");
    }

    @Test
    void anotherOperationIsRefusedWithTheNamesOfThoseThereAre() {
        submit(new Command.Operation("break", List.of()));
        assertThat(rig.probe.requests).isEmpty();
        assertThat(answers)
                .containsExactly(new Response.Failed(
                        Reason.UNSUPPORTED,
                        "this algorithm, as configured, has no operation 'break'; it has mend, show"));
    }

    @Test
    void anOperationThatIsNotAnsweredInTimeHasAnUnknownOutcome() {
        submit(MEND);
        world.loop.advance(2_000_000);
        assertThat(answers).singleElement().isInstanceOf(Response.Unknown.class);
    }

    /** An operator means the node that was asked, also where clients are forwarded. */
    @Test
    void theRedirectOfAnOperationIsNotFollowed() {
        rig.probe.whenAsked = request -> rig.probe.context.reply(request, new Response.Redirect(N2));
        submit(MEND);
        assertThat(answers).containsExactly(new Response.Redirect(N2));
        assertThat(world.transport.sent).isEmpty();
    }

    /** It is no write of a client: what is under way for clients elsewhere stays so. */
    @Test
    void anOperationDoesNotGiveUpWhatIsForwarded() {
        rig.probe.whenAsked = request -> {
            if (!(request.command() instanceof Command.Operation)) {
                rig.probe.context.reply(request, new Response.Redirect(N2));
            }
        };
        submit(new Command.Delete(Bytes.utf8("k")));
        submit(MEND);
        assertThat(world.transport.sent).hasSize(1);
        assertThat(answers).isEmpty();
    }

    @Test
    void aForwardThatCarriesAnOperationIsRefused() {
        rig.host.receive(N2, new Envelope.Forward<>(9, 1, 44, MEND));
        world.loop.run();
        assertThat(rig.probe.requests).isEmpty();
        var refusal = new Response.Failed(Reason.UNSUPPORTED, "an operation is asked of a node's admin port alone");
        assertThat(world.transport.sent)
                .containsExactly(new FakeWorld.Sent<>(N2, new Envelope.Answer<>(9, 44, refusal)));
    }

    @Test
    void aRouterHasNoOperationsAndSendsNoneOn() {
        var elsewhere = new FakeWorld<Probe.Message>();
        var router = new Router<>(HostOptions.DEFAULT, Balance.LEADER, elsewhere.place());
        router.start(1, false);
        router.submit(MEND, answers::add);
        elsewhere.loop.run();
        assertThat(elsewhere.transport.sent).isEmpty();
        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        Response.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.UNSUPPORTED));
        assertThat(router.operations()).isEmpty();
    }

    @Test
    void traitsTakeNoNameThatCouldNotStandInAPath() {
        assertThatThrownBy(() -> new Traits(
                        Traits.Consistency.EVENTUAL,
                        "nothing",
                        Map.of(),
                        Set.of(),
                        List.of(),
                        List.of(),
                        Set.of(),
                        new TreeMap<>(Map.of("Two words", ""))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no name for an operation: Two words");
    }
}
