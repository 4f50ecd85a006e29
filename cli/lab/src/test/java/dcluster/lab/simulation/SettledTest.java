package dcluster.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.simulation.Plan;
import dcluster.simulation.Population;
import dcluster.simulation.Trace;
import dcluster.simulation.Violation;
import dcluster.spi.Algorithm;
import dcluster.spi.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What an algorithm says of a cluster that is settled. */
class SettledTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Terms SHORT = new Terms(2 * SECOND, 3, 30, 0, 2);

    /** That nobody has applied anything, which is never so; it remembers what it was asked about. */
    private record NothingApplied(List<Integer> asked) implements Invariant {
        @Override
        public String name() {
            return "Emptiness";
        }

        @Override
        public Optional<String> violation(List<Algorithm<?, ?, ?>> replicas) {
            asked.add(replicas.size());
            long applied = replicas.get(0).status().applied();
            return applied == 0 ? Optional.empty() : Optional.of("a replica has applied " + applied);
        }
    }

    /** That it was asked nine times before, each time a little later. */
    private record TenthLook(List<Integer> asked) implements Invariant {
        @Override
        public String name() {
            return "Tenth Look";
        }

        @Override
        public Optional<String> violation(List<Algorithm<?, ?, ?>> replicas) {
            asked.add(replicas.size());
            return asked.size() >= 10 ? Optional.empty() : Optional.of("look " + asked.size());
        }
    }

    private static void live(Population<?, ?, ?, ?> population, Schedule schedule) {
        new Run(population, schedule, Trace.NONE).live();
    }

    private static Schedule schedule(int nodes) {
        return new Schedule(SHORT, nodes, false, new Plan(1, SHORT.nanos(), List.of()));
    }

    private static <M, R, T, C extends Record> Population<M, R, T, C> claiming(
            Population<M, R, T, C> population, Supplier<Invariant> settled) {
        return new Population<>(
                new Claiming<>(population.provider(), List.of(settled)),
                population.options(),
                population.members(),
                population.hostOptions(),
                population.journalOptions());
    }

    @Test
    void whatNeverComesToHoldIsAViolationUnderItsName() {
        var asked = new ArrayList<Integer>();
        var raft = claiming(Subjects.of("raft", 3).whole(1), () -> new NothingApplied(asked));
        assertThatThrownBy(() -> live(raft, schedule(3)))
                .isInstanceOf(Violation.class)
                .hasMessageStartingWith("Emptiness: a replica has applied ");
        assertThat(asked)
                .as("it is asked about all nodes, until the patience is over")
                .hasSizeGreaterThan(10)
                .containsOnly(3);
    }

    @Test
    void whatTakesSomeTimeIsWaitedFor() {
        var asked = new ArrayList<Integer>();
        live(claiming(Subjects.of("none", 1).whole(1), () -> new TenthLook(asked)), schedule(1));
        assertThat(asked).hasSize(10);
    }

    @Test
    void aRunThatIsCutOffIsHeldToNothingLater() {
        var asked = new ArrayList<Integer>();
        var raft = claiming(Subjects.of("raft", 3).whole(1), () -> new NothingApplied(asked));
        live(raft, schedule(3).until(SECOND));
        assertThat(asked).isEmpty();
    }
}
