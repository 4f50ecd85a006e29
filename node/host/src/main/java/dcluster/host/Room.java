package dcluster.host;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Those who wait until there is room for more commands. */
final class Room {
    private final BooleanSupplier free;
    private final List<Runnable> waiting = new ArrayList<>();

    Room(BooleanSupplier free) {
        this.free = free;
    }

    void await(Runnable task) {
        waiting.add(task);
    }

    /** Runs those who wait, once each, if there is room; called at the end of each turn. */
    void open() {
        if (!waiting.isEmpty() && free.getAsBoolean()) {
            var tasks = List.copyOf(waiting);
            waiting.clear();
            tasks.forEach(Runnable::run);
        }
    }
}
