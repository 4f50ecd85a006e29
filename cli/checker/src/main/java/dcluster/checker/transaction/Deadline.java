package dcluster.checker.transaction;

import java.time.Duration;

/** When a check must say that it does not know. */
final class Deadline {
    /** The time is over. */
    static final class OutOfTime extends Exception {
        private static final long serialVersionUID = 1;

        OutOfTime() {
            super("out of time", null, false, false);
        }
    }

    private final long end;

    Deadline(Duration time) {
        end = System.nanoTime() + time.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    /** Looks at the clock once in a thousand calls with numbers from 0 on. */
    void requireSometimes(int number) throws OutOfTime {
        if (number % 1000 == 999) {
            require();
        }
    }

    void require() throws OutOfTime {
        if (isOver()) {
            throw new OutOfTime();
        }
    }
}
