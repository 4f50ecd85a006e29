package dcluster.checker.verdict;

import dcluster.checker.history.Operation;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An operation that shows a finding.
 *
 * @param name how the reasons call it, as {@code T3}, or its number
 * @param text what it did, without its client and its place
 */
public record Witness(String name, String text, Operation operation) {
    /** Operations by their numbers, from 1. */
    static List<Witness> numbered(List<Operation> operations) {
        return IntStream.range(0, operations.size())
                .mapToObj(i -> of(String.valueOf(i + 1), operations.get(i)))
                .toList();
    }

    static Witness of(String name, Operation operation) {
        return new Witness(name, Texts.of(operation), operation);
    }

    /** The lines of the history where it was invoked and where it ended: {@code 3-7}, {@code 3-} if it never did. */
    public String lines() {
        return operation.invoked() + "-" + (operation.ended() == Operation.NEVER ? "" : operation.ended());
    }
}
