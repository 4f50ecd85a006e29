package dcluster.runtime.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** The end of a loop's turn, come to when the test says so. */
final class FakeLoop implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Ends turns until nothing is left to be done; tells how many there were. */
    int run() {
        int turns = 0;
        while (!tasks.isEmpty()) {
            tasks.remove().run();
            turns++;
        }
        return turns;
    }
}
