package dcluster.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TermLogTest {
    private final TermLog log = new TermLog();

    private void append(long... terms) {
        for (long term : terms) {
            log.append(List.of(new Entry.NoOp(term)));
        }
    }

    @Test
    void beforeTheFirstEntryTheTermIsZero() {
        assertThat(log.lastTerm()).isZero();
        assertThat(log.termAt(0)).isZero();
    }

    @Test
    void itKnowsTheTermOfTheLastDiscardedEntryButNotOfThoseBefore() {
        append(1, 2, 5);
        log.discardThrough(2);
        assertThat(log.termAt(2)).isEqualTo(2);
        assertThat(log.termAt(3)).isEqualTo(5);
        assertThatThrownBy(() -> log.termAt(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void discardingNothingLeavesTheTermBeforeAsItWas() {
        append(3, 4);
        log.discardThrough(1);
        log.discardThrough(1);
        assertThat(log.termAt(1)).isEqualTo(3);
        assertThat(log.lastTerm()).isEqualTo(4);
    }

    @Test
    void aResetLogGoesOnBehindIndexAndTermOfTheSnapshot() {
        append(1, 1);
        log.reset(100, 7);
        assertThat(log.lastTerm()).isEqualTo(7);
        append(8);
        assertThat(log.lastIndex()).isEqualTo(101);
        assertThat(log.termAt(100)).isEqualTo(7);
        assertThat(log.lastTerm()).isEqualTo(8);
    }
}
