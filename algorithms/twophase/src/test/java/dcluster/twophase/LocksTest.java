package dcluster.twophase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocksTest {
    private static final NodeId COORDINATOR = new NodeId("c");

    static Age age(long begun) {
        return new Age(begun, COORDINATOR, 1, begun);
    }

    /** A claim as {@code "r:a w:b"}. */
    static Claim claim(long begun, boolean isAlone, String text) {
        var modes = new TreeMap<Bytes, Mode>();
        for (var word : text.split(" ", -1)) {
            modes.put(Bytes.utf8(word.substring(2)), word.charAt(0) == 'r' ? Mode.SHARED : Mode.EXCLUSIVE);
        }
        return new Claim(age(begun), isAlone, modes);
    }

    private static Locks.Changes changes(List<Claim> granted, List<Claim> died) {
        return new Locks.Changes(granted, died);
    }

    private static Locks.Changes granted(Claim... claims) {
        return changes(List.of(claims), List.of());
    }

    private static Locks.Changes died(Claim... claims) {
        return changes(List.of(), List.of(claims));
    }

    private static final Locks.Changes NONE = changes(List.of(), List.of());

    @ParameterizedTest
    @EnumSource
    void readersShareAKeyAndAWriterHasItAlone(Locking locking) {
        var locks = new Locks(locking);
        var one = claim(1, true, "r:a");
        var other = claim(2, true, "r:a");
        var writer = claim(3, true, "w:a");
        assertThat(locks.ask(one)).isEqualTo(granted(one));
        assertThat(locks.ask(other)).isEqualTo(granted(other));
        assertThat(locks.ask(writer)).isEqualTo(NONE);
        assertThat(locks.release(one.age())).isEqualTo(NONE);
        assertThat(locks.release(other.age())).isEqualTo(granted(writer));
        assertThat(locks.release(writer.age())).isEqualTo(NONE);
        assertThat(locks.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aClaimHoldsNothingUntilItHoldsAll(Locking locking) {
        var locks = new Locks(locking);
        var holder = claim(1, true, "w:b");
        var both = claim(2, true, "w:a w:b");
        var later = claim(0, true, "w:a");
        locks.ask(holder);
        assertThat(locks.ask(both)).isEqualTo(NONE);
        assertThat(locks.ask(later)).as("it is older, and passes").isEqualTo(granted(later));
        assertThat(locks.release(holder.age())).isEqualTo(NONE);
        assertThat(locks.release(later.age())).isEqualTo(granted(both));
    }

    @ParameterizedTest
    @EnumSource
    void readersDoNotPassAWriterThatIsOlder(Locking locking) {
        var locks = new Locks(locking);
        var reader = claim(1, true, "r:a");
        var writer = claim(2, true, "w:a");
        var next = claim(3, true, "r:a");
        locks.ask(reader);
        locks.ask(writer);
        assertThat(locks.ask(next)).isEqualTo(NONE);
        assertThat(locks.release(reader.age())).isEqualTo(granted(writer));
        assertThat(locks.release(writer.age())).isEqualTo(granted(next));
    }

    @Test
    @Tag("hard-case-49")
    void theOlderWaitsAndTheYoungerDies() {
        var locks = new Locks(Locking.WAIT_DIE);
        var holder = claim(5, false, "w:a");
        var older = claim(4, false, "r:a");
        var younger = claim(6, false, "r:a");
        locks.ask(holder);
        assertThat(locks.ask(older)).isEqualTo(NONE);
        assertThat(locks.ask(younger)).isEqualTo(died(younger));
        assertThat(locks.release(holder.age())).isEqualTo(granted(older));
    }

    @Test
    void whoWaitsDiesWhenAnOlderOnePassesIt() {
        var locks = new Locks(Locking.WAIT_DIE);
        var holder = claim(9, false, "r:a r:b");
        var waiter = claim(5, false, "w:a w:b");
        var behind = claim(7, true, "r:b");
        locks.ask(holder);
        locks.ask(waiter);
        assertThat(locks.ask(behind)).isEqualTo(NONE);
        var oldest = claim(1, false, "r:a");
        assertThat(locks.ask(oldest))
                .as("whoever waited for what died goes on")
                .isEqualTo(changes(List.of(oldest, behind), List.of(waiter)));
    }

    @Test
    void whoWaitsDiesWhenAnOlderOneWaitsBeforeIt() {
        var locks = new Locks(Locking.WAIT_DIE);
        locks.ask(claim(9, false, "w:a"));
        var waiter = claim(5, false, "w:a");
        locks.ask(waiter);
        assertThat(locks.ask(claim(1, true, "w:a"))).isEqualTo(died(waiter));
    }

    @Test
    void withoutWaitingAnyConflictIsDeath() {
        var locks = new Locks(Locking.NO_WAIT);
        locks.ask(claim(5, false, "w:a"));
        var older = claim(4, false, "r:a");
        assertThat(locks.ask(older)).isEqualTo(died(older));
    }

    @Test
    void withATimeoutAllWait() {
        var locks = new Locks(Locking.TIMEOUT);
        locks.ask(claim(5, false, "w:a"));
        assertThat(locks.ask(claim(4, false, "r:a"))).isEqualTo(NONE);
        assertThat(locks.ask(claim(6, false, "r:a"))).isEqualTo(NONE);
        assertThat(locks.waiting()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsMayBeTakenOut(Locking locking) {
        var locks = new Locks(locking);
        var holder = claim(1, true, "r:a");
        var writer = claim(2, true, "w:a");
        var reader = claim(3, true, "r:a");
        locks.ask(holder);
        locks.ask(writer);
        locks.ask(reader);
        assertThat(locks.release(writer.age())).isEqualTo(granted(reader));
        assertThat(locks.release(writer.age())).isEqualTo(NONE);
        assertThat(locks.holding()).containsExactly(holder, reader);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyAsksTwice(Locking locking) {
        var locks = new Locks(locking);
        locks.ask(claim(1, true, "r:a"));
        assertThatThrownBy(() -> locks.ask(claim(1, true, "r:b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }
}
