package dcluster.checker.availability;

import dcluster.checker.history.Clock;
import dcluster.checker.history.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Counts operations by the time of their invocations, in the order of these. */
final class Slices {
    private final Clock clock;
    private final long nanos;
    private final List<Slice> full = new ArrayList<>();
    private Slice now = new Slice(0, 0, 0);

    Slices(Clock clock, Duration length) {
        this.clock = clock;
        nanos = length.toNanos();
    }

    void take(Operation operation) {
        long since = clock.at(operation.invoked()) - clock.at(0);
        long from = since / nanos * nanos;
        if (from != now.from()) {
            finish();
            now = new Slice(from, 0, 0);
        }
        now = new Slice(from, now.asked() + 1, now.answered() + (operation.isOk() ? 1 : 0));
    }

    private void finish() {
        if (now.asked() > 0) {
            full.add(now);
        }
    }

    List<Slice> told() {
        finish();
        return full;
    }
}
