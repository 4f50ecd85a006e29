package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.simulation.Trace.Event;
import dcluster.spi.NodeId;
import dcluster.spi.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that lose their disks, of an algorithm that recovers from that as long as a majority does not. */
class AmnesiaTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;

    private final Tape tape = new Tape();

    private Simulation<?> simulation(int nodes) {
        return new Simulation<>(Convalescent.population(nodes), 1, tape);
    }

    private static List<NodeId> recovering(Simulation<?> simulation) {
        return simulation.ids().stream()
                .filter(id -> simulation.status(id).orElseThrow().role().equals(Status.RECOVERING))
                .toList();
    }

    private static void wipe(Simulation<?> simulation, long downNanos) {
        simulation.begin(new Fault.Wipe(Target.ANY, downNanos));
        simulation.run(simulation.now() + downNanos + MILLISECOND / 2);
    }

    @Test
    void aWipedNodeKnowsItUntilItHasRecoveredAndIsOfALaterIncarnationThanAllBefore() {
        var simulation = simulation(3);
        simulation.run(SECOND);
        simulation.begin(new Fault.Blackout(false, MILLISECOND));
        simulation.run(2 * SECOND);
        assertThat(recovering(simulation)).isEmpty();

        wipe(simulation, MILLISECOND);
        assertThat(recovering(simulation)).hasSize(1);
        var wiped = recovering(simulation).get(0);
        simulation.run(3 * SECOND);
        assertThat(recovering(simulation)).isEmpty();
        assertThat(incarnations(wiped)).containsExactly(1L, 2L, 3L);
        assertThat(simulation.status(wiped).orElseThrow().stateHash())
                .as("recovered in")
                .isEqualTo(3);

        simulation.begin(new Fault.Blackout(true, MILLISECOND));
        simulation.run(4 * SECOND);
        assertThat(recovering(simulation)).as("what is journalled stays").isEmpty();
        assertThat(incarnations(wiped)).containsExactly(1L, 2L, 3L, 4L);
    }

    private List<Object> incarnations(NodeId node) {
        return tape.nodes(Event.STARTED).stream()
                .filter(seen -> seen.node().equals(node))
                .map(seen -> seen.details().get(1))
                .toList();
    }

    /** Of five nodes two may forget what they promised; whoever is cut off cannot have recovered. */
    @Test
    void noMoreThanAMinorityHasForgottenAtOnceHoweverManyWipesThereAre() {
        var simulation = simulation(5);
        simulation.run(SECOND);
        simulation.begin(new Fault.Weather(Links.Quality.GOOD.with(1, 0, 0), 10 * SECOND));
        for (int i = 0; i < 40; i++) {
            wipe(simulation, MILLISECOND);
            assertThat(recovering(simulation)).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(recovering(simulation)).hasSize(2);
        var confirmed = new ArrayList<Boolean>();
        simulation.ledger().entries().forEach(entry -> confirmed.add(entry.isConfirmed()));
        assertThat(confirmed).as("a wipe that was held back is not claimed").contains(true, false);

        simulation.mendAll();
        simulation.run(simulation.now() + SECOND);
        assertThat(recovering(simulation)).isEmpty();
        wipe(simulation, MILLISECOND);
        assertThat(recovering(simulation)).hasSize(1);
    }

    @Test
    void whenAMinorityIsLostWhoHasForgottenIsInIt() {
        var simulation = simulation(5);
        simulation.run(SECOND);
        simulation.begin(new Fault.Weather(Links.Quality.GOOD.with(1, 0, 0), SECOND));
        for (int i = 0; i < 40; i++) {
            wipe(simulation, MILLISECOND);
        }
        var forgetful = recovering(simulation);
        simulation.mendAll();
        simulation.begin(new Fault.LostMinority(false, SECOND));
        simulation.run(simulation.now() + SECOND / 2);
        assertThat(simulation.ids().stream()
                        .filter(simulation::isUp)
                        .filter(id -> simulation.status(id).orElseThrow().role().equals("well")))
                .hasSize(3)
                .doesNotContainAnyElementsOf(forgetful);
    }

    @Test
    void aMajorityThatIsWipedNeverRecovers() {
        var simulation = simulation(5);
        simulation.run(SECOND);
        simulation.begin(new Fault.WipedMajority(MILLISECOND));
        simulation.run(20 * SECOND);
        simulation.mendAll();
        assertThat(recovering(simulation)).hasSize(3);
        assertThat(simulation.ledger().entries()).allMatch(Ledger.Entry::isConfirmed);
    }

    @Test
    void whoeverWasNeverStartedHasNothingToForget() {
        var simulation = simulation(3);
        simulation.begin(new Fault.Wipe(Target.ANY, MILLISECOND));
        simulation.run(SECOND);
        assertThat(recovering(simulation)).isEmpty();
    }
}
