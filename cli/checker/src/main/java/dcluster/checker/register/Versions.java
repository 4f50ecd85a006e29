package dcluster.checker.register;

import dcluster.checker.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one register: {@link #FIRST} is the null that was there before all, the others, from 1, are the writes
 * that did not fail, in order of their invocations. Building it takes linear time.
 */
public final class Versions {
    /** What was there at first. */
    public static final int FIRST = 0;

    private final List<Operation> writes = new ArrayList<>();
    private final Map<@Nullable Object, List<Integer>> byValue = new HashMap<>();

    /**
     * The versions that come from the operations on one key, given in order of their invocations.
     *
     * @throws IllegalArgumentException with the line, if one is none of a register
     */
    public Versions(List<Operation> operations) {
        byValue.computeIfAbsent(null, value -> new ArrayList<>()).add(FIRST);
        for (var operation : operations) {
            Access.requireKnown(operation);
            if (Access.writes(operation)) {
                writes.add(operation);
                byValue.computeIfAbsent(Access.written(operation), value -> new ArrayList<>())
                        .add(writes.size());
            }
        }
    }

    /** How many there are, with the first. */
    public int count() {
        return writes.size() + 1;
    }

    /** The write of a version from 1 on. */
    public Operation write(int version) {
        return writes.get(version - 1);
    }

    /** The position from which on it may be seen. */
    public int invoked(int version) {
        return version == FIRST ? 0 : write(version).invoked();
    }

    /** The position by which its write had ended; {@link Operation#NEVER} if that is not known. */
    public int ended(int version) {
        return version == FIRST ? 0 : write(version).ended();
    }

    public @Nullable Object value(int version) {
        return version == FIRST ? null : Access.written(write(version));
    }

    /** The version of a write. */
    public int of(Operation write) {
        int place = firstFrom(write.invoked());
        if (place > writes.size() || write(place).invoked() != write.invoked()) {
            throw new IllegalArgumentException("line " + write.invoked() + " is no write of this register");
        }
        return place;
    }

    /** The first version whose write was invoked at this position or later; {@link #count()} if there is none. */
    public int firstFrom(int position) {
        int low = 1;
        int high = count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (invoked(middle) < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The versions that an operation may have seen: of its value, and begun before it ended; in ascending order. */
    public List<Integer> candidates(Operation read) {
        var seen = Access.seen(read);
        var all = byValue.getOrDefault(seen, List.of());
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (invoked(all.get(middle)) < read.ended()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        var begun = all.subList(0, low);
        boolean mayBeItself = Access.writes(read) && Objects.equals(seen, Access.written(read));
        return mayBeItself
                ? begun.stream().filter(version -> version != of(read)).toList()
                : begun;
    }
}
