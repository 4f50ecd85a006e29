package dcluster.checker.history;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The values that one read saw, where concurrent writes have left several: equal to none of them, and to no list. Their
 * order means nothing, but they stand as they were told.
 */
public record Siblings(Set<Object> values) {
    /** @throws IllegalArgumentException if there are not several, which is one value, or none */
    public Siblings {
        values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
        if (values.size() < 2) {
            throw new IllegalArgumentException("siblings are two different values or more, not " + values);
        }
    }

    /** Of values of which some may be equal. */
    public static Siblings of(Collection<?> values) {
        return new Siblings(new LinkedHashSet<>(values));
    }

    /** As {@code {1, 2}}. */
    @Override
    public String toString() {
        var list = values.toString();
        return "{" + list.substring(1, list.length() - 1) + "}";
    }
}
