package dcluster.twophase;

import dcluster.spi.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The locks of one participant: shared and exclusive ones on keys. Whoever waits is passed only by who is older, so that
 * readers without end keep no writer waiting.
 *
 * <p>With {@link Locking#WAIT_DIE} whoever holds or may hold locks elsewhere waits for younger ones alone; whoever is
 * alone here waits for anybody, since nobody waits for it. So there is no circle.
 */
final class Locks {
    /** What becomes of claims, in this order. */
    record Changes(List<Claim> granted, List<Claim> died) {
        Changes() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Who holds a key, and who waits for it, the oldest first. */
    private static final class Lock {
        final TreeMap<Age, Claim> holders = new TreeMap<>();
        final TreeMap<Age, Claim> waiters = new TreeMap<>();
    }

    private final Locking locking;

    /** Looked up and never iterated over. */
    private final Map<Bytes, Lock> locks = new HashMap<>();

    private final TreeMap<Age, Claim> holding = new TreeMap<>();
    private final TreeMap<Age, Claim> waiting = new TreeMap<>();

    /** Keys that somebody holds or waits for no more. */
    private final Queue<Bytes> left = new ArrayDeque<>();

    Locks(Locking locking) {
        this.locking = locking;
    }

    /** Asks for locks: the claim is granted or dies now, or waits. What waited may die for it, and what waited for that go on. */
    Changes ask(Claim claim) {
        if (isKnown(claim.age())) {
            throw new IllegalArgumentException("asked twice: " + claim);
        }
        var changes = new Changes();
        if (isFree(claim)) {
            grant(claim, changes);
        } else if (mayWait(claim)) {
            waiting.put(claim.age(), claim);
            claim.modes().keySet().forEach(key -> lock(key).waiters.put(claim.age(), claim));
            passed(claim, changes);
        } else {
            changes.died.add(claim);
        }
        goOn(changes);
        return changes;
    }

    /** Whether anybody holds a lock of any of these keys, or waits for one. */
    boolean isAnyLocked(Collection<Bytes> keys) {
        if (locks.isEmpty()) {
            return false;
        }
        for (var key : keys) {
            if (locks.containsKey(key)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a claim of that age holds or waits. */
    boolean isKnown(Age age) {
        return holding.containsKey(age) || waiting.containsKey(age);
    }

    /** Ends a claim, whether it holds or waits; nothing happens if it does neither. */
    Changes release(Age age) {
        var claim = holding.containsKey(age) ? holding.get(age) : waiting.get(age);
        var changes = new Changes();
        if (claim != null) {
            forget(claim);
            goOn(changes);
        }
        return changes;
    }

    private void grant(Claim claim, Changes changes) {
        changes.granted.add(claim);
        holding.put(claim.age(), claim);
        claim.modes().keySet().forEach(key -> lock(key).holders.put(claim.age(), claim));
        passed(claim, changes);
    }

    /** Those that waited already now wait for this one, too, if it holds what they need, or waits for it and is older. */
    private void passed(Claim claim, Changes changes) {
        boolean holds = holding.containsKey(claim.age());
        for (var key : claim.modes().keySet()) {
            var waiters = lock(key).waiters;
            if (waiters.isEmpty()) {
                continue;
            }
            var behind = holds ? waiters : waiters.tailMap(claim.age(), false);
            for (var waiter : List.copyOf(behind.values())) {
                if (!waiter.isAlone() && waiter.conflictsWith(key, claim) && !mayWaitFor(waiter, claim)) {
                    forget(waiter);
                    changes.died.add(waiter);
                }
            }
        }
    }

    private void forget(Claim claim) {
        holding.remove(claim.age());
        waiting.remove(claim.age());
        for (var key : claim.modes().keySet()) {
            lock(key).holders.remove(claim.age());
            lock(key).waiters.remove(claim.age());
            left.add(key);
        }
    }

    /** Those that waited for a key that somebody has left go on, the oldest first. */
    private void goOn(Changes changes) {
        while (!left.isEmpty()) {
            var key = left.remove();
            var lock = lock(key);
            for (var waiter : List.copyOf(lock.waiters.values())) {
                if (lock.waiters.containsKey(waiter.age()) && isFree(waiter)) {
                    forget(waiter);
                    grant(waiter, changes);
                }
            }
            if (lock.holders.isEmpty() && lock.waiters.isEmpty()) {
                locks.remove(key);
            }
        }
    }

    private Lock lock(Bytes key) {
        return locks.computeIfAbsent(key, absent -> new Lock());
    }

    private boolean isFree(Claim claim) {
        return !isAnyLocked(claim.modes().keySet())
                || obstacles(claim).findAny().isEmpty();
    }

    private boolean mayWait(Claim claim) {
        return claim.isAlone() || obstacles(claim).allMatch(other -> mayWaitFor(claim, other));
    }

    private boolean mayWaitFor(Claim claim, Claim other) {
        return switch (locking) {
            case WAIT_DIE -> claim.age().isOlderThan(other.age());
            case NO_WAIT -> false;
            case TIMEOUT -> true;
        };
    }

    /** Those that hold what conflicts with a claim, and those that wait for such and are older. */
    private Stream<Claim> obstacles(Claim claim) {
        return claim.modes().keySet().stream().flatMap(key -> obstacles(key, claim));
    }

    private Stream<Claim> obstacles(Bytes key, Claim claim) {
        var lock = locks.get(key);
        if (lock == null) {
            return Stream.empty();
        }
        return Stream.concat(lock.holders.values().stream(), lock.waiters.headMap(claim.age()).values().stream())
                .filter(other -> claim.conflictsWith(key, other));
    }

    /** Who holds locks, the oldest first. */
    Collection<Claim> holding() {
        return holding.values();
    }

    /** Who waits for locks, the oldest first. */
    Collection<Claim> waiting() {
        return waiting.values();
    }

    /** How many keys are locked or waited for. */
    int size() {
        return locks.size();
    }
}
