package dcluster.runtime.admin;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What may be ordered to go wrong in a node.
 *
 * @param isEnabled whether the cluster may be broken on purpose
 * @param crash has the process end at the {@linkplain dcluster.host.Point point} that is named; on the node's loop.
 *     Throws IllegalArgumentException if there is no such point here
 * @param armed the points at which it is to end and that it has not come to; on the node's loop
 */
public record FaultOrders(boolean isEnabled, Consumer<String> crash, Supplier<List<String>> armed) {}
