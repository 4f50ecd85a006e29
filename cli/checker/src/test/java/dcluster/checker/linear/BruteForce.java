package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import java.util.ArrayList;
import java.util.List;

/** Tries every order of a few operations: slow, and too simple to be wrong. */
final class BruteForce {
    private BruteForce() {}

    static boolean isLinearizable(State state, List<Operation> left) {
        if (left.stream().noneMatch(Operation::isOk)) {
            return true;
        }
        int firstEnd = left.stream().mapToInt(Operation::ended).min().orElseThrow();
        for (var next : left) {
            if (next.invoked() > firstEnd) {
                continue;
            }
            var rest = new ArrayList<>(left);
            rest.remove(next);
            var after = state.after(next);
            if (after != null && isLinearizable(after, rest)) {
                return true;
            }
        }
        return false;
    }
}
