package dcluster.checker.staleness;

import dcluster.checker.finding.Millis;
import java.time.Duration;

/** How far behind every read may be. */
public sealed interface Bound {
    /** At most so many versions; 0 for none. */
    record Versions(int most) implements Bound {
        @Override
        public boolean allows(StaleRead read) {
            return read.versions() <= most;
        }

        @Override
        public String toString() {
            return "at most " + most + " versions behind";
        }
    }

    /** At most for so long. A read that is behind by no time is within any such bound. */
    record Time(Duration most) implements Bound {
        @Override
        public boolean allows(StaleRead read) {
            return read.time().compareTo(most) <= 0;
        }

        @Override
        public String toString() {
            return "at most " + Millis.text(most) + " behind";
        }
    }

    /** Whether a read is within it. */
    boolean allows(StaleRead read);
}
