package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.simulation.Fault.Partition.Form;
import dcluster.simulation.Plan.Planned;
import dcluster.simulation.Swarm.Kind;
import dcluster.spi.Traits;
import dcluster.spi.Traits.Consistency;
import dcluster.spi.Traits.Property;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SwarmTest {
    private static final long NANOS = 30_000_000_000L;
    private static final int SEVERAL = 5;
    private static final Set<Kind> ALL = Kind.among(SEVERAL, traits(Property.HAS_LEADER));
    private static final Set<Kind> ALONE = Kind.among(1, traits());

    private static Traits traits(Property... properties) {
        return new Traits(Consistency.REGULAR, "something", Map.of(), Set.of(properties), List.of());
    }

    private static List<Fault> all(Set<Kind> possible) {
        return LongStream.rangeClosed(1, 200)
                .mapToObj(seed -> Swarm.draw(seed, NANOS, possible))
                .flatMap(plan -> plan.faults().stream())
                .map(Planned::fault)
                .toList();
    }

    @Test
    void whereThereIsACoordinatorItIsATargetAndElsewhereAllIsAsItWas() {
        var all = EnumSet.allOf(Kind.class);
        var among = Target.among(true);
        assertThat(LongStream.range(0, 20)
                        .mapToObj(seed -> Swarm.draw(seed, NANOS, all, among))
                        .flatMap(plan -> plan.faults().stream())
                        .map(Planned::fault)
                        .filter(Fault.OfNode.class::isInstance)
                        .map(fault -> ((Fault.OfNode) fault).target()))
                .contains(Target.values());
        assertThat(Swarm.draw(7, NANOS, all, Target.among(false))).isEqualTo(Swarm.draw(7, NANOS));
    }

    @Test
    void aSeedAlwaysDrawsTheSamePlanAndAnotherAnother() {
        assertThat(Swarm.draw(7, NANOS)).isEqualTo(Swarm.draw(7, NANOS));
        assertThat(Swarm.draw(7, NANOS).faults())
                .isNotEqualTo(Swarm.draw(8, NANOS).faults());
    }

    @Test
    void faultsComeInOrderWithinTheTimeAndAreEnoughToCount() {
        for (long seed = 1; seed <= 200; seed++) {
            var faults = Swarm.draw(seed, NANOS).faults();
            assertThat(faults).hasSizeGreaterThanOrEqualTo(4);
            long before = 0;
            for (var planned : faults) {
                assertThat(planned.at()).isBetween(before, NANOS - 1);
                assertThat(planned.fault().nanos()).isPositive();
                before = planned.at();
            }
        }
    }

    @Test
    void allKindsTargetsAndFormsOccur() {
        var kinds = all(ALL).stream().map(Fault::kind).collect(Collectors.toSet());
        assertThat(kinds).isEqualTo(Swarm.words(ALL));
        var targets =
                all(ALL).stream().filter(Fault.OfNode.class::isInstance).map(fault -> ((Fault.OfNode) fault).target());
        assertThat(targets).containsOnly(Target.LEADER, Target.FOLLOWER, Target.ANY);
        var forms = all(ALL).stream()
                .filter(Fault.Partition.class::isInstance)
                .map(fault -> ((Fault.Partition) fault).form());
        assertThat(forms).contains(Form.values());
        var tails = all(ALL).stream()
                .filter(Fault.Weather.class::isInstance)
                .map(fault -> ((Fault.Weather) fault).quality().longTail());
        assertThat(tails).contains(true, false);
    }

    @Test
    void aRunLeavesKindsOut() {
        var counts = new ArrayList<Long>();
        for (long seed = 1; seed <= 200; seed++) {
            counts.add(Swarm.draw(seed, NANOS).faults().stream()
                    .map(planned -> planned.fault().kind())
                    .distinct()
                    .count());
        }
        assertThat(counts).allMatch(count -> count < Swarm.words(ALL).size()).anyMatch(count -> count <= 2);
    }

    /** Long enough to elect somebody, and for some writes: a run in which none succeeds shows nothing. */
    @Test
    void eachRunHasARespite() {
        long respite = 2_500_000_000L;
        for (long seed = 1; seed <= 400; seed++) {
            var faults = Swarm.draw(seed, NANOS).faults();
            long longest = 0;
            long free = 0;
            for (var planned : faults) {
                longest = Math.max(longest, planned.at() - free);
                free = Math.max(free, planned.at() + planned.fault().nanos());
            }
            assertThat(Math.max(longest, NANOS - free)).as("seed %d", seed).isGreaterThanOrEqualTo(respite);
        }
    }

    @Test
    void someLeadersAreCutOffAndStandStillFromOneMomentOn() {
        long sleepers = LongStream.rangeClosed(1, 200)
                .filter(seed -> {
                    var faults = Swarm.draw(seed, NANOS).faults();
                    return faults.stream()
                            .anyMatch(each -> isIsolation(each.fault())
                                    && faults.stream()
                                            .anyMatch(other ->
                                                    other.at() == each.at() && isPauseOfLeader(other.fault())));
                })
                .count();
        assertThat(sleepers).isPositive();
    }

    private static boolean isIsolation(Fault fault) {
        return fault instanceof Fault.Partition partition
                && partition.form() == Form.ISOLATE
                && partition.target() == Target.LEADER;
    }

    private static boolean isPauseOfLeader(Fault fault) {
        return fault instanceof Fault.Pause pause && pause.target() == Target.LEADER;
    }

    @Test
    void aNodeThatIsAloneSuffersNothingThatTakesLinks() {
        var kinds = all(ALONE).stream().map(Fault::kind).collect(Collectors.toSet());
        assertThat(kinds).isEqualTo(Swarm.words(ALONE)).doesNotContain("partition", "weather");
        assertThat(Swarm.words(ALL)).containsAll(kinds).contains("partition", "weather");
    }

    @Test
    void whereNobodyLeadsNothingStrikesLeaders() {
        var kinds = all(Kind.among(SEVERAL, traits())).stream().map(Fault::kind).collect(Collectors.toSet());
        assertThat(kinds).contains("partition", "weather", "crash").doesNotContain("short-reigns", "usurpations");
    }

    @Test
    void whereClocksAreTrustedNothingMakesThemDiffer() {
        var trusting = Kind.among(SEVERAL, traits(Property.TRUSTS_CLOCKS));
        assertThat(Swarm.words(trusting)).contains("leap", "pause").doesNotContain("wall-clock", "drift");
        assertThat(all(trusting)).noneMatch(fault -> fault instanceof Fault.WallClock || fault instanceof Fault.Drift);
        assertThat(Swarm.words(Kind.among(SEVERAL, traits()))).contains("wall-clock", "drift");
    }

    @Test
    void whereNobodyRecoversFromThatNoDiskIsLostAndElsewhereAllElseIsAsItWas() {
        var recovering = Kind.among(SEVERAL, traits(Property.HAS_LEADER, Property.RECOVERS_FROM_WIPES));
        assertThat(Swarm.words(ALL)).doesNotContain("wipe");
        assertThat(Swarm.words(recovering)).contains("wipe");
        long wiped = 0;
        for (long seed = 1; seed <= 60; seed++) {
            var without = Swarm.draw(seed, NANOS, ALL).faults();
            var with = Swarm.draw(seed, NANOS, recovering).faults();
            assertThat(with.stream().filter(each -> !(each.fault() instanceof Fault.Wipe)))
                    .as("seed %d", seed)
                    .isEqualTo(without);
            wiped += with.size() > without.size() ? 1 : 0;
        }
        assertThat(wiped).isBetween(10L, 30L);
    }

    @Test
    void fewerThanThreeNodesAreNotWipedForNobodyWouldRecover() {
        assertThat(Kind.among(2, traits(Property.RECOVERS_FROM_WIPES))).doesNotContain(Kind.WIPE);
        assertThat(Kind.among(3, traits(Property.RECOVERS_FROM_WIPES))).contains(Kind.WIPE);
    }

    @Test
    void whereAMinorityMayBeWipedTheMajorityIsBeyond() {
        assertThat(beyondWipes(traits())).allMatch(Fault.Wipe.class::isInstance);
        var recovering = traits(Property.RECOVERS_FROM_WIPES);
        assertThat(beyondWipes(recovering)).allMatch(Fault.WipedMajority.class::isInstance);
        assertThat(beyondWipes(recovering)).extracting(Fault::kind).containsOnly(Beyond.WIPED_DISKS.kind(recovering));
        assertThat(beyondWipes(traits())).extracting(Fault::kind).containsOnly(Beyond.WIPED_DISKS.kind(traits()));
    }

    private static List<Fault> beyondWipes(Traits traits) {
        var none = new Plan(1, NANOS, List.of());
        return Beyond.WIPED_DISKS.over(none, Target.among(false), traits).faults().stream()
                .map(Planned::fault)
                .toList();
    }

    @Test
    void clocksThatLieGoBeyondOnlyWhatTrustsThem() {
        assertThat(Beyond.LYING_CLOCKS.isBeyond(traits())).isFalse();
        assertThat(Beyond.LYING_CLOCKS.isBeyond(traits(Property.TRUSTS_CLOCKS))).isTrue();
        assertThat(Beyond.WIPED_DISKS.isBeyond(traits())).isTrue();
    }

    @Test
    void clocksThatLieAreSetByUpToAnHourEitherWay() {
        var set =
                Beyond.LYING_CLOCKS
                        .over(new Plan(1, NANOS * 20, List.of()), Target.among(false), traits())
                        .faults()
                        .stream()
                        .map(planned -> ((Fault.WallClock) planned.fault()).byNanos() / 1_000_000_000)
                        .toList();
        assertThat(set)
                .allMatch(seconds -> Math.abs(seconds) <= 3600)
                .anyMatch(seconds -> seconds > 1800)
                .anyMatch(seconds -> seconds < -1800);
    }
}
