package dcluster.checker.linear;

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
 * the one that ends first is tried, indeterminate ones last; an observation takes effect as soon as it agrees with the state; a configuration is not entered if one was that could do as
 * much ({@link Configurations}); and the states of the object are numbers ({@link States}).
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

    private static final int LOOK_AT_CLOCK_EVERY = 1024;

    private final Timeline timeline;
    private final States states;
    private final Configurations seen;
    private final int initialStates;
    private final long deadline;
    private final long mostBytes;

    // What is to be tried yet, the best on top: an operation, and the configuration to try it in.
    private int[] tasks = new int[1024];
    private int taskCount;
    private int deepest;
    private long steps;

    private final Set<State> finals = new LinkedHashSet<>();
    private final long[] set;
    private final long[] after;
    private final int[] kindSeenAt;

    /** {@code deadline} by {@link System#nanoTime}; the object begins in any one of those states. */
    Search(Timeline timeline, Collection<State> from, long deadline, long mostBytes) {
        this.timeline = timeline;
        this.deadline = deadline;
        this.mostBytes = mostBytes;
        states = new States(timeline, from);
        initialStates = from.size();
        seen = new Configurations(timeline.slots(), timeline.indeterminates());
        set = new long[seen.words()];
        after = new long[seen.words()];
        kindSeenAt = new int[timeline.size()];
        Arrays.fill(kindSeenAt, -1);
    }

    /** Looks for one order. Used once. */
    End run() {
        return run(1);
    }

    /** Looks for all states in which the object may be when all that returns has returned; {@link #finals} has them. */
    End runAll() {
        return run(Integer.MAX_VALUE);
    }

    private End run(int enough) {
        for (int state = 0; state < initialStates; state++) {
            Arrays.fill(after, 0);
            enter(seen.add(settle(0, state), state, after));
        }
        while (taskCount > 0 && finals.size() < enough) {
            int operation = tasks[--taskCount];
            int from = tasks[--taskCount];
            enter(step(from, operation));
            if (++steps % LOOK_AT_CLOCK_EVERY == 0 && System.nanoTime() - deadline > 0) {
                return End.OUT_OF_TIME;
            }
            if (bytes() > mostBytes) {
                return End.OUT_OF_MEMORY;
            }
        }
        return finals.isEmpty() ? End.IMPOSSIBLE : End.ORDERED;
    }

    private void enter(int configuration) {
        if (configuration < 0) {
            return;
        }
        if (seen.returnOf(configuration) > seen.returnOf(deepest)) {
            deepest = configuration;
        }
        if (seen.returnOf(configuration) == timeline.returns()) {
            finals.add(states.state(seen.stateOf(configuration)));
        } else {
            expand(configuration);
        }
    }

    private long bytes() {
        return seen.bytes() + states.bytes() + 4L * tasks.length;
    }

    /** Lets an operation take effect; returns the configuration at the next return that is not satisfied, if new. */
    private int step(int from, int operation) {
        int state = states.after(seen.stateOf(from), operation);
        if (state == States.IMPOSSIBLE) {
            return -1;
        }
        seen.load(from, after);
        add(after, operation);
        return seen.add(settle(seen.returnOf(from), state), state, after);
    }

    /**
     * Passes the returns of what took effect, and lets observations take effect that agree with the state: later they
     * could do no better. Works on {@link #after}, and returns the number of the first return that is left.
     */
    private int settle(int from, int state) {
        int r = from;
        while (r < timeline.returns()) {
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
    private void expand(int configuration) {
        int r = seen.returnOf(configuration);
        seen.load(configuration, set);
        int first = taskCount;
        for (int i = 0; i < timeline.candidates(r); i++) {
            int operation = timeline.candidate(r, i);
            if (!contains(set, operation) && kindSeenAt[timeline.kind(operation)] != configuration) {
                kindSeenAt[timeline.kind(operation)] = configuration;
                push(configuration, operation);
            }
        }
        turnOver(first);
    }

    private void push(int configuration, int operation) {
        if (taskCount + 2 > tasks.length) {
            tasks = Arrays.copyOf(tasks, tasks.length * 2);
        }
        tasks[taskCount++] = configuration;
        tasks[taskCount++] = operation;
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

    /** The number of the first return that no order reached. */
    int stuckAt() {
        return seen.returnOf(deepest);
    }

    /** The states in which the object may be in the end, as far as they were found. */
    Set<State> finals() {
        return finals;
    }

    /** The configurations that were entered. */
    int configurations() {
        return seen.size();
    }
}
