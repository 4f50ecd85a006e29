package dcluster.spi;

import java.util.List;
import java.util.Optional;

/**
 * A property of all replicas together, under the name that its paper gives it. It may remember what it saw, so that it
 * can speak of the past ("at most one leader was ever elected in a term"): one instance accompanies one run.
 */
public interface Invariant {
    /** As in the paper: "Election Safety". */
    String name();

    /**
     * Looks at the replicas that are up, as they are between two events.
     *
     * @return how it is violated, with terms, indexes and nodes; empty if it holds
     */
    Optional<String> violation(List<Algorithm<?, ?, ?>> replicas);
}
