package dcluster.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Leaves out of a list what is not needed for a failure: the {@code ddmin} of Zeller and Hildebrandt 2002 ("Simplifying
 * and Isolating Failure-Inducing Input", section 3), by complements alone, and with nothing at all tried first.
 */
final class DeltaDebugging {
    private DeltaDebugging() {}

    /**
     * A part of a list that fails, and of which no single element can be left out.
     *
     * @param fails whether a part fails; true of the whole
     */
    static <T> List<T> least(List<T> whole, Predicate<List<T>> fails) {
        if (whole.isEmpty() || fails.test(List.of())) {
            return List.of();
        }
        var left = whole;
        for (int piece = halved(whole.size()); piece > 1; piece = halved(piece)) {
            left = withoutPieces(left, piece, fails);
        }
        int size;
        do {
            size = left.size();
            left = withoutPieces(left, 1, fails);
        } while (left.size() < size);
        return left;
    }

    private static int halved(int size) {
        return (size + 1) / 2;
    }

    /** Goes through it once, and leaves out each piece of that many elements without which it still fails. */
    private static <T> List<T> withoutPieces(List<T> whole, int piece, Predicate<List<T>> fails) {
        var left = whole;
        int at = 0;
        while (at < left.size()) {
            var rest = without(left, at, Math.min(left.size(), at + piece));
            if (!rest.isEmpty() && fails.test(rest)) {
                left = rest;
            } else {
                at += piece;
            }
        }
        return left;
    }

    private static <T> List<T> without(List<T> all, int from, int to) {
        var rest = new ArrayList<>(all.subList(0, from));
        rest.addAll(all.subList(to, all.size()));
        return rest;
    }
}
