package dcluster.simulation;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** All of something, or only what is named. */
public record Selection<T>(Optional<Set<T>> only) {
    public Selection {
        only = only.map(LinkedHashSet::new);
    }

    /** Whatever there is. */
    public static <T> Selection<T> all() {
        return new Selection<>(Optional.empty());
    }

    /** These and nothing else. */
    public static <T> Selection<T> of(Collection<T> only) {
        return new Selection<>(Optional.of(new LinkedHashSet<>(only)));
    }

    /** Whether it is all. */
    public boolean isAll() {
        return only.isEmpty();
    }

    /** Whether this one belongs to it. */
    public boolean has(T one) {
        return only.isEmpty() || only.get().contains(one);
    }
}
