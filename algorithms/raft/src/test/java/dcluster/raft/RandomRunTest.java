package dcluster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RandomRunTest {
    private static final int SEEDS = Integer.getInteger("dcluster.raft.seeds", 300);
    private static final long FIRST_SEED = Long.getLong("dcluster.raft.first-seed", 1);

    @Test
    void theSameSeedRunsAlike() {
        for (long seed = 1; seed <= 10; seed++) {
            var first = new RandomRun(seed);
            var second = new RandomRun(seed);
            first.run();
            second.run();
            assertThat(second.digest()).as("seed " + seed).isEqualTo(first.digest());
            assertThat(second.met).as("seed " + seed).isEqualTo(first.met);
        }
    }

    /**
     * More seeds: {@code -Ddcluster.raft.seeds=20000}; one of them: {@code -Ddcluster.raft.first-seed=N
     * -Ddcluster.raft.seeds=1}.
     */
    @Test
    void nothingAcknowledgedIsLostUnderAnyFaults() {
        Map<RandomRun.Sometimes, Integer> met = new EnumMap<>(RandomRun.Sometimes.class);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            var run = new RandomRun(seed);
            try {
                run.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + " failed; repeat it with -Ddcluster.raft.first-seed=" + seed
                                + " -Ddcluster.raft.seeds=1: " + e.getMessage(),
                        e);
            }
            run.met.forEach((what, times) -> met.merge(what, times, Integer::sum));
        }
        if (SEEDS >= 300) {
            assertThat(met.entrySet())
                    .as("what a campaign must have met")
                    .allMatch(entry -> entry.getValue() > 0)
                    .hasSize(RandomRun.Sometimes.values().length);
        }
    }
}
