package dcluster.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateMachineTest {
    private final StateMachine machine = new StateMachine(1);

    private static @Nullable Command increment(long index) {
        return index % 3 == 0 ? null : new Command.Increment(Bytes.utf8("k"), index);
    }

    @Test
    void entriesAreTakenOneAfterTheOther() {
        machine.apply(1, null);
        assertThatThrownBy(() -> machine.apply(3, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("State Machine Safety");
        assertThatThrownBy(() -> machine.apply(1, null)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> machine.restore(new Store(), 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsDecidedIsAppliedSliceBySliceAndEachOutcomeTold() {
        var told = new ArrayList<Long>();
        StateMachine.Listener listener = (index, command, outcome) -> told.add(index);
        assertThat(machine.applyThrough(StateMachine.SLICE + 5, StateMachineTest::increment, listener))
                .isTrue();
        assertThat(machine.applied()).isEqualTo(StateMachine.SLICE);
        assertThat(machine.applyThrough(StateMachine.SLICE + 5, StateMachineTest::increment, listener))
                .isFalse();
        assertThat(machine.applied()).isEqualTo(StateMachine.SLICE + 5);
        assertThat(told).hasSize(StateMachine.SLICE + 5).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatIsDecidedAndWasAppliedBeforeIsNotAppliedAgain() {
        machine.applyThrough(7, StateMachineTest::increment, (index, command, outcome) -> {});
        long hash = machine.hash();
        assertThat(machine.applyThrough(3, StateMachineTest::increment, (index, command, outcome) -> {}))
                .isFalse();
        assertThat(machine.hash()).isEqualTo(hash);
    }

    @Test
    void theHashAfterMoreEntriesIsThatOfAMachineThatAppliedThem() {
        machine.applyThrough(4, StateMachineTest::increment, (index, command, outcome) -> {});
        long before = machine.hash();
        long after = machine.hashAfter(9, StateMachineTest::increment);
        assertThat(machine.hash()).as("nothing was applied").isEqualTo(before).isNotEqualTo(after);
        machine.applyThrough(9, StateMachineTest::increment, (index, command, outcome) -> {});
        assertThat(machine.hash()).isEqualTo(after);
    }
}
