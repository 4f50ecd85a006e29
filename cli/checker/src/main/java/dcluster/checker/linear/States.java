package dcluster.checker.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The states of an object by number, and what each kind of operation makes of them, found out once. */
final class States {
    /** The operation cannot end so in that state. */
    static final int IMPOSSIBLE = -1;

    private static final long EMPTY = -1;

    private final Timeline timeline;
    private final List<State> states = new ArrayList<>();
    private final Map<State, Integer> numbers = new HashMap<>();
    private long[] keys = new long[1024];
    private int[] results = new int[1024];
    private int size;

    /** {@code first} get the first numbers. */
    States(Timeline timeline, Collection<State> first) {
        this.timeline = timeline;
        Arrays.fill(keys, EMPTY);
        first.forEach(this::number);
    }

    State state(int number) {
        return states.get(number);
    }

    /** About the memory that this takes, with states of a few words. */
    long bytes() {
        return 12L * keys.length + 120L * states.size();
    }

    /** The number of the state after an operation, or {@link #IMPOSSIBLE}. */
    int after(int state, int operation) {
        long key = ((long) state << 32) | timeline.kind(operation);
        int at = find(key);
        if (keys[at] != EMPTY) {
            return results[at];
        }
        var next = states.get(state).after(timeline.meaning(operation));
        int result = next == null ? IMPOSSIBLE : number(next);
        keep(key, result);
        return result;
    }

    private int number(State state) {
        var known = numbers.putIfAbsent(state, states.size());
        if (known != null) {
            return known;
        }
        states.add(state);
        return states.size() - 1;
    }

    private int find(long key) {
        int mask = keys.length - 1;
        int at = (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & mask;
        while (keys[at] != EMPTY && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void keep(long key, int result) {
        if (++size * 2 > keys.length) {
            grow();
        }
        int at = find(key);
        keys[at] = key;
        results[at] = result;
    }

    private void grow() {
        var oldKeys = keys;
        var oldResults = results;
        keys = new long[oldKeys.length * 2];
        results = new int[oldKeys.length * 2];
        Arrays.fill(keys, EMPTY);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                int at = find(oldKeys[i]);
                keys[at] = oldKeys[i];
                results[at] = oldResults[i];
            }
        }
    }
}
