package dcluster.checker.linear;

import dcluster.checker.history.Operation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A first-in-first-out queue; a dequeue of an empty one gives null. At first it is empty.
 *
 * @param enqueued all that came since it was empty last
 * @param dequeued how many of them are gone
 */
record Queue(Pushed enqueued, int dequeued) implements State {
    @Override
    public @Nullable State after(Operation operation) {
        return switch (operation.function()) {
            case ENQUEUE -> new Queue(enqueued.with(Objects.requireNonNull(operation.input())), dequeued);
            case DEQUEUE -> afterDequeue(operation);
            default -> throw new IllegalArgumentException(operation + " is no operation of a queue");
        };
    }

    private @Nullable State afterDequeue(Operation operation) {
        if (dequeued == enqueued.size()) {
            return operation.isOk() && operation.output() == null ? this : null;
        }
        if (operation.isOk() && !enqueued.get(dequeued).equals(operation.output())) {
            return null;
        }
        return dequeued + 1 == enqueued.size() ? new Queue(enqueued.root(), 0) : new Queue(enqueued, dequeued + 1);
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public String toString() {
        return enqueued.text(dequeued);
    }
}
