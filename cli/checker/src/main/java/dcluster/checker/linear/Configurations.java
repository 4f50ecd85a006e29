package dcluster.checker.linear;

import java.util.Arrays;

/**
 * The configurations that a search has been in: at which return, in which state of the object, with which open
 * operations done. Each is a number, from 0.
 *
 * <p>Of two that agree in all but the indeterminate operations they have used, the one that has used fewer can do
 * whatever the other can. So one is new only if none has been seen that agrees with it and used a part of the same.
 */
final class Configurations {
    private static final int NONE = -1;

    private final int doneWords;
    private final int usedWords;
    private int count;
    private int[] returns = new int[1024];
    private int[] states = new int[1024];
    private int[] next = new int[1024];
    private long[] sets;
    private int[] table = filled(2048);

    /** For sets of so many operations that return, and so many that do not. */
    Configurations(int slots, int indeterminates) {
        doneWords = (slots + 63) >>> 6;
        usedWords = (indeterminates + 63) >>> 6;
        sets = new long[Math.max(1, 1024 * words())];
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

    /** About the memory that this takes. */
    long bytes() {
        return 4L * (3L * returns.length + table.length) + 8L * sets.length;
    }

    int returnOf(int configuration) {
        return returns[configuration];
    }

    int stateOf(int configuration) {
        return states[configuration];
    }

    /** Copies the two sets: what is done of the open operations, then what is used of the indeterminate ones. */
    void load(int configuration, long[] into) {
        System.arraycopy(sets, configuration * words(), into, 0, words());
    }

    /** Keeps a configuration and returns its number, or -1 if it is not new. */
    int add(int atReturn, int state, long[] set) {
        int bucket = bucket(atReturn, state, set);
        for (int seen = table[bucket]; seen != NONE; seen = next[seen]) {
            if (returns[seen] == atReturn && states[seen] == state && covers(seen, set)) {
                return -1;
            }
        }
        if (count == returns.length) {
            grow();
            bucket = bucket(atReturn, state, set);
        }
        int added = count++;
        returns[added] = atReturn;
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

    private void grow() {
        int size = returns.length * 2;
        returns = Arrays.copyOf(returns, size);
        states = Arrays.copyOf(states, size);
        next = Arrays.copyOf(next, size);
        sets = Arrays.copyOf(sets, Math.max(1, Math.multiplyExact(size, words())));
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
