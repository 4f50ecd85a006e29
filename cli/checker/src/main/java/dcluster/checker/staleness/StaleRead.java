package dcluster.checker.staleness;

import dcluster.checker.finding.Finding;
import dcluster.checker.finding.Millis;
import dcluster.checker.history.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A read that was behind.
 *
 * @param written the write that it saw, at best; null if it saw what was there at first
 * @param newer the first of the newer writes to arrive
 * @param versions how many newer versions had arrived before it began; from 1
 * @param time for how long the first of them had been there
 */
public record StaleRead(Operation read, @Nullable Operation written, Operation newer, int versions, Duration time) {
    /** The same in one sentence. */
    public Finding finding() {
        var operations = new ArrayList<>(List.of(read, newer));
        if (written != null) {
            operations.add(0, written);
        }
        return new Finding(operations, toString());
    }

    @Override
    public String toString() {
        return read + " (line " + read.invoked() + ") was " + versions + (versions == 1 ? " version" : " versions")
                + " and " + Millis.text(time) + " behind: it saw "
                + (written == null ? "what was there at first" : place(written)) + ", and " + place(newer)
                + " had been there since";
    }

    private static String place(Operation write) {
        return write + " (line " + write.invoked() + ")";
    }
}
