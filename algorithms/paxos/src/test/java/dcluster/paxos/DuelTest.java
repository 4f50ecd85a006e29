package dcluster.paxos;

import static dcluster.paxos.Configs.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;

import dcluster.toolkit.testing.TimedCluster.Delays;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How long proposers duel (Paxos Made Simple, 2.4) where a message takes a quarter of the least election timeout: ballots that
 * are begun after a leader's death until one leads that lasts, in virtual time.
 */
class DuelTest {
    private static final Delays SLOW = Delays.of(Duration.ofMillis(100), Timed.SYNC);
    private static final int SEEDS = Integer.getInteger("dcluster.paxos.seeds", 150);
    private static final Duration LONG = Duration.ofSeconds(60);

    /** The ballots of one change; whoever leads then has to go on leading for five of the longest election timeouts. */
    private static int ballots(int size, long seed) {
        var timed = new Timed(size, DEFAULT, SLOW, seed);
        assertThat(timed.cluster.runUntil(() -> timed.leaderIfAny().isPresent(), LONG))
                .isTrue();
        timed.cluster.run(Duration.ofSeconds(2));
        timed.cluster.crash(timed.leader());
        int before = timed.count("prepares");
        int elected = timed.count("elected");
        assertThat(timed.cluster.runUntil(() -> timed.leaderIfAny().isPresent(), LONG))
                .as("a leader with seed %d", seed)
                .isTrue();
        timed.cluster.run(DEFAULT.electionTimeout().most().multipliedBy(5));
        assertThat(timed.count("elected") - elected)
                .as("leaders with seed %d", seed)
                .isEqualTo(1);
        return timed.count("prepares") - before;
    }

    /** {@code -Ddcluster.paxos.seeds=N} tries more. */
    @ParameterizedTest
    @CsvSource({"3, 1", "5, 2", "7, 2"})
    void aChangeOfTheLeaderTakesABallotOrTwoAndNeverMoreThanThereAreNodes(int size, int median) {
        var ballots = LongStream.rangeClosed(1, SEEDS)
                .mapToInt(seed -> ballots(size, seed))
                .sorted()
                .toArray();
        assertThat(ballots[ballots.length / 2]).isLessThanOrEqualTo(median);
        assertThat(ballots[ballots.length - 1]).isLessThanOrEqualTo(size);
    }
}
