package dcluster.checker.regular;

import dcluster.checker.history.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Knows whether values can have been written at the same time, one write of each. */
final class Overlap {
    private static final Comparator<Operation> BY_END = Comparator.comparingInt(Operation::ended);

    private Overlap() {}

    /** Two writes of which the second began after the first had ended. */
    record Apart(Operation earlier, Operation later) {}

    /**
     * Why they cannot: two writes that are apart, of two values, with no other writes of these that were longer at it.
     * Empty if they can. Intervals of which each two overlap have a moment in common, and then also the first moment at
     * which one of them ends: so these are the moments to look at.
     *
     * @param writes of each value those that may be meant, one at least
     */
    static Optional<Apart> missing(List<List<Operation>> writes) {
        boolean isThere = writes.stream()
                .flatMap(List::stream)
                .anyMatch(ending -> writes.stream()
                        .allMatch(ofOne -> ofOne.stream()
                                .anyMatch(
                                        write -> write.invoked() < ending.ended() && write.ended() >= ending.ended())));
        return isThere ? Optional.empty() : Optional.of(apart(writes));
    }

    /** Of each value the write that ends last: all of them end late enough, so that one has begun too late. */
    private static Apart apart(List<List<Operation>> writes) {
        var last = writes.stream()
                .map(ofOne -> ofOne.stream().max(BY_END).orElseThrow())
                .toList();
        var earlier = last.stream().min(BY_END).orElseThrow();
        var later =
                last.stream().max(Comparator.comparingInt(Operation::invoked)).orElseThrow();
        return new Apart(Objects.requireNonNull(earlier), Objects.requireNonNull(later));
    }
}
