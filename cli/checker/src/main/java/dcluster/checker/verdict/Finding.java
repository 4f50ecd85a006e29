package dcluster.checker.verdict;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing in a history that contradicts what was checked.
 *
 * @param name what it is, in a few words
 * @param key where it is; null if it is of no single key
 * @param states what the object may have held before it, each as text; empty if that has no meaning here
 * @param witnesses the operations that show it, and none that could be left out unless it is not the smallest
 * @param reasons why they do, in sentences for people without a full stop
 * @param links of a cycle, why each witness comes before another one; else there are none
 * @param isSmallest whether there was time to find out that no fewer operations show it
 */
public record Finding(
        String name,
        @Nullable String key,
        List<String> states,
        List<Witness> witnesses,
        List<String> reasons,
        List<Link> links,
        boolean isSmallest) {
    /**
     * That one witness comes before another.
     *
     * @param from the number of the witness in the list, from 0
     * @param to the same of the other
     * @param relation in a word, as {@code rw}
     */
    public record Link(int from, int to, String relation, String reason) {}

    public Finding {
        states = List.copyOf(states);
        witnesses = List.copyOf(witnesses);
        reasons = List.copyOf(reasons);
        links = List.copyOf(links);
    }

    /** One that shows operations and says why, and no more. */
    static Finding of(String name, @Nullable String key, List<Witness> witnesses, String reason) {
        return new Finding(name, key, List.of(), witnesses, List.of(reason), List.of(), true);
    }

    /** Whether two are of one key. */
    public boolean isOn(@Nullable String other) {
        return key == null || Objects.equals(key, other == null ? "" : other);
    }
}
