package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import java.util.List;

/**
 * Why the operations on one key have no order: a few of them that have none, wherever the others took effect.
 *
 * @param states what the object may have held before the first of them, each as text; empty if they have no order
 *     whatever it held, as a read of what nobody wrote, and there was no time to find out
 * @param core operations none of which can be left out
 * @param others how many more operations on the key there are, of which each may have taken effect at any time after
 *     its invocation, or never: that does not help
 * @param isSmallest whether there was time to find out that none of the core can be left out
 */
public record Explanation(String key, List<String> states, List<Operation> core, int others, boolean isSmallest) {
    public Explanation {
        states = List.copyOf(states);
        core = List.copyOf(core);
    }
}
