package dcluster.checker.linear;

import dcluster.checker.linear.Allowance.Spent;
import java.util.Arrays;

/**
 * The configurations that a search has been in: at which return, in which state of the object, with which open
 * operations done. Each is a number, from 0.
 *
 * <p>Of two that agree in all but the indeterminate operations they have used, the one that has used fewer can do
 * whatever the other can. So one is new only if none has been seen that agrees with it and used a part of the same.
 */
final class Configurations {
    /** The configuration is not new. */
    static final int SEEN = -1;

    private static final int NONE = -1;
    private static final int FIRST_SIZE = 16;

    /** Four numbers, and two places in the table. */
    private static final int BYTES_EACH = 24;

    private final int doneWords;
    private final int usedWords;
    private final Allowance allowance;
    private int count;
    private int[] returns = new int[FIRST_SIZE];
    private int[] origins = new int[FIRST_SIZE];
    private int[] states = new int[FIRST_SIZE];
    private int[] next = new int[FIRST_SIZE];
    private long[] sets;
    private int[] table = filled(2 * FIRST_SIZE);

    /** For sets of so many operations that return, and so many that do not. */
    Configurations(int slots, int indeterminates, Allowance allowance) throws Spent {
        doneWords = (slots + 63) >>> 6;
        usedWords = (indeterminates + 63) >>> 6;
        this.allowance = allowance;
        allowance.take(FIRST_SIZE * (BYTES_EACH + 8L * words()));
        sets = new long[FIRST_SIZE * words()];
    }

    private static int[] filled(int size) {
        var table = new int[size];
        Arrays.fill(table, NONE);
        return table;
    }

    /** Words of the two sets of a configuration. */
    int words() {
        return doneWords + usedWords;
    }

    int doneWords() {
        return doneWords;
    }

    int size() {
        return count;
    }

    int returnOf(int configuration) {
        return returns[configuration];
    }

    /** The first return of whose configurations one led here; -1 if it was the beginning. */
    int originOf(int configuration) {
        return origins[configuration];
    }

    int stateOf(int configuration) {
        return states[configuration];
    }

    /** Copies the two sets: what is done of the open operations, then what is used of the indeterminate ones. */
    void load(int configuration, long[] into) {
        System.arraycopy(sets, configuration * words(), into, 0, words());
    }

    /** Keeps a configuration that was entered from one at {@code origin}; returns its number, or {@link #SEEN}. */
    int add(int origin, int atReturn, int state, long[] set) throws Spent {
        int bucket = bucket(atReturn, state, set);
        for (int seen = table[bucket]; seen != NONE; seen = next[seen]) {
            allowance.work(words());
            if (returns[seen] == atReturn && states[seen] == state && covers(seen, set)) {
                origins[seen] = Math.min(origins[seen], origin);
                return SEEN;
            }
        }
        if (count == returns.length) {
            grow();
            bucket = bucket(atReturn, state, set);
        }
        int added = count++;
        returns[added] = atReturn;
        origins[added] = origin;
        states[added] = state;
        System.arraycopy(set, 0, sets, added * words(), words());
        next[added] = table[bucket];
        table[bucket] = added;
        return added;
    }

    private boolean covers(int seen, long[] set) {
        int from = seen * words();
        for (int i = 0; i < doneWords; i++) {
            if (sets[from + i] != set[i]) {
                return false;
            }
        }
        for (int i = doneWords; i < words(); i++) {
            if ((sets[from + i] & ~set[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    private int bucket(int atReturn, int state, long[] set) {
        long hash = atReturn * 0x9E3779B97F4A7C15L + state;
        for (int i = 0; i < doneWords; i++) {
            hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L + set[i];
        }
        hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
        return (int) (hash >>> 33) & (table.length - 1);
    }

    private void grow() throws Spent {
        int more = allowance.doubled(sets.length, Long.BYTES);
        int size = allowance.doubled(returns.length, BYTES_EACH);
        returns = Arrays.copyOf(returns, size);
        origins = Arrays.copyOf(origins, size);
        states = Arrays.copyOf(states, size);
        next = Arrays.copyOf(next, size);
        sets = Arrays.copyOf(sets, more);
        table = filled(size * 2);
        var set = new long[words()];
        for (int i = 0; i < count; i++) {
            load(i, set);
            int bucket = bucket(returns[i], states[i], set);
            next[i] = table[bucket];
            table[bucket] = i;
        }
    }
}
