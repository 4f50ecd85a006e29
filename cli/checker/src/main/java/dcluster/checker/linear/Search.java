package dcluster.checker.linear;

import dcluster.checker.linear.Allowance.Spent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Looks for an order of the operations on one object in which each takes effect between its invocation and its return:
 * Wing and Gong's search with Lowe's memory of where it has been ("Testing for linearizability", 2017), and his
 * just-in-time rule, that an operation takes effect only when a return demands it: the one that returns, or others
 * before it.
 *
 * <p>Depth first, and at each return the returning operation before the others, which end later: most histories of
 * correct systems are ordered without one step back. Four things keep the rest small: of operations of one kind only
 * the one that ends first is tried, indeterminate ones last; an observation takes effect as soon as it agrees with the
 * state; a configuration is not entered if one was that could do as much ({@link Configurations}); and the states of the
 * object are numbers ({@link States}).
 */
final class Search {
    /** How a search ended. */
    enum End {
        /** There is an order. */
        ORDERED,
        /** There is none. */
        IMPOSSIBLE,
        /** The time was up. */
        OUT_OF_TIME,
        /** The memory was full. */
        OUT_OF_MEMORY
    }

    private static final int BEGINNING = -1;

    // What there is to do with a configuration, besides letting one of the operations take effect that return.
    private static final int EXPAND = -1;
    private static final int INDETERMINATE = -2;

    private final Timeline timeline;
    private final States states;
    private final Configurations seen;
    private final int initialStates;
    private final Allowance allowance;

    // What is to be tried yet, the best on top: a configuration, and what to do with it.
    private int[] tasks = new int[64];
    private int taskCount;
    private int deepest;
    private boolean isOrdered;

    private final long[] set;
    private final long[] after;
    private final int[] kindSeenAt;

    /** The object begins in any one of those states. */
    Search(Timeline timeline, Collection<State> from, Allowance allowance) throws Spent {
        this.timeline = timeline;
        this.allowance = allowance;
        states = new States(timeline, from, allowance);
        initialStates = from.size();
        seen = new Configurations(timeline.slots(), timeline.indeterminates(), allowance);
        set = new long[seen.words()];
        after = new long[seen.words()];
        kindSeenAt = new int[timeline.size()];
        Arrays.fill(kindSeenAt, -1);
    }

    /** Looks for an order. Used once. */
    End run() {
        try {
            for (int state = 0; state < initialStates; state++) {
                Arrays.fill(after, 0);
                expand(enter(BEGINNING, 0, state));
            }
            while (taskCount > 0 && !isOrdered) {
                int what = tasks[--taskCount];
                work(tasks[--taskCount], what);
            }
            return isOrdered ? End.ORDERED : End.IMPOSSIBLE;
        } catch (Spent spent) {
            return spent.isTime() ? End.OUT_OF_TIME : End.OUT_OF_MEMORY;
        }
    }

    private void work(int configuration, int what) throws Spent {
        switch (what) {
            case EXPAND -> expand(configuration);
            case INDETERMINATE -> stepByIndeterminate(configuration);
            default -> expand(step(configuration, what));
        }
    }

    /** Lets an operation take effect; returns the configuration, or {@link Configurations#SEEN}. */
    private int step(int from, int operation) throws Spent {
        allowance.work(1 + seen.words());
        int state = states.after(seen.stateOf(from), operation);
        if (state == States.IMPOSSIBLE) {
            return Configurations.SEEN;
        }
        seen.load(from, after);
        add(after, operation);
        return enter(seen.returnOf(from), seen.returnOf(from), state);
    }

    /**
     * Lets each of the indeterminate operations take effect, before any goes on: so what took only one of them is known,
     * and covers what would take others before that one.
     */
    private void stepByIndeterminate(int from) throws Spent {
        int r = seen.returnOf(from);
        int first = taskCount;
        for (int i = timeline.open(r); i < timeline.candidates(r); i++) {
            int operation = timeline.candidate(r, i);
            seen.load(from, set);
            if (!contains(set, operation) && isFirstOfKind(operation, from)) {
                int configuration = step(from, operation);
                if (configuration != Configurations.SEEN) {
                    push(configuration, EXPAND);
                }
            }
        }
        turnOver(first);
    }

    /** Goes on, with what is done in {@link #after}, to the next return that is not satisfied, if that is new. */
    private int enter(int origin, int from, int state) throws Spent {
        int configuration = seen.add(origin, settle(from, state), state, after);
        if (configuration == Configurations.SEEN) {
            return configuration;
        }
        if (seen.returnOf(configuration) > seen.returnOf(deepest)) {
            deepest = configuration;
        }
        isOrdered |= seen.returnOf(configuration) == timeline.returns();
        return configuration;
    }

    /**
     * Passes the returns of what took effect, and lets observations take effect that agree with the state: later they
     * could do no better. Works on {@link #after}, and returns the number of the first return that is left.
     */
    private int settle(int from, int state) throws Spent {
        int r = from;
        while (r < timeline.returns()) {
            allowance.work(timeline.open(r));
            for (int i = timeline.open(r) - 1; i >= 0; i--) {
                int operation = timeline.candidate(r, i);
                if (timeline.isObservation(operation)
                        && !contains(after, operation)
                        && states.after(state, operation) == state) {
                    add(after, operation);
                }
            }
            if (!contains(after, r)) {
                return r;
            }
            remove(after, r++);
        }
        return r;
    }

    /** Puts all that can be tried in a configuration on the stack, the best last. */
    private void expand(int configuration) throws Spent {
        if (configuration == Configurations.SEEN || isOrdered) {
            return;
        }
        int r = seen.returnOf(configuration);
        allowance.work(timeline.open(r));
        seen.load(configuration, set);
        int first = taskCount;
        for (int i = 0; i < timeline.open(r); i++) {
            int operation = timeline.candidate(r, i);
            if (!contains(set, operation) && isFirstOfKind(operation, configuration)) {
                push(configuration, operation);
            }
        }
        if (timeline.candidates(r) > timeline.open(r)) {
            push(configuration, INDETERMINATE);
        }
        turnOver(first);
    }

    private boolean isFirstOfKind(int operation, int configuration) {
        boolean isFirst = kindSeenAt[timeline.kind(operation)] != configuration;
        kindSeenAt[timeline.kind(operation)] = configuration;
        return isFirst;
    }

    private void push(int configuration, int what) throws Spent {
        if (taskCount + 2 > tasks.length) {
            tasks = Arrays.copyOf(tasks, allowance.doubled(tasks.length, Integer.BYTES));
        }
        tasks[taskCount++] = configuration;
        tasks[taskCount++] = what;
    }

    private void turnOver(int first) {
        for (int low = first + 1, high = taskCount - 1; low < high; low += 2, high -= 2) {
            int operation = tasks[low];
            tasks[low] = tasks[high];
            tasks[high] = operation;
        }
    }

    // Sets of operations

    private int bit(int operation) {
        return operation < timeline.returns()
                ? timeline.slot(operation)
                : (seen.doneWords() << 6) + timeline.indeterminateSlot(operation);
    }

    private boolean contains(long[] of, int operation) {
        int bit = bit(operation);
        return (of[bit >>> 6] & (1L << bit)) != 0;
    }

    private void add(long[] to, int operation) {
        int bit = bit(operation);
        to[bit >>> 6] |= 1L << bit;
    }

    private void remove(long[] from, int operation) {
        int bit = bit(operation);
        from[bit >>> 6] &= ~(1L << bit);
    }

    // What was found

    /** The first return that no order gets over. */
    int stuckAt() {
        return seen.returnOf(deepest);
    }

    /**
     * The states in which the object may be when all returns before this one are satisfied; complete if the search
     * found that there is no order.
     */
    Set<State> statesAt(int atReturn) {
        var found = new LinkedHashSet<State>();
        for (int i = 0; i < seen.size(); i++) {
            if (seen.originOf(i) < atReturn && seen.returnOf(i) >= atReturn) {
                found.add(states.state(seen.stateOf(i)));
            }
        }
        return found;
    }

    /** The configurations that were entered. */
    int configurations() {
        return seen.size();
    }
}
