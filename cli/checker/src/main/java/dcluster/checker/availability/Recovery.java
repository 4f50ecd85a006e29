package dcluster.checker.availability;

import dcluster.checker.finding.Finding;
import dcluster.checker.finding.Millis;
import dcluster.checker.history.Event;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a side took what the nemesis did.
 *
 * @param outage the outage in which it was without an answer for longest between this note and the next; null if nobody
 *     asked
 * @param time for how long that lasted after the note
 * @param isAnswered whether any operation that was invoked after the note was answered
 */
public record Recovery(Event note, @Nullable Outage outage, Duration time, boolean isAnswered) {
    /** Whether there is anything to tell. */
    public boolean isAsked() {
        return outage != null;
    }

    Finding finding(String side) {
        return Objects.requireNonNull(outage).finding(side + ": after " + this);
    }

    @Override
    public String toString() {
        var what = note.word() + " (line " + note.line() + "): ";
        if (outage == null) {
            return what + "nobody asked before the next note";
        }
        return what + Millis.text(time) + " without an answer, as " + outage
                + (isAnswered ? "" : "; nothing that was asked after it was answered");
    }
}
