package dcluster.twophase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dcluster.twophase.TwoPhaseRecord.Outcome;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private static final int LOG = 7;

    private final Outcomes outcomes = new Outcomes(2);

    private static TransactionId id(long serial) {
        return new TransactionId(LOG, 1, serial);
    }

    private void end(long serial, boolean commits) {
        outcomes.add(new Outcome(id(serial), commits));
    }

    @Test
    void theLastOnesAreRememberedAndNoMore() {
        end(1, true);
        end(2, false);
        end(3, true);
        assertThat(outcomes.of(id(1))).isEmpty();
        assertThat(outcomes.of(id(2))).contains(false);
        assertThat(outcomes.of(id(3))).contains(true);
        assertThat(outcomes.count()).isEqualTo(3);
        assertThat(outcomes.last(5)).containsExactly(new Outcome(id(3), true), new Outcome(id(2), false));
        assertThat(outcomes.last(1)).containsExactly(new Outcome(id(3), true));
    }

    @Test
    void untilAnyIsForgottenItReachesBackToAll() {
        end(5, true);
        end(6, true);
        assertThat(outcomes.reachBack(id(1))).isTrue();
        assertThat(outcomes.reachBack(new TransactionId(LOG + 1, 1, 1))).isTrue();
    }

    @Test
    void itReachesBackToWhatBeganAfterAllThatIsForgottenWhateverTheOrderInWhichTheyEnded() {
        end(9, true);
        end(4, true);
        end(10, true);
        end(11, true);
        assertThat(outcomes.reachBack(id(9))).isFalse();
        assertThat(outcomes.reachBack(id(5))).isFalse();
        assertThat(outcomes.reachBack(id(12))).isTrue();
        assertThat(outcomes.reachBack(new TransactionId(LOG, 2, 1))).isTrue();
        assertThat(outcomes.reachBack(new TransactionId(LOG - 1, 1, 1)))
                .as("of another log, greater or smaller")
                .isTrue();
        assertThat(outcomes.reachBack(new TransactionId(LOG + 1, 1, 1))).isTrue();
    }

    @Test
    void noTransactionEndsTwice() {
        end(1, true);
        assertThatIllegalStateException()
                .isThrownBy(() -> end(1, true))
                .withMessageContaining("a transaction ended twice");
    }

    @Test
    void itIsRestoredAsItWas() {
        end(1, true);
        end(2, false);
        end(3, true);
        var restored = new Outcomes(2);
        restored.restore(outcomes.remembered());
        assertThat(restored.remembered()).isEqualTo(outcomes.remembered());
        assertThat(restored.reachBack(id(1))).isFalse();
        assertThat(restored.of(id(2))).contains(false);
    }

    @Test
    void onesThatAreToBeFewerForgetTheOldest() {
        end(1, true);
        end(2, false);
        var restored = new Outcomes(1);
        restored.restore(outcomes.remembered());
        assertThat(restored.of(id(1))).isEmpty();
        assertThat(restored.of(id(2))).contains(false);
        assertThat(restored.reachBack(id(1))).isFalse();
    }
}
