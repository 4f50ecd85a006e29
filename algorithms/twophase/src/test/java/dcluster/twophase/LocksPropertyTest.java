package dcluster.twophase;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many transactions on few keys of several participants, each asking and leaving where and when it likes. */
class LocksPropertyTest {
    private static final int STEPS = 20_000;
    private static final int PARTICIPANTS = 3;

    private final Random random = new Random(49);
    private final TreeMap<Age, List<Integer>> alive = new TreeMap<>();
    private long begun;

    private Claim draw(Age age, boolean isAlone) {
        var modes = new TreeMap<Bytes, Mode>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            modes.put(Bytes.utf8("k" + random.nextInt(4)), random.nextBoolean() ? Mode.SHARED : Mode.EXCLUSIVE);
        }
        return new Claim(age, isAlone, modes);
    }

    /** A new transaction at one participant or more, in no order of ages. */
    private void begin(List<Locks> participants) {
        var age = LocksTest.age(++begun * 7919 % 10_007 * 100_000 + begun);
        var places = IntStream.range(0, PARTICIPANTS)
                .filter(place -> random.nextInt(3) > 0)
                .boxed()
                .toList();
        alive.put(age, places);
        for (int place : places) {
            if (alive.containsKey(age)) {
                settle(participants, participants.get(place).ask(draw(age, places.size() == 1)));
            }
        }
    }

    /** Whoever dies leaves all participants. */
    private void settle(List<Locks> participants, Locks.Changes changes) {
        changes.died().forEach(claim -> end(participants, claim.age()));
    }

    private void end(List<Locks> participants, Age age) {
        var places = alive.remove(age);
        if (places != null) {
            places.forEach(place -> settle(participants, participants.get(place).release(age)));
        }
    }

    private void step(List<Locks> participants) {
        if (alive.size() < 12 && random.nextBoolean()) {
            begin(participants);
        } else if (!alive.isEmpty()) {
            var ages = new ArrayList<>(alive.keySet());
            end(participants, ages.get(random.nextInt(ages.size())));
        }
    }

    private static List<Claim> list(Iterable<Claim> claims) {
        var list = new ArrayList<Claim>();
        claims.forEach(list::add);
        return list;
    }

    private static boolean conflict(Claim one, Claim other) {
        return one.modes().keySet().stream().anyMatch(key -> one.conflictsWith(key, other));
    }

    /** Those for whom a claim waits: by the definition, without a table. */
    private static Stream<Claim> obstacles(Locks locks, Claim waiter) {
        return Stream.concat(
                        list(locks.holding()).stream(),
                        list(locks.waiting()).stream()
                                .filter(other -> other.age().isOlderThan(waiter.age())))
                .filter(other -> conflict(waiter, other));
    }

    private static void requireSound(Locks locks) {
        var holding = list(locks.holding());
        for (var one : holding) {
            assertThat(holding).noneMatch(other -> !other.equals(one) && conflict(one, other));
        }
        for (var waiter : list(locks.waiting())) {
            assertThat(obstacles(locks, waiter))
                    .as("nobody waits for nobody: " + waiter)
                    .isNotEmpty();
        }
    }

    /** Takes away whoever waits for nobody that is left, until all are gone or a circle is left. */
    private static Set<Age> circle(List<Locks> participants) {
        var left = new TreeSet<Age>();
        participants.forEach(locks -> Stream.concat(list(locks.holding()).stream(), list(locks.waiting()).stream())
                .forEach(claim -> left.add(claim.age())));
        boolean goesOn = true;
        while (goesOn) {
            goesOn = left.removeIf(age -> participants.stream()
                    .noneMatch(locks -> list(locks.waiting()).stream()
                            .filter(waiter -> waiter.age().equals(age))
                            .anyMatch(
                                    waiter -> obstacles(locks, waiter).anyMatch(other -> left.contains(other.age())))));
        }
        return left;
    }

    @ParameterizedTest
    @EnumSource
    @Tag("hard-case-49")
    void locksExcludeAndNobodyWaitsInVainOrInACircle(Locking locking) {
        var participants =
                Stream.generate(() -> new Locks(locking)).limit(PARTICIPANTS).toList();
        int circles = 0;
        int waits = 0;
        for (int i = 0; i < STEPS; i++) {
            step(participants);
            participants.forEach(LocksPropertyTest::requireSound);
            waits += participants.stream()
                    .mapToInt(locks -> list(locks.waiting()).size())
                    .sum();
            circles += circle(participants).isEmpty() ? 0 : 1;
        }
        assertThat(waits).isGreaterThan(STEPS / 20);
        if (locking == Locking.TIMEOUT) {
            assertThat(circles).as("there, only time helps").isPositive();
        } else {
            assertThat(circles).isZero();
        }
        List.copyOf(alive.keySet()).forEach(age -> end(participants, age));
        assertThat(participants).allMatch(locks -> locks.size() == 0);
    }
}
