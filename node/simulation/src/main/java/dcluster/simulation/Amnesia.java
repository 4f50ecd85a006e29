package dcluster.simulation;

import dcluster.journal.Journal;
import dcluster.journal.Witness;
import dcluster.spi.Status;
import java.util.function.Supplier;

/**
 * What one simulated machine has forgotten with its disk, and what is remembered of it elsewhere. A node of an algorithm
 * that recovers from wipes knows that it was wiped; any other begins as if it were new.
 */
final class Amnesia {
    private final boolean isNoticed;
    private Witness witness = Remembered.NOTHING;
    private long lastIncarnation;
    private long forgotten;
    private boolean isUnrecovered;

    /** Noticed by nodes of an algorithm that recovers from it. */
    Amnesia(boolean isNoticed) {
        this.isNoticed = isNoticed;
    }

    boolean isNoticed() {
        return isNoticed;
    }

    /** What the folder is opened with. */
    Witness witness() {
        return witness;
    }

    /** The disk is empty from now on. */
    void wiped() {
        if (isNoticed && lastIncarnation > 0) {
            witness = Remembered.wipedAfter(lastIncarnation);
            isUnrecovered = true;
        }
    }

    /** A process of the machine has opened its folder; whether it found nothing, although it was not the first. */
    boolean opened(Journal journal, boolean isFirst) {
        boolean foundNothing = !isFirst && journal.incarnation() == journal.wipedAfter() + 1;
        forgotten += foundNothing ? 1 : 0;
        lastIncarnation = journal.incarnation();
        return foundNothing;
    }

    /** A turn of the node is over, and it can say what it is: whether it says now, and has not before, that it recovered. */
    boolean recovers(Supplier<Status> status) {
        boolean recovers = isUnrecovered && !status.get().role().equals(Status.RECOVERING);
        isUnrecovered &= !recovers;
        return recovers;
    }

    /** Whether it was wiped and has not said since that it has recovered. */
    boolean isUnrecovered() {
        return isUnrecovered;
    }

    /** How often a process that was not the first here found nothing on the disk. */
    long forgotten() {
        return forgotten;
    }
}
