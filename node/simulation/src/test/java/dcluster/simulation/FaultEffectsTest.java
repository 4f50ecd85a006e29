package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.simulation.Fault.Partition.Form;
import dcluster.simulation.Links.Quality;
import dcluster.simulation.Tape.Heard;
import dcluster.simulation.Tape.Seen;
import dcluster.simulation.Trace.Event;
import dcluster.simulation.Trace.Fate;
import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each fault does to a cluster, as those tell who do not know of it: links, disks, nodes and their journals. */
class FaultEffectsTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final long BEGIN = 2 * SECOND;

    /** Writes whose records are longer than a sector. */
    private static final List<Command> LARGE = IntStream.range(0, 4)
            .<Command>mapToObj(key -> new Command.Put(Bytes.utf8("k" + key), Bytes.utf8("v".repeat(100))))
            .toList();

    private final Tape tape = new Tape();

    /** Three nodes, or more, that serve five clients. */
    private Simulation<?> loaded(int nodes, long seed) {
        var simulation = new Simulation<>(Populations.of("raft", nodes), seed, tape);
        for (int client = 0; client < 5; client++) {
            Load.begin(simulation, client);
        }
        simulation.run(BEGIN);
        return simulation;
    }

    private static NodeId leader(Simulation<?> simulation) {
        return simulation.ids().stream()
                .filter(id -> simulation
                        .status(id)
                        .flatMap(status -> status.leader())
                        .filter(id::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** What was told from the fault's beginning to its end. */
    private List<Heard> during(Fault fault, Predicate<Heard> which) {
        return tape.messages().stream()
                .filter(heard -> heard.at() > BEGIN && heard.at() <= BEGIN + fault.nanos())
                .filter(which)
                .toList();
    }

    private static Simulation<?> live(Simulation<?> simulation, Fault fault) {
        simulation.begin(fault);
        simulation.run(BEGIN + fault.nanos());
        return simulation;
    }

    // Links

    /** In-flight messages are dropped, so whatever is delivered was sent meanwhile, over a link that is not cut. */
    @ParameterizedTest
    @EnumSource
    void aPartitionSwallowsAllOnTheLinksThatItCutsAndNothingElse(Form form) {
        var simulation = loaded(5, 1);
        // Followers have nothing to say to each other: a bridge in their leader would not be felt.
        var target = form == Form.BRIDGE ? Target.FOLLOWER : Target.LEADER;
        var fault = new Fault.Partition(form, target, true, 3 * SECOND);
        live(simulation, fault);
        int around = simulation.ids().indexOf(tape.targets().get(0));
        Predicate<Heard> isCut = heard -> Partitions.isCut(
                form,
                5,
                around,
                simulation.ids().indexOf(heard.from()),
                simulation.ids().indexOf(heard.to()));
        assertThat(during(fault, isCut))
                .extracting(Heard::fate)
                .contains(Fate.CUT)
                .doesNotContain(Fate.DELIVERED);
        assertThat(during(fault, isCut.negate()))
                .extracting(Heard::fate)
                .contains(Fate.DELIVERED)
                .doesNotContain(Fate.CUT);
    }

    @Test
    void linksThatFlapSwallowAndLetPassByTurns() {
        var fault = new Fault.FlappingLinks(Form.ISOLATE, Target.LEADER, 200 * MILLISECOND, 3 * SECOND);
        var simulation = loaded(3, 1);
        var leader = leader(simulation);
        live(simulation, fault);
        var fates = during(fault, heard -> heard.from().equals(leader)).stream()
                .map(Heard::fate)
                .filter(fate -> fate == Fate.CUT || fate == Fate.DELIVERED)
                .toList();
        assertThat(changes(fates)).isGreaterThan(10);
        simulation.run(simulation.now() + SECOND);
        assertThat(tape.messages().stream().filter(heard -> heard.at() > BEGIN + fault.nanos()))
                .extracting(Heard::fate)
                .contains(Fate.DELIVERED)
                .doesNotContain(Fate.CUT);
    }

    private static long changes(List<?> sequence) {
        return IntStream.range(1, sequence.size())
                .filter(i -> !sequence.get(i).equals(sequence.get(i - 1)))
                .count();
    }

    @Test
    void badWeatherLosesRepeatsAndReordersOnEveryLink() {
        var fault = new Fault.Weather(Quality.GOOD.with(0.2, 0.2, 0.2), 3 * SECOND);
        var simulation = live(loaded(3, 1), fault);
        for (var fate : List.of(Fate.LOST, Fate.REPEATED, Fate.DELAYED)) {
            var links = during(fault, heard -> heard.fate() == fate).stream()
                    .map(heard -> heard.from() + "->" + heard.to())
                    .collect(Collectors.toSet());
            assertThat(links).as("%s", fate).hasSizeGreaterThanOrEqualTo(4);
        }
        assertThat(simulation.tally().count("message overtaken")).isPositive();
    }

    // Nodes

    @Test
    void aTornSyncStrikesWhileTheDiskIsAtWorkAndMayTearTheTail() {
        var tally = new Tally();
        for (long seed = 1; seed <= 12; seed++) {
            var simulation = loaded(3, seed);
            long before = simulation.tally().count("crash before a sync");
            live(simulation, new Fault.TornSync(Target.LEADER, false, SECOND));
            assertThat(simulation.tally().count("crash before a sync"))
                    .as("seed %d", seed)
                    .isEqualTo(before + 1);
            tally.add(simulation.tally());
        }
        assertThat(tally.count("tail torn")).isPositive();
        assertThat(tally.count("tail lost")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTornSyncStrikesItsTargetOrAllAtThatMoment(boolean everywhere) {
        live(loaded(3, 1), new Fault.TornSync(Target.LEADER, everywhere, SECOND));
        var crashes = tape.nodes(Event.CRASHED);
        assertThat(crashes).hasSize(everywhere ? 3 : 1);
        assertThat(crashes.stream().map(Seen::at).distinct()).hasSize(1);
    }

    @Test
    void shortReignsEndSeveralLeadersSoonAfterTheyBeginAndSpareSomeForAWhile() {
        long reign = 40 * MILLISECOND;
        var simulation = loaded(3, 1);
        live(simulation, new Fault.ShortReigns(false, reign, 500 * MILLISECOND, 20 * SECOND));
        var elections = tape.nodes(Event.NOTED).stream()
                .filter(seen -> seen.what().equals("elected") && seen.at() > BEGIN)
                .toList();
        var crashes = tape.nodes(Event.CRASHED);
        assertThat(crashes).hasSizeGreaterThan(5);
        assertThat(crashes.get(0).at()).as("who leads when it begins").isLessThanOrEqualTo(BEGIN + reign);
        var reigns = crashes.stream()
                .skip(1)
                .map(crash -> elections.stream()
                        .filter(elected -> elected.node().equals(crash.node()) && elected.at() <= crash.at())
                        .mapToLong(elected -> crash.at() - elected.at())
                        .min()
                        .orElseThrow())
                .toList();
        assertThat(reigns).allMatch(nanos -> nanos <= reign + Guillotine.SPARED_NANOS);
        long soon = reigns.stream().filter(nanos -> nanos <= reign).count();
        assertThat(soon).isGreaterThan(reigns.size() / 2).isLessThan(reigns.size());
        long served = simulation.now();
        simulation.run(served + 3 * SECOND);
        assertThat(tape.nodes(Event.CRASHED)).as("it ends").hasSameSizeAs(crashes);
    }

    @Test
    void aBlackoutEndsAllAtOnceAndAllComeBack() {
        var simulation = loaded(5, 1);
        simulation.begin(new Fault.Blackout(true, SECOND));
        assertThat(simulation.ids()).noneMatch(simulation::isUp);
        simulation.run(BEGIN + SECOND);
        assertThat(simulation.ids()).allMatch(simulation::isUp);
        assertThat(tape.nodes(Event.CRASHED)).hasSize(5);
    }

    @Test
    void aLostMinorityIsCutOffAndHalfOfItIsDown() {
        var simulation = loaded(5, 1);
        var fault = new Fault.LostMinority(false, 2 * SECOND);
        live(simulation, fault);
        var crashed = tape.nodes(Event.CRASHED).stream().map(Seen::node).collect(Collectors.toSet());
        assertThat(crashed).hasSize(1);
        var silent = during(fault, heard -> heard.fate() == Fate.CUT).stream()
                .map(Heard::from)
                .collect(Collectors.toSet());
        assertThat(silent).hasSizeGreaterThan(1);
        var heard = during(fault, each -> each.fate() == Fate.DELIVERED).stream()
                .flatMap(each -> Stream.of(each.from(), each.to()))
                .collect(Collectors.toSet());
        assertThat(heard).hasSize(3).doesNotContainAnyElementsOf(crashed);
    }

    // Disks

    @Test
    void aWipedNodeForgetsWhatItHadMadeDurable() {
        var simulation = new Simulation<>(Populations.of("none", 1), 1, tape);
        Load.begin(simulation, 1);
        simulation.run(BEGIN);
        var node = simulation.ids().get(0);
        assertThat(simulation.status(node).orElseThrow().applied()).isGreaterThan(20);
        simulation.begin(new Fault.Wipe(Target.ANY, MILLISECOND));
        assertThat(simulation.isUp(node)).isFalse();
        simulation.run(BEGIN + MILLISECOND);
        assertThat(simulation.status(node).orElseThrow().applied()).isZero();
        simulation.begin(new Fault.Crash(Target.ANY, true, MILLISECOND));
        simulation.run(BEGIN + 3 * MILLISECOND);
        assertThat(simulation.status(node).orElseThrow().applied())
                .as("nothing comes back")
                .isZero();
    }

    /** Whatever the moment, what was written together may be lost in part: some of it is there, and some is not. */
    @Test
    void aLossOfPowerLeavesAnyPrefixOfWhatWasWrittenTogether() {
        Set<Long> kept = LongStream.rangeClosed(1, 60)
                .mapToObj(FaultEffectsTest::keptOfFour)
                .collect(Collectors.toSet());
        assertThat(kept).contains(0L, 1L, 2L, 3L);
    }

    /** How many of four records of one turn a node finds that lost power while it synced them. */
    private static long keptOfFour(long seed) {
        var simulation = new Simulation<>(Populations.of("none", 1), seed, Trace.NONE);
        simulation.run(SECOND);
        var node = simulation.ids().get(0);
        simulation.begin(new Fault.TornSync(Target.ANY, false, SECOND));
        for (int i = 0; i < 4; i++) {
            simulation.submit(node, LARGE.get(i), answer -> {});
        }
        simulation.run(3 * SECOND);
        return simulation.status(node).orElseThrow().applied();
    }
}
