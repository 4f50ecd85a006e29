package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import org.jspecify.annotations.Nullable;

/** An object in one state, immutable; equal states are one and the same. */
interface State {
    /**
     * The state after an operation, or null if in this state it cannot end as it did. Of an indeterminate operation
     * nothing is known but what it was asked to do; where it would change nothing, this may be null as well, for it need
     * not happen.
     */
    @Nullable
    State after(Operation operation);

    /** About the memory that it does not share with the state it was made of, beyond a few words. */
    long bytes();
}
