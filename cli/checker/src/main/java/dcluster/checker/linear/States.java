package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import dcluster.checker.linear.Allowance.Spent;
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

    /** Of a result: its key and itself. */
    private static final int BYTES_EACH = 12;

    /** Of any state: itself, its number and its place. */
    private static final int STATE_BYTES = 120;

    private final Timeline timeline;
    private final Allowance allowance;
    private final List<State> states = new ArrayList<>();
    private final Map<State, Integer> numbers = new HashMap<>();
    private long[] keys = new long[64];
    private int[] results = new int[64];
    private int size;

    /** {@code first} get the first numbers. */
    States(Timeline timeline, Collection<State> first, Allowance allowance) throws Spent {
        this.timeline = timeline;
        this.allowance = allowance;
        Arrays.fill(keys, EMPTY);
        for (var state : first) {
            number(state);
        }
    }

    State state(int number) {
        return states.get(number);
    }

    /** The number of the state after an operation, or {@link #IMPOSSIBLE}. */
    int after(int state, int operation) throws Spent {
        long key = ((long) state << 32) | timeline.kind(operation);
        int at = find(key);
        if (keys[at] != EMPTY) {
            return results[at];
        }
        var meaning = timeline.meaning(operation);
        allowance.work(length(meaning));
        var next = states.get(state).after(meaning);
        int result = next == null ? IMPOSSIBLE : number(next);
        keep(key, result);
        return result;
    }

    /** How much there is to compare. */
    private static int length(Operation operation) {
        return operation.output() instanceof List<?> list ? list.size() : 1;
    }

    private int number(State state) throws Spent {
        allowance.work(1 + state.bytes() / 8);
        var known = numbers.putIfAbsent(state, states.size());
        if (known != null) {
            return known;
        }
        allowance.take(STATE_BYTES + state.bytes());
        states.add(state);
        return states.size() - 1;
    }

    private int find(long key) {
        int mask = keys.length - 1;
        int at = (int) ((key * 0x9E3779B97F4A7C15L) >>> 33) & mask;
        while (keys[at] != EMPTY && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void keep(long key, int result) throws Spent {
        if (++size * 2 > keys.length) {
            grow();
        }
        int at = find(key);
        keys[at] = key;
        results[at] = result;
    }

    private void grow() throws Spent {
        int length = allowance.doubled(keys.length, BYTES_EACH);
        var oldKeys = keys;
        var oldResults = results;
        keys = new long[length];
        results = new int[length];
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
