package dcluster.lab.crashes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a transaction during which members ended.
 *
 * @param isMet whether any did; otherwise nothing is shown
 * @param told what its client was told
 * @param ended what became of it
 * @param unserved for how long the key of it was not served that was not for longest
 * @param held the keys that were locked a second after the crash, each as {@code k1 at n2}
 * @param open how much was locked, prepared or not acknowledged in the end
 * @param broken what an invariant had to say; empty if nothing
 */
public record Crashed(
        boolean isMet, Told told, Ended ended, Duration unserved, List<String> held, long open, String broken) {
    /** How a transaction ended in the eyes of its client. */
    public enum Told {
        COMMITTED,
        ABORTED,
        UNKNOWN
    }

    /** How it ended where its keys are. */
    public enum Ended {
        COMMITTED,
        /** Nothing of it was done. */
        NOWHERE,
        /** It was done at one of them alone. */
        HALF,
        /** A key cannot be read. */
        UNREADABLE
    }

    public Crashed {
        held = List.copyOf(held);
    }

    /** What must never be, in words; none if all is well. */
    public List<String> violations() {
        var violations = new ArrayList<String>();
        if (!broken.isEmpty()) {
            violations.add(broken);
        }
        if (ended == Ended.HALF) {
            violations.add("it is committed at one participant and not at the other");
        }
        if (ended == Ended.UNREADABLE) {
            violations.add("its keys cannot be read");
        }
        if (told == Told.COMMITTED && ended == Ended.NOWHERE) {
            violations.add("its client was told that it is committed, and it is not");
        }
        if (told == Told.ABORTED && ended == Ended.COMMITTED) {
            violations.add("its client was told that it is aborted, and it is committed");
        }
        if (open > 0) {
            violations.add(open + " locks, votes or decisions were left");
        }
        return violations;
    }
}
