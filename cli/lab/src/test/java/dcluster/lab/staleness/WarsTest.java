package dcluster.lab.staleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Where all that takes time are messages whose delays are exponential, probabilities can be computed by hand. */
class WarsTest {
    private static final double MEAN_NANOS = 5e6;
    private static final int SAMPLES = 40_000;

    /** Four times the greatest standard error of a share of so many samples: the seed is fixed. */
    private static final double ERROR = 4 * 0.5 / Math.sqrt(SAMPLES);

    private static final Delays MESSAGES_ALONE = new Delays() {
        @Override
        public long way(RandomGenerator random) {
            return (long) (-MEAN_NANOS * Math.log(1 - random.nextDouble()));
        }

        @Override
        public long sync(RandomGenerator random) {
            return 0;
        }

        @Override
        public long turn(RandomGenerator random) {
            return 0;
        }

        @Override
        public long client(RandomGenerator random) {
            return 0;
        }
    };

    private static double fresh(int reads, int writes, double afterMillis) {
        var model = new Wars.Model(new Quorums(3, reads, writes), false);
        return new Wars(model, MESSAGES_ALONE, new SplittableRandom(1))
                .draw(SAMPLES, new Course(1, (long) (afterMillis * 1e6), false))
                .within(1);
    }

    /** The reader's own replica answers first, so it has to have the write by then: that is one exponential delay. */
    @Test
    void aReadOfOneAfterAWriteOfOneIsFreshWhenTheWriteHasComeToTheReader() {
        for (double millis : new double[] {0, 1, 5, 20}) {
            assertThat(fresh(1, 1, millis))
                    .as("%s ms", millis)
                    .isCloseTo(1 - Math.exp(-millis * 1e6 / MEAN_NANOS), within(ERROR));
        }
    }

    /**
     * The write is acknowledged when another replica has it and has said so, which are two delays, and stale is who has not
     * got it some time after: for delays without memory, {@code (1/2)^2} of what is left at that time.
     */
    @Test
    void aReadOfOneAfterAWriteOfTwoIsStaleWhereTheWriteTookLongerThanTwoOtherMessages() {
        for (double millis : new double[] {0, 1, 5, 20}) {
            assertThat(fresh(1, 2, millis))
                    .as("%s ms", millis)
                    .isCloseTo(1 - Math.exp(-millis * 1e6 / MEAN_NANOS) / 4, within(ERROR));
        }
    }

    @Test
    void quorumsThatMeetAreNeverStale() {
        for (var quorums : new int[][] {{2, 2}, {1, 3}, {3, 1}, {3, 3}}) {
            assertThat(fresh(quorums[0], quorums[1], 0)).isEqualTo(1);
        }
    }

    @Test
    void coordinatorsThatAreDrawnMissAsTheClosedFormSaysWhereWritesReachTheOthersTooLate() {
        // A write takes no message to be acknowledged, and a read none to be answered.
        var model = new Wars.Model(new Quorums(3, 1, 1), false);
        var behind = new Wars(model, MESSAGES_ALONE, new SplittableRandom(1)).draw(SAMPLES, new Course(3, 0, true));
        for (int versions = 1; versions <= 3; versions++) {
            assertThat(behind.within(versions)).isCloseTo(model.quorums().within(versions), within(ERROR));
        }
    }

    @Test
    void oneReplicaIsNotModelled() {
        var model = new Wars.Model(new Quorums(1, 1, 1), false);
        assertThatThrownBy(() -> new Wars(model, MESSAGES_ALONE, new SplittableRandom(1)))
                .hasMessageContaining("there is one");
    }
}
