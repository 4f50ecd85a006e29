package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.host.HostOptions;
import dcluster.simulation.Fault.Partition.Form;
import dcluster.spi.Membership;
import dcluster.spi.NodeId;
import dcluster.spi.Status;
import dcluster.toolkit.seam.TwoPhaseProvider;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A coordinator that runs the algorithm in a role of its own is simulated as nodes are. */
class CoordinatorTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final NodeId COORDINATOR = new NodeId("coordinator");

    private static Simulation<?> simulation(long seed, Trace trace) {
        return new Simulation<>(Populations.twoRoles(3), seed, trace);
    }

    private static List<NodeId> ids(String... names) {
        return Stream.of(names).map(NodeId::new).toList();
    }

    @Test
    void itPlaysItsRoleBehindTheNodes() {
        var simulation = simulation(1, Trace.NONE);
        var transfers = Transfers.begin(simulation, 1);
        simulation.run(3 * SECOND);
        assertThat(simulation.ids()).isEqualTo(ids("n1", "n2", "n3", "coordinator"));
        assertThat(simulation.ids())
                .extracting(id -> simulation.status(id).map(Status::role).orElse("down"))
                .containsExactly("participant", "participant", "participant", "coordinator");
        assertThat(transfers.answered()).isGreaterThan(100);
    }

    @Test
    void itStaysWhenNodesAreTakenAway() {
        assertThat(Populations.twoRoles(3).ofNodes(1).ids()).isEqualTo(ids("n1", "coordinator"));
        assertThat(Populations.twoRoles(3).ofNodes(1).faults()).contains(Swarm.Kind.PARTITION);
    }

    @Test
    void itDrawsTheSameWhereNodesWereTakenAway() {
        var whole = simulation(1, Trace.NONE);
        var alone = new Simulation<>(Populations.twoRoles(3).ofNodes(1), 1, Trace.NONE);
        assertThat(alone.drawsAs(COORDINATOR)).isEqualTo(whole.drawsAs(COORDINATOR));
        assertThat(alone.drawsAs(new NodeId("n1"))).isEqualTo(whole.drawsAs(new NodeId("n1")));
        assertThat(whole.ids().stream().map(whole::drawsAs)).doesNotHaveDuplicates();
    }

    @Test
    void oneThatWouldOnlyRouteIsNotSimulated() {
        var raft = Populations.of("raft", 3);
        assertThat(raft.ids()).isEqualTo(ids("n1", "n2", "n3"));
        assertThat(raft.targets()).doesNotContain(Target.COORDINATOR);
    }

    @Test
    void aPopulationWithoutTheOneThatItNeedsIsRefused() {
        var alone = new Membership(List.of(Populations.member("n1")), Optional.empty());
        assertThatThrownBy(() -> new Population<>(
                        new TwoPhaseProvider(),
                        new TwoPhaseProvider.Config(),
                        alone,
                        HostOptions.DEFAULT,
                        Populations.JOURNAL))
                .hasMessage("two-roles needs a coordinator, and the members have none");
    }

    private static Digest digest(long seed) {
        var digest = new Digest();
        var population = Populations.twoRoles(3);
        var simulation = new Simulation<>(population, seed, digest);
        Transfers.begin(simulation, seed);
        Swarm.draw(seed, 5 * SECOND, population.faults(), population.targets()).layOn(simulation);
        simulation.run(5 * SECOND);
        return digest;
    }

    @Test
    void aSeedAlwaysDoesTheSameAndAnotherSomethingElse() {
        assertThat(digest(1).events()).isGreaterThan(500).isEqualTo(digest(1).events());
        assertThat(digest(1).value())
                .isEqualTo(digest(1).value())
                .isNotEqualTo(digest(2).value());
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault.Crash(Target.COORDINATOR, true, SECOND),
                new Fault.TornSync(Target.COORDINATOR, false, SECOND),
                new Fault.Pause(Target.COORDINATOR, SECOND),
                new Fault.Drift(Target.COORDINATOR, 100_000, SECOND),
                new Fault.Leap(Target.COORDINATOR, SECOND, SECOND),
                new Fault.WallClock(Target.COORDINATOR, -3600 * SECOND, SECOND),
                new Fault.SlowDisk(Target.COORDINATOR, 50 * MILLISECOND, SECOND),
                new Fault.FailedSync(Target.COORDINATOR, SECOND),
                new Fault.Wipe(Target.COORDINATOR, SECOND),
                new Fault.FlappingLinks(Form.ISOLATE, Target.COORDINATOR, 200 * MILLISECOND, SECOND));
    }

    private static void assertFelt(Fault fault) {
        var simulation = simulation(1, Trace.NONE);
        Transfers.begin(simulation, 1);
        Transfers.begin(simulation, 2);
        simulation.run(SECOND);
        simulation.begin(fault);
        simulation.run(3 * SECOND);
        var entry = simulation.ledger().entries().get(0);
        assertThat(entry.target()).isEqualTo(COORDINATOR);
        assertThat(entry.isConfirmed()).as("%s", entry).isTrue();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatBefallsNodesBefallsIt(Fault fault) {
        assertFelt(fault);
    }

    /** Nodes have nothing to say to each other in this algorithm: a bridge in their coordinator is not felt. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BRIDGE")
    void itsLinksAreCutInEachForm(Form form) {
        assertFelt(new Fault.Partition(form, Target.COORDINATOR, true, SECOND));
    }

    /** Beside it no fault of a node: participants in doubt are there because of it alone. */
    @Test
    void itComesBackOnItsJournalAndDecidesWhatWasLeftInDoubt() {
        long inDoubt = 0;
        for (long seed = 1; seed <= 10; seed++) {
            var simulation = simulation(seed, Trace.NONE);
            var clients = List.of(Transfers.begin(simulation, seed), Transfers.begin(simulation, seed + 100));
            for (int crash = 1; crash <= 5; crash++) {
                simulation.run(crash * SECOND - seed * MILLISECOND);
                simulation.begin(new Fault.Crash(Target.COORDINATOR, crash % 2 == 0, SECOND / 4));
                simulation.run(crash * SECOND + SECOND / 10);
                inDoubt += figure(simulation, "inDoubt");
            }
            clients.forEach(Transfers::end);
            simulation.mendAll();
            simulation.run(simulation.now() + 8 * SECOND);
            assertThat(figure(simulation, "locks")).as("seed %d", seed).isZero();
            assertThat(Transfers.total(simulation)).as("seed %d", seed).isZero();
            assertThat(clients.get(0).answered()).as("seed %d", seed).isPositive();
        }
        assertThat(inDoubt).as("transactions left in doubt").isPositive();
    }

    private static long figure(Simulation<?> simulation, String name) {
        return simulation.ids().stream()
                .flatMap(id -> simulation.status(id).stream())
                .mapToLong(status -> (Long) status.details().getOrDefault(name, 0L))
                .sum();
    }
}
