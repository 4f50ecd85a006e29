package dcluster.lab.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.config.Algorithms;
import dcluster.config.ClusterFile;
import dcluster.config.ClusterText;
import dcluster.config.Overrides;
import dcluster.host.Point;
import dcluster.lab.crashes.Crashed.Ended;
import dcluster.lab.crashes.Crashed.Told;
import dcluster.lab.crashes.EveryEvent.Manner;
import dcluster.lab.simulation.Subject;
import dcluster.simulation.Population;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crashes around two-phase commit. */
class CrashesTest {
    private static final Duration DOWN = Duration.ofSeconds(10);

    private static Population<?, ?, ?, ?> population(String options) {
        var text = new ClusterText(
                "test", "cluster: test\nalgorithm: 'two-phase-commit:" + options + "'\nnodes: 3\ncoordinator: true\n");
        return Subject.population(ClusterFile.load(
                text, Overrides.NONE, Algorithms.load(List.of()), new AtomicInteger(7001)::getAndIncrement));
    }

    private static Crashed crash(String options, Victim victim, String point, Duration down) {
        return Trial.run(population(options), new Trial.Terms(victim, Point.parse(point), false, false, down, 1));
    }

    @Test
    @Tag("hard-case-45")
    void aTransactionIsNotDoneWhoseDecisionIsForgottenAndIsWhoseDecisionIsDurable() {
        for (var termination : List.of("coordinator", "cooperative")) {
            var options = "protocol=presumed-abort,termination=" + termination;
            var undecided = crash(options, Victim.COORDINATOR, "journals Decided", DOWN);
            assertThat(undecided.violations()).isEmpty();
            assertThat(undecided.told()).isEqualTo(Told.UNKNOWN);
            assertThat(undecided.ended()).isEqualTo(Ended.NOWHERE);
            assertThat(undecided.held()).hasSize(2);
            assertThat(undecided.unserved()).isGreaterThan(DOWN.minusSeconds(1));
            var decided = crash(options, Victim.COORDINATOR, "durable Decided", DOWN);
            assertThat(decided.violations()).isEmpty();
            assertThat(decided.ended()).isEqualTo(Ended.COMMITTED);
        }
    }

    @Test
    @Tag("hard-case-45")
    void aDecisionThatOneParticipantKnowsFreesTheOtherIfItMayAsk() {
        var alone = crash("termination=coordinator", Victim.COORDINATOR, "sent Decision", DOWN);
        assertThat(alone.held()).hasSize(1);
        assertThat(alone.unserved()).isGreaterThan(DOWN.minusSeconds(1));
        var together = crash("termination=cooperative", Victim.COORDINATOR, "sent Decision", DOWN);
        assertThat(together.held()).isEmpty();
        assertThat(together.unserved()).isLessThan(Duration.ofSeconds(2));
        assertThat(List.of(alone, together))
                .allMatch(crashed -> crashed.ended() == Ended.COMMITTED
                        && crashed.violations().isEmpty());
    }

    @Test
    @Tag("hard-case-46")
    void aVoteThatIsDurableIsKeptAndOneThatIsForgottenIsNone() {
        var forgotten = crash("protocol=basic", Victim.FIRST, "journals Prepared", DOWN);
        assertThat(forgotten.ended()).isEqualTo(Ended.NOWHERE);
        assertThat(forgotten.violations()).isEmpty();
        for (var point : List.of("sent Vote", "receives Decision", "journals Committed")) {
            var kept = crash("protocol=basic", Victim.FIRST, point, DOWN);
            assertThat(kept.violations()).as(point).isEmpty();
            assertThat(kept.told()).as(point).isEqualTo(Told.COMMITTED);
            assertThat(kept.ended()).as(point).isEqualTo(Ended.COMMITTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "presumed-abort", "presumed-commit"})
    @Tag("hard-case-47")
    void noParticipantEverDecidesAloneHoweverLongTheCoordinatorIsAway(String protocol) {
        var minutes = Duration.ofMinutes(10);
        var crashed = crash("protocol=" + protocol, Victim.COORDINATOR, "journals Decided", minutes);
        assertThat(crashed.isMet()).isTrue();
        assertThat(crashed.violations()).isEmpty();
        assertThat(crashed.held()).hasSize(2);
        assertThat(crashed.unserved()).isGreaterThan(minutes.minusSeconds(1));
        assertThat(crashed.ended()).isEqualTo(Ended.NOWHERE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "presumed-abort", "presumed-commit"})
    @Tag("hard-case-45")
    @Tag("hard-case-46")
    void whateverEventTheLastOneIsTheTransactionIsWholeOrNotAtAll(String protocol) {
        var population = population("protocol=" + protocol);
        for (var manner : List.of(
                new Manner(Victim.COORDINATOR, false, false),
                new Manner(Victim.FIRST, false, true),
                new Manner(Victim.COORDINATOR, true, true))) {
            var found = EveryEvent.of(population, manner, DOWN, 1, point -> {});
            assertThat(found.violations()).as("%s", manner).isEmpty();
            assertThat(found.cases()).as("%s", manner).isGreaterThan(8);
        }
    }

    @Test
    void aPointThatNeverComesIsNotMetAndTheTransactionIsCommitted() {
        var undisturbed = crash("protocol=presumed-commit", Victim.COORDINATOR, "receives Acknowledge", DOWN);
        assertThat(undisturbed.isMet()).isFalse();
        assertThat(undisturbed.told()).isEqualTo(Told.COMMITTED);
        assertThat(undisturbed.ended()).isEqualTo(Ended.COMMITTED);
        assertThat(undisturbed.unserved()).isZero();
    }

    @Test
    void transactionsInDoubtBlockTheirKeysUntilTheCoordinatorIsBack() {
        var terms = new Blocking.Terms(Point.parse("journals Decided"), Duration.ofSeconds(2), 60, 30, 3);
        var blocked =
                Blocking.measure(population("termination=coordinator"), terms).orElseThrow();
        assertThat(blocked.inDoubt()).isPositive();
        assertThat(blocked.endedByAsking()).isZero();
        assertThat(blocked.unservedShare()).isBetween(1.0 / 60, 0.9);
        assertThat(blocked.longest()).isGreaterThan(Duration.ofMillis(1500));
        assertThat(blocked.keySeconds()).isGreaterThan(blocked.inDoubt());
        assertThat(blocked.open()).isZero();
    }
}
