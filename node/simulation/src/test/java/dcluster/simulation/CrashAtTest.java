package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.host.Point;
import dcluster.simulation.Fault.CrashAt;
import dcluster.simulation.Tape.Seen;
import dcluster.simulation.Trace.Event;
import dcluster.simulation.Trace.Fate;
import dcluster.spi.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that end at a point: exactly there, and no other but where all are to. */
class CrashAtTest {
    private static final long SECOND = 1_000_000_000;
    private static final NodeId N2 = new NodeId("n2");

    private final Tape tape = new Tape();

    private Simulation<?> simulation() {
        var simulation = new Simulation<>(Populations.of("raft", 3), 3, tape);
        for (int client = 0; client < 3; client++) {
            Load.begin(simulation, client);
        }
        return simulation;
    }

    private static CrashAt at(String point) {
        return CrashAt.of(N2, Point.parse(point), SECOND, 5 * SECOND);
    }

    private List<Seen> crashes() {
        return tape.nodes(Event.CRASHED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"receives AppendEntries 2", "sends AppendReply", "durable Append", "journals Append", "event 3"})
    void theProcessEndsThereAndIsStartedAgain(String point) {
        var simulation = simulation();
        simulation.begin(at(point));
        simulation.run(4 * SECOND);
        assertThat(crashes()).singleElement().extracting(Seen::node).isEqualTo(N2);
        assertThat(simulation.isUp(N2)).isTrue();
        assertThat(simulation.ledger().entries()).singleElement().matches(Ledger.Entry::isConfirmed);
        assertThat(simulation.ledger().entries().get(0).target()).isEqualTo(N2);
    }

    @Test
    void whatItWasAboutToSendIsNotSentAndWhatItHasSentIs() {
        var before = simulation();
        before.begin(at("sends AppendReply"));
        before.run(SECOND / 2);
        assertThat(repliesOfAppends()).isZero();
        tape.clear();
        var after = simulation();
        after.begin(at("sent AppendReply"));
        after.run(SECOND / 2);
        assertThat(repliesOfAppends()).isOne();
    }

    private long repliesOfAppends() {
        assertThat(crashes()).hasSize(1);
        return tape.messages().stream()
                .filter(heard -> heard.fate() == Fate.SENT && heard.from().equals(N2))
                .filter(heard -> heard.type().equals("AppendReply"))
                .count();
    }

    @Test
    void allEndWithItWhereAllAreTo() {
        var simulation = simulation();
        simulation.begin(at("durable Append").ofAll().losingPower());
        simulation.run(4 * SECOND);
        assertThat(crashes())
                .allMatch(seen -> seen.what().equals("loses power"))
                .extracting(Seen::node)
                .containsExactlyInAnyOrderElementsOf(simulation.ids());
        assertThat(crashes()).extracting(Seen::at).containsOnly(crashes().get(0).at());
        assertThat(simulation.ids()).allMatch(simulation::isUp);
        assertThat(simulation.ledger().entries()).singleElement().matches(entry -> entry.evidence() == 3);
    }

    @Test
    void aPointThatIsNeverMetLeavesAFaultThatIsNotConfirmed() {
        var simulation = simulation();
        simulation.begin(at("sends InstallSnapshot"));
        simulation.run(6 * SECOND);
        assertThat(crashes()).isEmpty();
        assertThat(simulation.isDisturbed()).isFalse();
        assertThat(simulation.ledger().entries()).singleElement().matches(entry -> !entry.isConfirmed());
    }

    @Test
    void itIsToldInALine() {
        assertThat(FaultWords.of(at("sends AppendReply").ofAll()))
                .isEqualTo("crash-at of n2 for 5.000 s, at 'sends AppendReply 1', then down for 1.000 s, process killed"
                        + " everywhere");
    }
}
