package dcluster.twophase;

import dcluster.spi.Bytes;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Lets work begin once it has all its locks, now or later, or tells it that it never will. One thing after the other: what
 * work does when it begins, or ends, comes before what that makes of others.
 */
final class Admission {
    /** Something that is done under locks. */
    interface Work {
        Claim claim();

        /** It has all its locks, and keeps them until they are released. */
        void begin();

        /** It has no locks, and will have none: a lowercase clause says why. */
        void die(String why);
    }

    private record Waiting(Work work, long sinceNanos) {}

    private final Locks locks;

    /** In the order in which they came, so that the first has waited longest. */
    private final Map<Age, Waiting> waiting = new LinkedHashMap<>();

    private final Queue<Locks.Changes> changes = new ArrayDeque<>();
    private boolean isTelling;

    Admission(Locks locks) {
        this.locks = locks;
    }

    /** Work asks for its locks. */
    void ask(Work work, long nowNanos) {
        waiting.put(work.claim().age(), new Waiting(work, nowNanos));
        tell(locks.ask(work.claim()));
    }

    /** Whether anybody has or wants a lock of any of these keys. */
    boolean isAnyLocked(List<Bytes> keys) {
        return locks.isAnyLocked(keys);
    }

    /** Whether work of that age has its locks or waits for them. */
    boolean isKnown(Age age) {
        return locks.isKnown(age);
    }

    /** Ends work of that age, whether it has its locks or waits for them; nothing happens if it is none. */
    void release(Age age) {
        waiting.remove(age);
        tell(locks.release(age));
    }

    /** Ends all that has waited since then. */
    void endWaiting(long sinceNanos, String why) {
        var overdue = waiting.values().stream()
                .filter(each -> each.sinceNanos - sinceNanos <= 0)
                .map(Waiting::work)
                .toList();
        for (var work : overdue) {
            // One that ended before it may have let this one begin.
            if (waiting.containsKey(work.claim().age())) {
                release(work.claim().age());
                work.die(why);
            }
        }
    }

    private void tell(Locks.Changes made) {
        changes.add(made);
        if (isTelling) {
            return;
        }
        isTelling = true;
        for (var next = changes.poll(); next != null; next = changes.poll()) {
            next.granted().forEach(claim -> remove(claim).begin());
            next.died().forEach(claim -> remove(claim).die("it lost against another transaction"));
        }
        isTelling = false;
    }

    private Work remove(Claim claim) {
        var found = waiting.remove(claim.age());
        if (found == null) {
            throw new IllegalStateException("nobody waits with " + claim);
        }
        return found.work();
    }

    boolean isAnyWaiting() {
        return !waiting.isEmpty();
    }

    /** How many wait for locks of a claim. */
    long waitersFor(Claim claim) {
        long count = 0;
        for (var waiter : locks.waiting()) {
            count += waiter.modes().keySet().stream().anyMatch(key -> waiter.conflictsWith(key, claim)) ? 1 : 0;
        }
        return count;
    }

    /** How many keys are locked or waited for. */
    int lockedKeys() {
        return locks.size();
    }

    /** How many wait. */
    int waitingCount() {
        return waiting.size();
    }

    /** Who holds locks, the oldest first. */
    List<Claim> holding() {
        return List.copyOf(locks.holding());
    }
}
