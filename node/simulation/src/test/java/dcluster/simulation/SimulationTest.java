package dcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final long SECOND = 1_000_000_000L;

    private static Digest digest(long seed) {
        var digest = new Digest();
        var simulation = new Simulation<>(Populations.of("raft", 3), seed, digest);
        Load.begin(simulation, seed);
        Swarm.draw(seed, 5 * SECOND).layOn(simulation);
        simulation.run(5 * SECOND);
        return digest;
    }

    @Test
    void nodesServeAndComeToTheSameState() {
        var simulation = new Simulation<>(Populations.of("raft", 3), 1, Trace.NONE);
        var load = Load.begin(simulation, 1);
        simulation.run(10 * SECOND);
        assertThat(simulation.now()).isEqualTo(10 * SECOND);
        assertThat(load.answered()).isGreaterThan(300);
        assertThat(simulation.tally().count("elected")).isPositive();
        assertThat(simulation.tally().count("compared with a shadow")).isPositive();
        assertThat(simulation.states()).isNotEmpty();
        assertThat(simulation.ids())
                .allMatch(id -> simulation.status(id).orElseThrow().applied() > 100);
    }

    @Test
    void nothingHappensBeforeItRuns() {
        var digest = new Digest();
        var simulation = new Simulation<>(Populations.of("raft", 3), 1, digest);
        assertThat(simulation.ids()).noneMatch(simulation::isUp);
        assertThat(digest.events()).isZero();
        simulation.run(0);
        assertThat(simulation.ids()).allMatch(simulation::isUp);
    }

    @Test
    void aSeedAlwaysDoesTheSameAndAnotherSomethingElse() {
        assertThat(digest(1).events()).isGreaterThan(500).isEqualTo(digest(1).events());
        assertThat(digest(1).value())
                .isEqualTo(digest(1).value())
                .isNotEqualTo(digest(2).value());
    }
}
